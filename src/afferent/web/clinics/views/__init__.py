"""The pages of the clinic: first start, joining, staff, settings."""
