"""Renders the report's tree as one file of HTML: no script, nothing fetched, for screen and paper, light and dark."""
