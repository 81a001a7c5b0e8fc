"""Spreadsheets in: what the team claims, what surveys counted, what case notes showed, what it answers to the draft."""

from reviewapp.intake.read import SHEETS, Intake, read_intake
from reviewapp.intake.templates import template

__all__ = ["SHEETS", "Intake", "read_intake", "template"]
