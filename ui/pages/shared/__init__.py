"""What two or more pages use. A page never imports another page."""
