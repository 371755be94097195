"""What is known about a person, together with the knowledge: decision, limits per region, and what to ask.

Pure: no input or output, no clock. `screen(person, knowledge)` is the whole of it.
"""

from afferent.safety.evidence import Evidence
from afferent.safety.person import Person, resolve
from afferent.safety.screen import screen
from afferent.safety.screening import Screening

__all__ = ["Evidence", "Person", "Screening", "resolve", "screen"]
