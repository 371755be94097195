"""One module per page, or per pair of pages that belong together."""
