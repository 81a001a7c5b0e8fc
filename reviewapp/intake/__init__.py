"""Spreadsheets in: what the team claims, what surveys counted, what case notes showed."""

from reviewapp.intake.read import KINDS, Intake, IntakeKind, read_intake
from reviewapp.intake.templates import template

__all__ = ["KINDS", "Intake", "IntakeKind", "read_intake", "template"]
