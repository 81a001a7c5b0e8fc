"""What the program has open, and the only way from the screens to the core."""
