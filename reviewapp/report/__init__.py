"""The documents of a visit: one content tree, rendered as PDF, Word and JSON, and the proof-reader of its texts."""
