"""The page Standards."""
