"""The relay: one visit, two faces. What the client presses is seen by the therapist at once, and kept once."""
