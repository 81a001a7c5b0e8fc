"""The page Bring together."""
