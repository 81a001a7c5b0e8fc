"""Empty interview forms and audit grids to print on paper, for when a laptop fails."""
