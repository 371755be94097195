"""Clinics, who works in them and as what, and what the owner has set."""
