"""The host team's action plan: export as a spreadsheet, import of the returned sheet, progress, and printed pages."""

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
