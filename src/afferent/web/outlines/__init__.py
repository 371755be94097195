"""Outlines for a visit: what can be offered today, what the therapist makes of it, and the way into the visit."""
