"""The action plan as a spreadsheet: out to the host team, and back."""
