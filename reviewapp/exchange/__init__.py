"""Files that travel between laptops: visit packs, returns and receipts, how they are sealed, checked and joined."""
