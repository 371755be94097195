"""What can go wrong, as one family. Every message is one sentence for the person who can mend it."""

from __future__ import annotations


class AfferentError(Exception):
    """Something Afferent cannot go on with. `str(error)` is the sentence shown to the user."""


class KnowledgeError(AfferentError):
    """A rule, fact, code or source is not well formed. Names the file and the key."""


class InputError(AfferentError):
    """A record, case or answer cannot be used. Names the file, the place and the mend."""


class Refusal(AfferentError):
    """The input is readable, but Afferent does not screen this person (a child, or someone who has died)."""
