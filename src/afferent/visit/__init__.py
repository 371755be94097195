"""One visit as a stream of events: appended once, never edited. Note, ledger and summary are derived from them."""
