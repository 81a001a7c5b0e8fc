"""The foundation of every other package: errors, safe file writing, translation, and paths of data files."""
