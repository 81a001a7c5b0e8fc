"""The action plan: as a spreadsheet out to the host team and back; how far it is; pages to print from it."""

from reviewapp.plan.carry_over import carry
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.import_sheet import PlanReturn, read_plan
from reviewapp.plan.round_trip import look_at, note_sent, sheet_of, since_sent, take

__all__ = ["PlanReturn", "carry", "export_plan", "look_at", "note_sent", "read_plan", "sheet_of", "since_sent", "take"]
