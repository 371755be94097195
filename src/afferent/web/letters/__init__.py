"""Letters to the care team: kept once, sent by whom and how, and the physician's answer that comes back."""
