"""The documents of a visit: one content tree, rendered as PDF, Word and JSON."""
