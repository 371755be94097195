"""The words printed on figures: what a figure shows, whose side is where, and one label per stretch of equal limits.

Ask here: the headings of a figure, its side pills, and `stretches`, which joins neighbouring regions that share a
limit ("thigh to foot") and left and right that agree ("both feet"). Left and right are always words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Literal

import msgspec

from afferent.body.figures import Figure
from afferent.body.limit_classes import LIMIT, UNTIL_ANSWERED, RegionLook

SideWords = Literal["client", "your"]

_SIDES: Final = ("left", "right")
_Runs = tuple[tuple[str, str], ...]

# The body map as chains from the head down and out; S stands for a side. A link is a region, its words alone and its
# word in a stretch ("thigh to foot"). `{}` takes "left", "right" or "both"; without it the side goes in front.
_Link = tuple[str, str, str]
_CHAINS: Final[dict[str, dict[str, tuple[_Link, ...]]]] = {
    "body.front": {
        "head": (("head_neck.S.face", "face", "face"), ("head_neck.S.neck_front", "neck", "neck")),
        "trunk": (
            ("chest.S", "chest", "chest"),
            ("abdomen.S.upper", "upper abdomen", "upper abdomen"),
            ("abdomen.S.lower", "lower abdomen", "lower abdomen"),
            ("pelvis.S.groin", "groin", "groin"),
        ),
        "arm": (
            ("shoulder.S.front", "{} shoulder", "shoulder"),
            ("upper_arm.S.front", "{} upper arm", "upper arm"),
            ("elbow.S.front", "{} elbow", "elbow"),
            ("forearm.S.front", "{} forearm", "forearm"),
            ("wrist.S.front", "{} wrist", "wrist"),
            ("hand.S.palm", "palm of {} hand", "hand"),
        ),
        "leg": (
            ("pelvis.S.hip_front", "{} hip", "hip"),
            ("thigh.S.front", "{} thigh", "thigh"),
            ("knee.S.front", "{} knee", "knee"),
            ("leg.S.front", "{} shin", "shin"),
            ("ankle.S.front", "{} ankle", "ankle"),
            ("foot.S.top", "top of {} foot", "foot"),
        ),
    },
    "body.back": {
        "head": (
            ("head_neck.S.head_back", "back of head", "back of head"),
            ("head_neck.S.neck_back", "back of neck", "neck"),
        ),
        "trunk": (
            ("back.S.upper", "upper back", "upper back"),
            ("back.S.mid_upper", "mid back, upper part", "upper mid back"),
            ("back.S.mid_lower", "mid back, lower part", "lower mid back"),
            ("back.S.lower", "lower back", "lower back"),
            ("pelvis.S.buttock", "buttock", "buttock"),
        ),
        "arm": (
            ("shoulder.S.back", "{} shoulder", "shoulder"),
            ("upper_arm.S.back", "{} upper arm", "upper arm"),
            ("elbow.S.back", "{} elbow", "elbow"),
            ("forearm.S.back", "{} forearm", "forearm"),
            ("wrist.S.back", "{} wrist", "wrist"),
            ("hand.S.back", "back of {} hand", "hand"),
        ),
        "leg": (
            ("pelvis.S.hip_back", "side of {} hip", "hip"),
            ("thigh.S.back", "back of {} thigh", "thigh"),
            ("knee.S.back", "back of {} knee", "knee"),
            ("leg.S.back", "{} calf", "calf"),
            ("ankle.S.back", "{} ankle, Achilles", "ankle"),
            ("foot.S.sole", "sole of {} foot", "foot"),
        ),
    },
}
# Stretches that people call by one name. Keyed by the two ends.
_ONE_NAME: Final = {
    ("face", "neck"): "face and neck", ("back of head", "neck"): "back of head and neck",
    ("upper abdomen", "lower abdomen"): "abdomen", ("chest", "lower abdomen"): "chest and abdomen",
    ("chest", "upper abdomen"): "chest, upper abdomen",
    ("upper back", "lower back"): "back", ("lower mid back", "lower back"): "lower half of back",
    ("upper back", "upper mid back"): "upper half of back", ("upper mid back", "lower mid back"): "mid back",
    ("upper back", "buttock"): "back and buttocks", ("lower back", "buttock"): "lower back, buttocks",
    ("wrist", "hand"): "{} wrist and hand", ("ankle", "foot"): "{} ankle and foot",
}  # fmt: skip
_PLURAL: Final = {
    "shoulder": "shoulders", "arm": "arms", "elbow": "elbows", "forearm": "forearms", "wrist": "wrists",
    "hand": "hands", "palm": "palms", "back": "backs", "hip": "hips", "side": "sides", "thigh": "thighs",
    "knee": "knees", "shin": "shins", "calf": "calves", "ankle": "ankles", "foot": "feet", "top": "tops",
    "sole": "soles",
}  # fmt: skip
_LIMBS: Final = ("arm", "leg")  # elsewhere left and right meet, and one word names both

_HEADINGS: Final = {
    "body.front": ("Front", "", ""), "body.back": ("Back", "", ""),
    "palm": ("Palm", "facing you", "facing you"), "sole": ("Sole of foot", "facing you", "facing you"),
    "back": ("Back of hand", "as you see your own", "as the client sees it"),
    "top": ("Top of foot", "as you look down", "as the client looks down"),
}  # fmt: skip


class Stretch(msgspec.Struct, frozen=True):
    """Neighbouring regions with one look: `name` says which, `look` how they are limited."""

    name: str
    regions: tuple[str, ...]
    look: RegionLook

    @property
    def limit(self) -> tuple[str, ...]:
        """The limit in one or two lines: `1 light lotioning`, `until answered`."""
        return (LIMIT[self.look.cls].label, *([UNTIL_ANSWERED] if self.look.open else []))


def heading(figure: str, side_words: SideWords) -> tuple[str, str]:
    """What the figure shows and from where it is seen: `("Sole of foot", "facing you")`."""
    title, yours, theirs = _HEADINGS.get(figure) or _HEADINGS[figure.rsplit(".", 1)[1]]
    return title, yours if side_words == "your" else theirs


def side_label(side: str, side_words: SideWords) -> str:
    """The pill that says whose side this is: `CLIENT'S RIGHT`, `YOUR LEFT`."""
    whose = "YOUR" if side_words == "your" else "CLIENT'S"
    return f"{whose} {side.upper()}"


def stretches(figure: Figure, looks: Mapping[str, RegionLook]) -> list[Stretch]:
    """What the labels of a body view say: every limited region in exactly one stretch, the commonest look in one."""
    limited = {region: look for region, look in looks.items() if look.cls != "none"}
    spread = _commonest(figure, limited)
    found: list[Stretch] = []
    if spread is not None:
        regions = tuple(region for region, look in limited.items() if look == spread)
        found.append(Stretch("everywhere else" if len(set(looks.values())) > 1 else "everywhere", regions, spread))
        limited = {region: look for region, look in limited.items() if look != spread}
    joined: defaultdict[tuple[_Runs, RegionLook], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for side in _SIDES:
        for piece in touching(figure, {r: look for r, look in limited.items() if side in r.split(".")}):
            joined[_runs(figure, piece), limited[piece[0]]][side] = piece
    for (runs, look), halves in joined.items():
        found.append(Stretch(_name(runs, tuple(halves)), sum(halves.values(), ()), look))
    return found


def _commonest(figure: Figure, limited: Mapping[str, RegionLook]) -> RegionLook | None:
    """A look that covers more than half of the figure and can be called everything else: nothing is unlimited."""
    if len(limited) < len(figure.regions):
        return None
    counts: defaultdict[RegionLook, int] = defaultdict(int)
    for look in limited.values():
        counts[look] += 1
    return next((look for look, count in counts.items() if count * 2 > len(figure.regions)), None)


def touching(figure: Figure, looks: Mapping[str, RegionLook]) -> list[tuple[str, ...]]:
    """The limited regions in parts: of each part every region has one look and touches another of the part."""
    waiting = {region: look for region, look in looks.items() if look.cls != "none"}
    order = {region: n for n, region in enumerate(looks)}
    parts: list[tuple[str, ...]] = []
    while waiting:
        first = next(iter(waiting))
        look = waiting[first]
        stack, part = [first], []
        while stack:
            region = stack.pop()
            if waiting.get(region) == look:
                del waiting[region]
                part.append(region)
                stack += figure.neighbours[region]
        parts.append(tuple(sorted(part, key=order.__getitem__)))
    return parts


def _runs(figure: Figure, piece: Sequence[str]) -> _Runs:
    """(chain, words) of each unbroken run of the piece, head first."""
    held = {_sideless(region) for region in piece}
    if 2 * len(held) == len(figure.regions):
        return (("arm", "{} side of the body"),)
    runs: list[tuple[str, str]] = []
    for chain, links in _CHAINS[figure.id].items():
        run: list[_Link] = []
        for link in (*links, None):
            if link is not None and link[0] in held:
                run.append(link)
            elif run:
                runs.append((chain, _run_words(chain, run)))
                run = []
    return tuple(runs)


def _run_words(chain: str, run: Sequence[_Link]) -> str:
    if len(run) == 1:
        return run[0][1]
    ends = run[0][2], run[-1][2]
    return _ONE_NAME.get(ends) or ("{} " if chain in _LIMBS else "") + f"{ends[0]} to {ends[1]}"


def _name(runs: _Runs, sides: Sequence[str]) -> str:
    """`right thigh to foot`, `tops of both feet`, `left chest`, `abdomen`."""
    named: list[str] = []
    for chain, words in runs:
        if chain == "head" and len(sides) == 1:
            named.append(f"{sides[0]} side of {words}")
        elif chain in _LIMBS and len(sides) == 2:
            named.append(re.sub(r"[a-z]+", lambda word: _PLURAL.get(word[0], word[0]), words).format("both"))
        elif chain in _LIMBS:
            named.append(words.format(sides[0]))
        else:
            named.append(words if len(sides) == 2 else f"{sides[0]} {words}")
    return ", ".join(named)


def _sideless(region: str) -> str:
    return ".".join("S" if part in _SIDES else part for part in region.split("."))
