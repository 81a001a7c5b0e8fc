"""Parts used by two or more pages; a page never imports another page."""
