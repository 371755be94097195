"""Did it help this person: scores, agreed trials, the client's own link and paper, and what it came to."""
