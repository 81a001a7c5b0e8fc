"""The action plan: as a spreadsheet out to the host team and back; how far it is; pages to print from it."""

from reviewapp.plan.carry_over import carry_over
from reviewapp.plan.export_sheet import export_plan
from reviewapp.plan.import_sheet import PlanReturn, read_plan
from reviewapp.plan.round_trip import preview_return, record_return, remember_sent, sheet_of, since_sent

__all__ = [
    "PlanReturn",
    "carry_over",
    "export_plan",
    "preview_return",
    "read_plan",
    "record_return",
    "remember_sent",
    "sheet_of",
    "since_sent",
]
