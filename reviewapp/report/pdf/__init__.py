"""Renders the report's tree as a tagged PDF with reportlab."""
