"""An invented clinic to look at: a dozen invented clients who stand in every way a client can stand."""
