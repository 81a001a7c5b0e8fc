"""The page Action plan."""
