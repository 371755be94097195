"""The knowledge to look through: every rule with its reason, sources, strength and examples; and the style guide."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afferent.knowledge import load
from afferent.knowledge.model import Rule
from afferent.page.icons import icon, ladder
from afferent.page.markup import el
from afferent.page.styles import THEMES, tokens
from afferent.page.why import source, strength
from afferent.safety.screening import Cited
from afferent.web.clinics.access import everybody
from afferent.words.effects import consequence
from afferent.words.reasons import how_strong, lifts, strength_words
from afferent.words.vocabulary import LEVEL_MEANING, LEVELS, STRENGTH, capital


@require_safe
@everybody
def rules(request: HttpRequest) -> HttpResponse:
    """All rules, by the file they stand in; `find` keeps those whose words match."""
    wanted = request.GET.get("find", "").strip()[:80]
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in load().rules.values():
        if wanted.lower() in f"{one.id} {one.title} {one.says}".lower():
            groups.setdefault(capital(one.file.removesuffix(".toml")), []).append(_line(one))
    return render(request, "screening/rules.html", {"groups": groups, "find": wanted, "count": len(load().rules)})


@require_safe
@everybody
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    """One rule: what it says, why, when, where from, how strong, what lifts it, and its worked examples."""
    one = load().rules.get(rule)
    if one is None:
        raise Http404
    cited = [load().sources[key] for key in one.sources]
    context = {
        "rule": one,
        "line": _line(one),
        "how_strong": how_strong(one),
        "lifts": lifts(one),
        "sources": [source(Cited(each.id, each.title, each.url)) for each in cited],
        "examples": [(each.say, _pairs(each.given), _pairs(each.then)) for each in one.examples],
    }
    return render(request, "screening/rule.html", context)


@require_safe
@everybody
def styleguide(request: HttpRequest) -> HttpResponse:
    """The components on one page, in a theme of choice."""
    theme = request.GET.get("theme", "auto")
    context = {
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "tokens": {name: colour for name, colour in tokens()["light"].items() if colour.startswith("#")},
        "levels": [
            (ladder(number), number, word, meaning)
            for number, (word, meaning) in enumerate(zip(LEVELS, LEVEL_MEANING, strict=True))
        ],
        "strengths": [strength(letter) for letter in STRENGTH],
        "shapes": [(shape, icon(shape, "shape")) for shape in ("ask", "stop", "ready")],
    }
    return render(request, "screening/styleguide.html", context)


def _line(one: Rule) -> dict[str, Any]:
    """A rule in one line."""
    knowledge = load()
    plain = [effect for effect in one.effects if not effect.when] or list(one.effects[:1])
    return {
        "id": one.id,
        "title": one.title,
        "effect": capital(consequence(plain, knowledge)),
        "strength": strength(one.strength, strength_words(one.strength, one.caps_strength)),
        "hard_stop": el("span", "hard stop", class_="tag tag-stop") if one.hard_stop else "",
    }


def _pairs(values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, _written(value)) for name, value in values.items()]


def _written(value: Any) -> str:
    """A value of an example as its author wrote it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_written, value)) or "nothing"
        case dict():
            return "; ".join(f"{key}: {_written(inner)}" for key, inner in value.items())
        case _:
            return str(value)
