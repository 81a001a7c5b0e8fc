"""Renders the report's tree as a Word document."""
