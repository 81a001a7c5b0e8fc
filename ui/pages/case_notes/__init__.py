"""The page Case notes."""
