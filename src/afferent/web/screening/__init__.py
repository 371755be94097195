"""Screening on the web: bring a record or fill the short intake, see what holds, answer what is open."""
