"""The national report: one content tree from the figures of a set, for PDF, Word, JSON and tables alike."""
