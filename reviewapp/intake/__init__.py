"""Reading the spreadsheets a team sends in (self-review, surveys, case-note audit, answers), and making empty ones."""

from reviewapp.intake.found import Intake, message_to_team
from reviewapp.intake.read import SHEETS, Choices, read_intake
from reviewapp.intake.templates import template

__all__ = ["SHEETS", "Choices", "Intake", "message_to_team", "read_intake", "template"]
