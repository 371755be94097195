"""The consents: every purpose is there, in words one can read, and none of them promises."""

from __future__ import annotations

import re
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from afferent.errors import KnowledgeError
from afferent.knowledge import load
from afferent.knowledge.consent_checks import PURPOSES
from afferent.knowledge.loader import FOLDER

CONSENTS = load().consents
WORDINGS = {
    ("treatment", 1): "10066725462c1ee3",
    ("heat_cold", 1): "ee5360f9c157b48e",
    ("treatment", 2): "eddb1065360e03c7",
    ("heat_cold", 2): "4072dd5e8d292f24",
    ("photos", 1): "bcaba7dd14319f5c",
    ("care_team", 1): "906b4b90e18f1f5a",
    ("reminders", 1): "8a032934ac97fcec",
}


def texts(purpose: str) -> list[str]:
    one = CONSENTS[purpose]
    return [one.ask, one.if_no, *(topic.says for topic in one.topics)]


def grade(text: str) -> float:
    """Flesch and Kincaid's school grade; syllables are counted by their vowels, which is near enough."""
    sentences = [one for one in re.split(r"[.?!:]\s*", text) if one.strip()]
    words = re.findall(r"[A-Za-z’]+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<![l])e$|(?<![td])ed$", "", word.lower()))))


def test_every_purpose_is_asked_once() -> None:
    assert tuple(CONSENTS) == PURPOSES
    assert len({one.ask for one in CONSENTS.values()}) == len(PURPOSES)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_sixth_grader_can_read_it(purpose: str) -> None:
    assert grade(" ".join(texts(purpose))) < 4
    for text in texts(purpose):
        assert grade(text) < 7, text
        for sentence in re.split(r"(?<=[.?!])\s", text):
            assert len(sentence.split()) <= 17, sentence


@pytest.mark.parametrize("purpose", PURPOSES)
def test_other_words_are_another_wording(purpose: str) -> None:
    """Somebody agreed to these words. Whoever changes them counts `version` up and adds a line to WORDINGS."""
    digest = sha256("\n".join(texts(purpose)).encode()).hexdigest()[:16]
    assert WORDINGS[purpose, CONSENTS[purpose].version] == digest, f"the words of {purpose} changed: a new version"


def test_what_must_be_said_is_said() -> None:
    """users.md 6.7: the topics, each in the consent it belongs to."""
    massage = " ".join(texts("treatment"))
    for words in (
        "not medical care", "does not name illnesses", "may ease", "not been shown to repair nerves", "a bruise",
        "blood clot may come loose", "a bone breaks", "a nerve is hurt", "arm or leg may swell", "dizzy", "rash",
        "Loss of feeling means you may not notice harm", "we look and ask", "say so at once", "You may stop",
        "where nobody may touch you", "A sheet covers you", "We write down who helped",
    ):  # fmt: skip
        assert words in massage, words
    assert {topic.filled for topic in CONSENTS["treatment"].topics} == {"", "cost", "retention"}
    assert "Loss of feeling means you may not notice harm" in " ".join(texts("heat_cold"))
    for purpose in PURPOSES:
        assert "You may stop" in " ".join(texts(purpose))


def test_nothing_is_promised_that_the_limits_forbid() -> None:
    """A numb foot is never soaked, and touch is never firmer than the limits, whatever somebody likes."""
    assert "bath" not in " ".join(texts("heat_cold"))
    assert "how firm" not in " ".join(texts("treatment"))
    assert "never firmer than you like" in " ".join(texts("treatment"))


def test_new_numb_places_ask_again_for_hands_and_heat() -> None:
    told = {purpose for purpose, one in CONSENTS.items() if "the numb places changed" in one.asked_again_when}
    assert told == {"treatment", "heat_cold"}
    assert all("a year has passed" in one.asked_again_when for one in CONSENTS.values())


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[reminders]", "[newsletter]", "newsletter"),
        ("version = 2", "version = 0", "treatment: wordings count from 1"),
        ('["the wording changed", "the numb', '["the numb', "treatment: must be asked again when the wording changed"),
        ('"the numb places changed"', '"the moon is full"', "the moon is full"),
        ("together?", "together.", "treatment: `ask` must be one question"),
        ("together?", "together? And more?", "treatment: `ask` must be one question"),
        ("Massage may ease pain", "Massage heals pain", "treatment: promises too much: 'heals'"),
        ('"WALTON-NEURO"', '"NOBODY"', "treatment: source 'NOBODY' does not exist"),
        ('filled = "cost"', 'filled = "weather"', "weather"),
        ('title = "Massage"', 'title = " "', "treatment: has no `title`"),
    ],
)
def test_a_consent_that_is_not_sound_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / "consents.toml").read_text("utf-8")
    assert old in text
    (copy / "consents.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(KnowledgeError, match=r"consents\.toml, ") as refused:
        load(copy)
    assert says in str(refused.value)


def test_a_missing_purpose_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    text = (copy / "consents.toml").read_text("utf-8")
    (copy / "consents.toml").write_text(text[: text.index("[reminders]")], "utf-8")
    with pytest.raises(KnowledgeError, match=r"consents\.toml, reminders: is missing"):
        load(copy)
