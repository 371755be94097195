"""What is written down around a visit: the look at the skin, the note, the card for home, the day after, incidents."""
