"""What a client reads at home says what to do about a limb that is newly swollen, and never to do nothing."""

from __future__ import annotations

from afferent.words import home, planned


def test_a_newly_swollen_limb_or_a_fever_is_a_call_today() -> None:
    for said in (" ".join(planned.Planned("", (), ()).yours), " ".join(home._STOP)):
        one = next(line for line in said.split(". ") if "newly swollen" in line)
        assert "call your clinician today" in one
        assert "fever" in one
