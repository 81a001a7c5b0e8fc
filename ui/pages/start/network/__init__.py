"""The sets of a network's office, on the page Start: who has sent what, pictures, passages, and the report."""
