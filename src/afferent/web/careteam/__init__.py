"""Letters to the care team, composed from what is stored: progress, finding, thanks, discharge, necessity, receipt.

Nothing is typed anew that a visit, a score, a map or an answer says already; the therapist chooses, adds words in a few
fields, reads the page, and keeps it. Kept letters, and how they went out, are `letters`'s.
"""
