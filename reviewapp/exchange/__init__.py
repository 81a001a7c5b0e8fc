"""What travels between laptops: visit packs, returns, receipts. Packs out, returns in, nothing lost."""
