"""`afferent rules [ID]`: browse the knowledge."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from afferent.errors import InputError
from afferent.knowledge import Knowledge, load
from afferent.knowledge.model import Effect, Rule
from afferent.words.vocabulary import STRENGTH, at_most, level


def run(words: Sequence[str]) -> int:
    """List every rule, or show one. Raises InputError for an id that does not exist."""
    parser = argparse.ArgumentParser(prog="afferent rules", description=__doc__)
    parser.add_argument("id", nargs="?", help="a rule id, for example VTE-HISTORY")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    given = parser.parse_args(words)
    knowledge = load()
    chosen = list(knowledge.rules.values()) if given.id is None else [rule_named(given.id, knowledge)]
    if given.format == "json":
        import msgspec

        print(json.dumps(msgspec.to_builtins(chosen), indent=2, ensure_ascii=False))
    elif given.id is None:
        _list(chosen, Console())
    else:
        _show(chosen[0], knowledge, Console())
    return 0


def rule_named(name: str, knowledge: Knowledge) -> Rule:
    """The rule of this id, whatever its case. Raises InputError with the nearest ids."""
    found = knowledge.rules.get(name.upper())
    if found is None:
        near = get_close_matches(name.upper(), knowledge.rules, 3)
        raise InputError(f"there is no rule {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
    return found


def _list(rules: list[Rule], console: Console) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "rule", "strength"):
        table.add_column(heading, overflow="fold")
    for rule in rules:
        stop = Text(" hard stop", style="bold") if rule.hard_stop else Text("")
        table.add_row(rule.id, Text(rule.title) + stop, rule.strength)
    console.print(table)
    console.print(f"\n{len(rules)} rules. `afferent rules ID` shows one.")


def _show(rule: Rule, knowledge: Knowledge, console: Console) -> None:
    console.print(Text(f"{rule.id}  {rule.title}", style="bold"), Text(" – hard stop" if rule.hard_stop else ""))
    console.print(f"\n{rule.says}\n\nWhy: {rule.why}", markup=False)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, shown in _rows(rule, knowledge):
        table.add_row(name, Text(shown))
    console.print(table)


def _rows(rule: Rule, knowledge: Knowledge) -> list[tuple[str, str]]:
    rows = [("fires when", rule.when)]
    rows += [("until", rule.until)] if rule.until else []
    rows += [("effect", effect_words(effect)) for effect in rule.effects]
    rows.append(("strength", f"{rule.strength} – {STRENGTH[rule.strength]}"))
    if rule.caps_strength:
        rows.append(("levels", f"{rule.caps_strength} – {STRENGTH[rule.caps_strength]}"))
    rows += [("lifted by", rule.lifted_by)] if rule.lifted_by else []
    for key in rule.sources:
        source = knowledge.sources[key]
        rows.append(("source", f"[{key}] {source.title}  {source.url}".rstrip()))
    for example in rule.examples:
        rows.append(("example", f"{example.say}: given {_flat(example.given)}, then {_flat(example.then)}"))
    return rows


def effect_words(effect: Effect) -> str:
    """One effect in a line: where, and what it sets."""
    told = [f"at {', '.join(effect.where)}"]
    told += [f"if {effect.when}"] if effect.when else []
    told += [effect.decision] if effect.decision else []
    told += [f"urgency {effect.urgency}"] if effect.urgency else []
    told += ["not today"] if effect.exclude else []
    told += [at_most(effect.pressure)] if effect.pressure is not None else []
    told += [f"a clinician may open it to {level(effect.cleared)}"] if effect.cleared is not None else []
    told += [f"at most {effect.minutes} minutes"] if effect.minutes is not None else []
    told += [word for word, allowed in (("no heat", effect.heat), ("no cold", effect.cold)) if allowed is False]
    lists = {"off": effect.off, "positions off": effect.positions_off, "points off": effect.points_off}
    told += [f"{name}: {', '.join(listed)}" for name, listed in (lists | {"advice": effect.advice}).items() if listed]
    return "; ".join(told)


def _flat(mapping: dict[str, Any]) -> str:
    return ", ".join(f"{key} = {value}" for key, value in mapping.items())
