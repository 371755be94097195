"""Pages of the letters that tell."""
