"""The proof-reader of the national report: what the office wrote, against figures, standards and itself."""
