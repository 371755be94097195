"""What holds besides the levels: heat and cold, the look at the skin, numb places, minutes, positions, points, advice.

Ask here: `notes` (the few lines beside the map) and `advice` (the rest, to open). Each is a sentence and its reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from afferent.body.regions import AREA, WHOLE, area
from afferent.knowledge import Knowledge
from afferent.knowledge.model import DEFAULT_MINUTES
from afferent.safety.screening import Screening
from afferent.words.effects import no_heat
from afferent.words.places import phrase
from afferent.words.standing import Standing
from afferent.words.vocabulary import capital, listed, lower_first, sentence

Icon = Literal["heat", "eye", "numb", "clock", "position", "point", "hand"]
_IN_NOTES: Final = frozenset({"skin_check_before_after", "numb_not_a_guide"})


# Advice that only hands at work could follow: left out of a visit on which nobody lays hands. Everything else is said.
HANDS_ONLY: Final = frozenset({
    "skin_check_before_after", "numb_not_a_guide", "lubricant_hand_width_away", "float_heels", "gloves",
    "short_first_session", "watch_bruising", "no_detox_claims", "warm_hands_lubricant", "no_oil_on_field",
    "clean_no_illness", "remote_at_hand", "not_on_sensor", "tunnel_light", "inner_leg_light", "no_firm_inner_leg",
    "head_up", "limbs_first", "helper_in_room", "non_verbal_stop", "feedback_discounted", "no_patch_heat",
    "low_table_help", "consent_each_region", "still_holding_by_consent", "no_new_bath_shared", "side_lying",
    "no_core_heating", "work_elsewhere", "keep_short", "thermometer", "traditional_precaution",
    "pause_between_therapies", "no_raise", "gentle_only", "lotion_only", "joints_inside_range",
    "leave_tumour_undisturbed", "field_in_and_out", "device_and_its_line", "no_pressure_on_bone",
    "device_several_inches", "legs_light_after_operation", "no_fatigue", "relaxing_only", "until_term",
    "points_light_short", "look_between_toes", "median_nerve_point", "test_before_heat", "lotion_room_warmth",
    "stones_moving", "wash_only", "cold_with_cloth",
})  # fmt: skip


class Note(Struct, frozen=True):
    """One line beside the map. `until_answered`: it holds only while a question is open. `strong`: a prohibition."""

    icon: Icon
    text: str
    detail: str = ""
    strong: bool = False
    until_answered: bool = False


def notes(standing: Standing, screening: Screening, knowledge: Knowledge) -> tuple[Note, ...]:
    """The lines beside the map, prohibitions first."""
    if standing.closed:
        return ()
    return tuple(_notes(standing, screening, knowledge))


def _notes(standing: Standing, screening: Screening, knowledge: Knowledge) -> Iterator[Note]:
    yield from _thermal(standing, screening, knowledge)
    advised = {one.id for one in screening.advice}
    if "skin_check_before_after" in advised:
        entry = knowledge.advice["skin_check_before_after"]
        yield Note("eye", entry.title, entry.text)
    if screening.numb:
        where = phrase(area(screening.numb))
        yield Note("numb", f"Where numb, feeling is not a guide: {where}", knowledge.advice["numb_not_a_guide"].text)
    if screening.session.minutes < DEFAULT_MINUTES:
        yield Note(
            "clock", f"{screening.session.minutes} minutes hands-on at most", _because("minutes", screening, knowledge)
        )
    for name in screening.session.positions_off:
        yield Note(
            "position", f"No {knowledge.positions[name].title}", _because(name, screening, knowledge), strong=True
        )
    if screening.points_off:
        points = listed(sorted(point.title for point in screening.points_off))
        yield Note("point", f"Acupressure points left out: {points}")


def _because(name: str, screening: Screening, knowledge: Knowledge) -> str:
    rules = screening.session.because.get(name, ())
    return sentence(listed(lower_first(knowledge.rules[one].title) for one in rules)) if rules else ""


def _thermal(standing: Standing, screening: Screening, knowledge: Knowledge) -> Iterator[Note]:
    off = {"heat": _off(standing, "heat"), "cold": _off(standing, "cold")}
    if off["heat"] == off["cold"]:
        if off["heat"]:
            yield _thermal_note(off["heat"], no_heat(True, True), screening)
    else:
        for word in ("heat", "cold"):
            if off[word]:
                yield _thermal_note(off[word], f"no {word}", screening)
    if WHOLE & ~(off["heat"] & off["cold"]):
        heat, cold = knowledge.ceilings["heat"], knowledge.ceilings["cold"]
        elsewhere = "Elsewhere warmth" if off["heat"] | off["cold"] else "Warmth"
        yield Note(
            "heat",
            f"{elsewhere} up to {heat.max_c:g} °C for {heat.minutes} minutes, "
            f"cold down to {cold.min_c:g} °C for {cold.minutes} minutes",
            knowledge.advice["thermometer"].text if "thermometer" in knowledge.advice else "",
        )


def _off(standing: Standing, word: str) -> int:
    return sum(AREA[leaf] for leaf, held in standing.leaves.items() if not (held.heat if word == "heat" else held.cold))


def _thermal_note(where: int, words: str, screening: Screening) -> Note:
    place = "" if where == WHOLE else f" on {phrase(where, spans=False)}"
    known = sum(
        AREA[region] for region, limit in screening.limits.items() if limit.heat is False or limit.cold is False
    )  # fmt: skip
    until = bool(where & ~known)
    detail = "Until hot and cold have been tested there and told apart." if until else ""
    return Note("heat", capital(f"{words}{place}"), detail, strong=True, until_answered=until)


def advice(screening: Screening, *, closed: bool = False) -> tuple[tuple[str, str], ...]:
    """(title, text) of everything else to do, in the order of the reasons; `closed`: only what needs no hands."""
    left_out = HANDS_ONLY if closed else _IN_NOTES
    return tuple((one.title, one.text) for one in screening.advice if one.id not in left_out)
