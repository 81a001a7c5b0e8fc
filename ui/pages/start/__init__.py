"""The page Start: visits on this laptop, and how visits come and go."""
