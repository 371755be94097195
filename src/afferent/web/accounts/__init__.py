"""Who signs in: people of the staff, their second factor, and the lock on a screen left alone."""
