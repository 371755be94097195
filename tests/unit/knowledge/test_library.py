"""The technique library stays gentle and honest; an unsound entry is refused with file and key."""

from __future__ import annotations

import re
import shutil
import typing
from pathlib import Path

import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.loader import FOLDER
from afferent.knowledge.snapshot import pack, unpack
from afferent.outline.ground import table
from afferent.outline.model import Aim
from afferent.physiology.heat.source import HEAT_SOURCES

KNOWLEDGE = load()
HARSH = {"deep", "friction", "tapotement", "vibration", "tools", "massage_gun", "cupping", "gua_sha", "trigger_points"}
CRAFT = (
    "library.toml", "aims.toml", "stations.toml", "zones.toml", "needs.toml", "practice.toml", "crossing_reasons.toml",
)  # fmt: skip


def test_only_the_gentle_family_is_in_the_library() -> None:
    assert not HARSH & set(KNOWLEDGE.library)
    assert max(work.levels[1] for work in KNOWLEDGE.library.values()) == 3


def test_the_aims_are_those_that_an_outline_may_name() -> None:
    assert set(KNOWLEDGE.aims) == set(typing.get_args(Aim))


def test_what_warms_or_cools_is_a_heat_source_that_is_not_barred() -> None:
    for work in KNOWLEDGE.library.values():
        if work.source:
            source = HEAT_SOURCES[work.source]
            assert not source.never
            assert source.does == {"warm": "heat", "cool": "cold"}[work.does]


def test_the_rules_that_make_a_place_affected_exist() -> None:
    assert table().affected | table().not_intact <= set(KNOWLEDGE.rules)


def test_nothing_is_promised() -> None:
    """No word of it heals, cures, repairs or detoxifies."""
    said = [work.evidence + work.how for work in KNOWLEDGE.library.values()]
    said += [one.says for one in KNOWLEDGE.practice.values()] + [one.says for one in KNOWLEDGE.aims.values()]
    for text in said:
        assert not re.search(r"\b(heals?|healing|cures?|detox\w*|flush\w*|regenerat\w*|boost\w*)\b", text.lower())
    assert "not been shown to repair nerves" in KNOWLEDGE.practice["short_answer"].says


def test_every_point_says_what_was_found_on_it_and_how_long_it_is_held() -> None:
    for point in KNOWLEDGE.points.values():
        assert "no source found" in point.evidence
        assert point.seconds[1] <= 60
        assert point.level <= 2


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("library.toml", "levels = [2, 3]", "levels = [2, 4]", r"petrissage: levels \[2, 4\] are not between"),
        ("library.toml", 'needs = ["petrissage", "moving_strokes", "compression"]', "needs = []", "petrissage: no"),
        ("library.toml", 'needs = ["petrissage",', 'needs = ["kneading",', "technique 'kneading' does not exist"),
        ("library.toml", 'aims = ["loosen", "ease_pain"]', 'aims = ["detox"]', "aim 'detox' does not exist"),
        ("library.toml", 'source = "hot_pack"\n', "", "`source` is for what warms"),
        ("library.toml", 'where = ["leg.S.back"]', 'where = ["tail"]', "where: region 'tail' does not exist"),
        ("library.toml", 'sources = ["WALTON-0"]', 'sources = ["NOBODY"]', "source 'NOBODY' does not exist"),
        ("library.toml", 'sources = ["WALTON-0"]', "sources = []", "holding: has no source; without one"),
        ("library.toml", "levels = [0, 0]\nminutes = [1, 10]", "levels = [0, 1]\nminutes = [1, 10]", "is still"),
        ("library.toml", 'barred_by = ["VTE-HISTORY"', 'barred_by = ["VTE-NONE"', "rule 'VTE-NONE' does not exist"),
        ("library.toml", "minutes = [2, 12]", "minutes = [0, 12]", "cannot be right"),
        ("library.toml", 'does = "knead"', 'does = "dig"', "library.toml, petrissage"),
        ("aims.toml", '"arms", "hands"]', '"arms", "tail"]', "station 'tail' does not exist"),
        ("aims.toml", 'works = ["petrissage"', 'works = ["acupressure"', "is no work for a whole place"),
        ("stations.toml", "rank = 6", "rank = 2", "its rank is not that of its place"),
        ("stations.toml", 'regions = ["thigh.S"]', "regions = []", "thighs: has no `regions`"),
        ("zones.toml", 'held = "abdomen"', 'held = " "', "foot_arch: has no `held`"),
        ("points.toml", 'region = "elbow.S.front"', 'region = "elbow.S.top"', "points.toml, LI11: region"),
        ("points.toml", "level = 1", "level = 3", "a point is pressed with at most"),
        ("points.toml", "seconds = [30, 30]", "seconds = [30, 300]", "GB34: seconds"),
        ("needs.toml", "[deep]", "[digging]", "technique 'digging' does not exist"),
        ("practice.toml", "[elsewhere]", "[somewhere]", "practice.toml, elsewhere: is missing"),
        ("practice.toml", "least = 2\nmost = 3", "least = 4\nmost = 3", "frequency: 4 to 3 times a week cannot be"),
        ("crossing_reasons.toml", "[other]", "[mood]", "crossing_reasons.toml, other: is missing"),
    ],
)  # fmt: skip
def test_an_unsound_entry_is_refused_with_file_and_key(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "k", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=says) as refused:
        load(copy)
    assert file in str(refused.value)


def test_a_snapshot_whose_stretch_reaches_by_a_bare_word_still_loads(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "k", ignore=shutil.ignore_patterns("*.py", "__pycache__")))
    text = (copy / "library.toml").read_text("utf-8")
    old = 'reaches = [{ of = ["leg.S.back"], moves = ["knee.S ankle.S foot.S"] }]'
    assert old in text
    (copy / "library.toml").write_text(text.replace(old, 'reaches = ["knee.S ankle.S foot.S"]'), "utf-8")
    assert load(copy).library["calf_stretch"].drags == KNOWLEDGE.library["calf_stretch"].drags


def older(tmp_path: Path) -> Path:
    """Knowledge as it was packed before there was a technique library."""
    unpack(pack(FOLDER), tmp_path / "older")
    for name in CRAFT:
        (tmp_path / "older" / name).unlink()
    points = tmp_path / "older" / "points.toml"
    lines = points.read_text("utf-8").splitlines()
    new = ("level", "seconds", "evidence", "sources")
    points.write_text("\n".join(line for line in lines if not line.startswith(new)), "utf-8")
    sources = tmp_path / "older" / "sources.toml"
    sources.write_text(sources.read_text("utf-8").split("[REFLEX-SLEEP]")[0], "utf-8")
    return tmp_path / "older"


def test_knowledge_packed_before_there_was_a_library_works_with_ours(tmp_path: Path) -> None:
    """What hands do comes from the program; what is allowed stays as it was packed."""
    then = load(older(tmp_path))
    assert repr(then.library) == repr(KNOWLEDGE.library)
    assert repr(then.rules) == repr(KNOWLEDGE.rules)
    assert then.points["KI1"].level == 2
    assert "no source found" in then.points["KI1"].evidence


def test_its_own_rules_and_sources_stay_its_own(tmp_path: Path) -> None:
    folder = older(tmp_path)
    sources = folder / "sources.toml"
    sources.write_text(sources.read_text("utf-8").replace("Oncology massage for CIPN", "Older title", 1), "utf-8")
    assert "Older title" in load(folder).sources["MDA-METHODS"].title
