"""`python -m docs.build`: the pages that are made of the knowledge itself, so that they cannot drift.

docs/rules.md, docs/facts.md, docs/claims.md, docs/consents.md, docs/outcomes.md and docs/evidence.md come from the
knowledge; docs/physiology.md and its figures from the models; docs/records.md from the thirty synthetic records beside
the project, where they are there. A test fails while a page is not what this would write.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from afferent.cli.rules import effect_words
from afferent.errors import InputError, Refusal
from afferent.knowledge import Knowledge, load
from afferent.knowledge.model import Claim, Consent, Evidence, Fact, Rule
from afferent.words.claims import ABOUT, OPENING, how_certain, rests_on, said_instead
from afferent.words.consents import again_words
from afferent.words.vocabulary import STRENGTH
from docs import evidence, outcomes, physiology

FOLDER = Path(__file__).parent
SYNTHEA = FOLDER.parent.parent / "shared" / "data" / "synthea"


def main() -> None:
    """Write every page."""
    knowledge = load()
    pages = {"rules.md": rules(knowledge), "facts.md": facts(knowledge), "claims.md": claims(knowledge)}
    pages["consents.md"] = consents(knowledge)
    pages["outcomes.md"] = outcomes.page(knowledge)
    pages["evidence.md"] = evidence.page()
    pages["physiology.md"] = physiology.page(knowledge)
    pages |= {f"pictures/{name}.svg": text for name, text in physiology.pictures().items()}
    if SYNTHEA.is_dir():
        pages["records.md"] = records(knowledge)
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")


def rules(knowledge: Knowledge) -> str:
    """Every rule with its reason, strength, sources and worked examples."""
    return "\n".join(_rules(knowledge)).rstrip() + "\n"


def _rules(knowledge: Knowledge) -> Iterator[str]:
    yield f"# Rules\n\nKnowledge version {knowledge.version}. {len(knowledge.rules)} rules. Made by `make docs`.\n"
    yield "Not a clinical guideline, and not reviewed by a clinician. Strength letters:\n"
    yield from (f"- **{letter}** {words}" for letter, words in STRENGTH.items())
    for rule in knowledge.rules.values():
        yield from _rule(rule, knowledge)


def _rule(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    yield f"\n## {rule.id}\n\n**{rule.title}**{' – hard stop' if rule.hard_stop else ''}\n"
    yield f"{rule.says}\n\n*Why:* {rule.why}\n"
    yield f"- fires when `{rule.when}`"
    if rule.until:
        yield f"- until `{rule.until}`"
    yield from (f"- {effect_words(effect)}" for effect in rule.effects)
    caps = f"; levels {rule.caps_strength} – {STRENGTH[rule.caps_strength]}" if rule.caps_strength else ""
    yield f"- strength {rule.strength} – {STRENGTH[rule.strength]}{caps}"
    if rule.lifted_by:
        yield f"- lifted by: {rule.lifted_by}"
    yield from (f"- source: {_linked(key, knowledge)}" for key in rule.sources)
    for example in rule.examples:
        yield f"- example: {example.say}. `{_flat(example.given)}` → `{_flat(example.then)}`"


def _linked(key: str, knowledge: Knowledge) -> str:
    source = knowledge.sources[key]
    return f"[{source.title}]({source.url})" if source.url else source.title


def _flat(mapping: dict[str, Any]) -> str:
    return ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in mapping.items()) or "nothing"


def facts(knowledge: Knowledge) -> str:
    """Every fact: its question, kind, which way is worse, and when it must be known."""
    lines = [
        f"# Facts\n\nKnowledge version {knowledge.version}. What may be known about a person. Made by `make docs`.\n"
    ]
    for group in knowledge.groups.values():
        listed = [fact for fact in knowledge.facts.values() if fact.group == group.id]
        if listed:
            lines += [f"\n## {group.title}\n\n{group.ask}\n", "| fact | question | kind | worse | critical |",
                      "|---|---|---|---|---|"]  # fmt: skip
            lines += [_fact(fact) for fact in listed]
    derived = [fact for fact in knowledge.facts.values() if fact.kind == "derived" and fact.id != "critical_open"]
    lines += ["\n## Made of others\n", "| fact | meaning |", "|---|---|"]
    lines += [f"| `{fact.id}` | `{fact.definition}` |" for fact in derived]
    return "\n".join(lines) + "\n"


def _fact(fact: Fact) -> str:
    kind = f"{fact.kind}, {fact.unit}" if fact.unit else fact.kind
    critical = "always" if fact.critical is True else f"when `{fact.critical}`" if fact.critical else ""
    return f"| `{fact.id}` | {fact.ask} | {kind} | {fact.worse} | {critical} |"


def claims(knowledge: Knowledge) -> str:
    """Every claim that is left out: what was found against it and for it, and what is said instead."""
    return "\n".join(_claims(knowledge)).rstrip() + "\n"


def _claims(knowledge: Knowledge) -> Iterator[str]:
    yield f"# Claims we do not make\n\n{OPENING}\n"
    yield f"Knowledge version {knowledge.version}. Read mostly as abstracts, by one reader. Made by `make docs`."
    for about, title in ABOUT.items():
        yield f"\n## {title}"
        for claim in knowledge.claims.values():
            if claim.about == about:
                yield from _claim(claim, knowledge)


def _claim(claim: Claim, knowledge: Knowledge) -> Iterator[str]:
    yield f"\n### Not said: {claim.title}\n\n{claim.why}\n"
    yield f"*We say instead:* {said_instead(claim)}\n"
    for side, found in (("Against", claim.against), ("For", claim.support)):
        yield f"{side}:\n"
        yield from (_evidence(one, knowledge) for one in found)
        yield "" if found else "- No source found.\n"
    yield f"How certain: {how_certain(claim)} Our grounds: {rests_on(claim)}."


def _evidence(one: Evidence, knowledge: Knowledge) -> str:
    return f"- {one.says} {_linked(one.source, knowledge)}" if one.source else f"- {one.says}"


def consents(knowledge: Knowledge) -> str:
    """Every purpose a client may agree to: what is said first, the question, and what a no means."""
    return "\n".join(_consents(knowledge)).rstrip() + "\n"


def _consents(knowledge: Knowledge) -> Iterator[str]:
    yield f"# What a client agrees to\n\nKnowledge version {knowledge.version}. Made by `make docs`.\n"
    yield (
        "Each purpose is asked alone, and no is as easy as yes. A yes can be taken back on any day. "
        "The words are ours; nobody has reviewed them as law, and no client has tried them. "
        "That a yes holds for a year is our default (N)."
    )
    for consent in knowledge.consents.values():
        yield from _consent(consent, knowledge)


def _consent(consent: Consent, knowledge: Knowledge) -> Iterator[str]:
    yield f"\n## {consent.title}\n\n**{consent.ask}** (`{consent.id}`, wording {consent.version})\n"
    for topic in consent.topics:
        read = "; ".join(_linked(key, knowledge) for key in topic.sources) or "ours (N)"
        own = f" *The clinic’s own words stand here (`{topic.filled}`).*" if topic.filled else ""
        yield f"- *{topic.title}.* {topic.says}{own} – {read}"
    yield f"\n*If no:* {consent.if_no}\n\n{again_words(consent)}"


def records(knowledge: Knowledge) -> str:
    """What was found in each of the thirty synthetic records, screened on the day after their last entry."""
    lines = [
        "# Thirty synthetic records\n",
        "Synthetic people made by Synthea (Apache-2.0, Boston Children's Hospital), foreign data, read as they are. "
        "Screened as of the day after their last entry, with nothing asked. Made by `make docs`.\n",
        "| record | as of | outcome | fired | to ask first | not understood |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_record(path, knowledge) for path in sorted(SYNTHEA.glob("*.json"))]
    return "\n".join(lines) + "\n"


def _record(path: Path, knowledge: Knowledge) -> str:
    from afferent.records.read import read
    from afferent.records.screened import screening

    as_of = last_entry(path) + dt.timedelta(days=1)
    try:
        result = screening(read(str(path), as_of=as_of, knowledge=knowledge), knowledge)
    except (Refusal, InputError) as refused:
        return f"| {path.stem} | {as_of} | refused: {str(refused).removeprefix(str(path) + ': ')} | | | |"
    fired = [rule.id for rule in result.rules if rule.state == "fired" and not rule.id.startswith("DATA-")]
    groups = {question.group for question in result.questions if question.critical}
    asked = ", ".join(sorted(groups))
    shown = f"{result.decision}, urgency {result.urgency}" + (", ask first" if result.ask_first else "")
    return f"| {path.stem} | {as_of} | {shown} | {', '.join(fired)} | {asked} | {len(result.not_understood)} |"


def last_entry(path: Path) -> dt.date:
    """The newest date of the clinical entries of a bundle."""
    bundle = json.loads(path.read_bytes())
    dates = [
        resource[key][:10]
        for entry in bundle["entry"]
        for resource in [entry["resource"]]
        for key in ("effectiveDateTime", "authoredOn", "onsetDateTime", "recordedDate")
        if key in resource
    ]
    return dt.date.fromisoformat(max(dates))


if __name__ == "__main__":
    main()
