"""Clients: what is known about each, the screening that follows from it, and everything a therapist does with it."""
