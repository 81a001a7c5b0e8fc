"""The page Interviews."""
