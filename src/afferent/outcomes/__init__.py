"""Did it help this person, and what do the trials say. A plain library: no clock, no file, no network."""
