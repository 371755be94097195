"""The invented directory of the demo: some described therapists, and a made-up register around them. Nobody in it
lives, and every entry says so.

Ask here: `fill(where, folder)`. Both come in the way that a real register and a clinic's own table do.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from afferent.directory import made, table
from afferent.directory.load import load, with_places
from afferent.directory.model import Badge, Therapist
from afferent.directory.quiz import terms
from afferent.directory.store import Directory, Where
from afferent.directory.zips import places
from afferent.web.directory.naming import address

STATES: Final = ("MN", "WI")
_ROWS: Final = 600
_SHARE: Final = 0.9
_WHO: Final = "own:rosalind"


def fill(where: Where, folder: Path) -> str:
    """Make it; the address of one profile in it. folder: for the register while it is read."""
    register = folder / "npidata.csv"
    near = [one for one in places().values() if one.state in STATES]
    made.write(register, _ROWS, near, share=_SHARE)
    directory = Directory.open(where, make=True)
    with_places(directory)
    load(register, directory)
    rows = files("afferent.web.demo").joinpath("therapists.csv").read_bytes()
    table.read(rows, "therapists.csv", directory)
    with directory:
        for (id,) in directory.db.rows("SELECT id FROM therapist WHERE gone IS NULL"):
            known = directory.get(id)
            if known is not None:
                directory.put(_invented(known[0]))
    directory.settle()
    directory.close()
    register.unlink()
    return address(_WHO)


def _invented(one: Therapist) -> Therapist:
    """Marked; and one of them has claimed the profile and passed the quiz."""
    if one.id != _WHO:
        return replace(one, invented=True)
    on = terms().as_of
    badge = Badge(on, on.replace(year=on.year + 1), 9, terms().questions)
    return replace(one, invented=True, claimed=True, badge=badge, street="12 Invented Lane")
