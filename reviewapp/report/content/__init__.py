"""What the report says, section by section, as one tree that PDF, Word and JSON render."""
