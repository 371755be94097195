"""A made-up register in the true layout: nobody in it lives. For trying the loader, for tests and for measuring.

Ask here: `write(path, rows, …)`. The same seed gives the same bytes. Names and streets are put together from short
lists, telephone numbers are of the reserved 555-01xx, ZIP codes are real, so that distances mean something.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from afferent.directory.writing import whole_or_not
from afferent.directory.zips import Place
from afferent.records.nppes.layout import MASSAGE_THERAPIST, PLACES, SLOTS, Version, names
from afferent.records.nppes.number import with_check

SHARE: Final = 0.02  # of all rows: as many as there are jobs for them; how many are listed is not known
_BLOCK: Final = 5_000
_OTHERS: Final = ("207Q00000X", "163W00000X", "1041C0700X", "183500000X", "225100000X", "122300000X", "101YM0800X")
_FIRST: Final = ("ALICE", "BOB", "CARMEN", "DAO", "ELI", "FATIMA", "GRACE", "HENRY", "INES", "JOSÉ", "KIM", "LENA",
                 "MARK", "NIA", "OMAR", "PETRA")  # fmt: skip
_LAST: Final = ("AMBER", "BIRCH", "CEDAR", "DOVE", "ELM", "FINCH", "GROVE", "HAZEL", "IVY", "JUNIPER", "LARK", "MUÑOZ",
                "NORTH", "O'BRIEN", "PINE", "QUAIL", "ROWAN", "A-VERY-LONG-NAME-OF-SOMEBODY-MARRIED-TWICE")  # fmt: skip
_STREETS: Final = ("MAPLE ST", "SECOND AVE", "HILL RD", "STATION PL", "LAKE DR", "COUNTY ROAD 9")
_V1: Final = {"last": 35, "first": 20, "organisation": 70}
FAULTS: Final = (
    "a cell too few", "a cell too many", "another encoding", "no such day", "a number whose check fails",
    "a quotation mark that is never closed", "a line break inside a cell", "no therapist, a cell too few",
)  # fmt: skip


class Made(Struct, frozen=True):
    """What was written: rows in all, massage therapists that should be found, rows that were broken on purpose."""

    rows: int
    therapists: int
    broken: int


def write(
    path: Path,
    rows: int,
    places: Sequence[Place],
    *,
    seed: int = 1,
    version: Version = "V2",
    share: float = SHARE,
    broken: int = 0,
    locations: Path | None = None,
) -> Made:
    """Write the file whole or not at all; `broken` of the rows carry one of FAULTS, in turn, the rest are sound.

    locations: where the file of further practice locations goes, one for every tenth therapist.
    Raises InputError where it cannot be written.
    """
    maker = _Maker(random.Random(seed), places, version, share)
    with whole_or_not(path) as file:
        file.write(_quoted(names(version)) + b"\n")
        spoiled = dict(zip(sorted(maker.random.sample(range(rows), broken)), range(broken), strict=True))
        for start in range(0, rows, _BLOCK):
            lines = list(maker.lines(start, min(start + _BLOCK, rows), spoiled))
            file.write(b"\n".join(lines) + b"\n")
    if locations:
        with whole_or_not(locations) as file:
            file.write(_quoted(PLACES) + b"\n")
            file.writelines(maker.further())
    return Made(rows, maker.count, broken)


def _quoted(cells: Sequence[str]) -> bytes:
    return ('"' + '","'.join(cells) + '"').encode()


def _empty(cells: int) -> str:
    return ',""' * cells


class _Maker:
    """Rows one after the other. `count`: therapists so far; `numbers`: theirs, every tenth."""

    def __init__(self, source: random.Random, places: Sequence[Place], version: Version, share: float) -> None:
        self.random, self.places, self.share = source, places, share
        self.count, self.numbers = 0, list[str]()
        keep = _V1 if version == "V1" else {}
        self.last = [name[: keep.get("last")] for name in _LAST]
        self.first = [name[: keep.get("first")] for name in _FIRST]
        self.identifiers, self.groups = _empty(200), _empty(SLOTS)

    def lines(self, start: int, end: int, spoiled: dict[int, int]) -> Iterator[bytes]:
        for row in range(start, end):
            fault = FAULTS[spoiled[row] % len(FAULTS)] if row in spoiled else ""
            theirs = (self.random.random() < self.share or bool(fault)) and not fault.startswith("no therapist")
            number = with_check(f"1{row:08d}")
            line = self._row(number, theirs)
            if fault:
                yield _spoil(line, number, fault)
            else:
                yield line.encode()
            if theirs and (not fault or fault == "a line break inside a cell"):
                self.count += self.found
                if self.found and not self.count % 10:
                    self.numbers.append(number)

    def _row(self, number: str, therapist: bool) -> str:
        pick, chance = self.random.choice, self.random.random
        place, organisation = pick(self.places), chance() < 0.12
        who = (
            f'"","","{pick(self.last)} WELLNESS LLC","",""' if organisation else
            f'"","","","{pick(self.last)}","{pick(self.first)}"'
        )  # fmt: skip
        street = f"{int(chance() * 900) + 1} {pick(_STREETS)}"
        zip9 = f"{place.zip}{int(chance() * 9999):04d}" if chance() < 0.7 else place.zip
        address = f'"{street}","","{place.city.upper()}","{place.state}","{zip9}","US"'
        phone = f'"555555{100 + int(chance() * 100):04d}",""'
        updated = f"{int(chance() * 12) + 1:02d}/{int(chance() * 28) + 1:02d}/{2012 + int(chance() * 14)}"
        gone, back = self._life() if therapist else ("", "")
        self.found = not gone or bool(back)
        sex = "" if organisation else pick("FFFM")
        return (
            f'"{number}","{2 if organisation else 1}",{who},"","","","LMT"{_empty(9)},'
            f"{address},{phone},{address},{phone},"
            f'"05/23/2007","{updated}","","{gone}","{back}","{sex}"{_empty(5)}{self._slots(therapist, place.state)}'
            f'{self.identifiers},"X","N","","","","",""{self.groups},""'
        )

    def _life(self) -> tuple[str, str]:
        """The days of going and of coming back: most never went."""
        chance = self.random.random()
        return ("", "") if chance > 0.04 else ("06/30/2024", "") if chance > 0.01 else ("06/30/2024", "02/01/2025")

    def _slots(self, therapist: bool, state: str) -> str:
        other = f',"{self.random.choice(_OTHERS)}","","","N"'
        if not therapist:
            return other + _empty(4 * (SLOTS - 1))
        chance = self.random.random()
        number = f"MT{int(self.random.random() * 90000) + 10000}" if chance < 0.7 else ""
        own = f',"{MASSAGE_THERAPIST}","{number}","{state if number else ""}","Y"'
        before = 0 if chance < 0.8 else 1 if chance < 0.95 else SLOTS - 1
        return other * before + own + _empty(4 * (SLOTS - 1 - before))

    def further(self) -> Iterator[bytes]:
        """One further practice location for each kept number."""
        for number in self.numbers:
            place = self.random.choice(self.places)
            cells = (number, "1 SECOND ST", "", place.city.upper(), place.state, place.zip, "US", "5555550100", "", "")
            yield _quoted(cells) + b"\n"


def _spoil(line: str, number: str, fault: str) -> bytes:
    whole = line.encode()
    match fault:
        case "a cell too few" | "no therapist, a cell too few":
            return whole.removesuffix(b',""')
        case "a cell too many":
            return whole + b',""'
        case "another encoding":
            return whole.replace(b'"555555', b'"Caf\xe9 555', 1)
        case "no such day":
            return whole.replace(b'"05/23/2007","', b'"05/23/2007","13/45/20', 1)
        case "a number whose check fails":
            return whole.replace(number.encode(), number[:9].encode() + str((int(number[9]) + 1) % 10).encode(), 1)
        case "a quotation mark that is never closed":
            return whole.replace(b'","US"', b'","US', 1)
        case _:
            return whole.replace(b'","","', b'\nTwo lines","","', 1) if b'"","","' not in whole[:40] else whole.replace(
                b' ST"', b'\nST"'
            )  # fmt: skip
