"""The action plan as a spreadsheet: out to the host team, and back."""

from reviewapp.plan.coming_back import PlanReturn, read_plan
from reviewapp.plan.going_out import export_plan

__all__ = ["PlanReturn", "export_plan", "read_plan"]
