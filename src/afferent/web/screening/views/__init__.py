"""The views of screening: how one starts, what one sees, and the knowledge behind it."""
