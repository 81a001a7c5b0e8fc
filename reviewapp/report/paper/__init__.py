"""Interview forms and audit grids on paper, for when a laptop fails."""
