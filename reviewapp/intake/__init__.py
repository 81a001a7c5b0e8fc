"""Reading the spreadsheets a team sends in (self-review, surveys, case-note audit, answers), and making empty ones."""

from reviewapp.intake.read import SHEETS, Intake, read_intake
from reviewapp.intake.templates import template

__all__ = ["SHEETS", "Intake", "read_intake", "template"]
