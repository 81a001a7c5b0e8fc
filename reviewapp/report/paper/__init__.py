"""What is printed on paper beside the report: empty forms for when a laptop fails, and the words that open a file."""
