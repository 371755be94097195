"""What is hidden stays hidden, whatever else a component says of itself."""

from __future__ import annotations

import re

from afferent.page import styles


def test_one_rule_hides_and_none_beside_it_shows() -> None:
    sheet = styles.style_sheet()
    assert "[hidden]{display:none!important}" in re.sub(r"\s|;(?=\s*})", "", sheet)
    told = re.findall(r"([^{}]*\[hidden\][^{}]*)\{([^}]*)\}", sheet)
    others = {
        rule.strip().split("\n")[-1].strip(): says for rule, says in told if rule.strip().split()[-1] != "[hidden]"
    }
    assert set(others) <= {"#position[hidden]"}  # keeps its place, so that nothing moves; it is not seen
    assert all("visibility: hidden" in says for says in others.values())
