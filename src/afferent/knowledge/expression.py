"""The small language of rules: facts joined by `and`, `or`, `not`, comparisons and a few functions.

    clot_ever and days_since(clot_date) <= 92
    diabetes and (at(numb, foot) or not foot_pulses)
    platelets < 50
    low_platelets and missing(platelets)

Text is read with Python's `ast` and a whitelist, and becomes a tree of frozen nodes. The same tree is evaluated
on one person in `safety.logic` (Kleene's three values: True, False, None for unknown) and compiled to SQL in
`population`, whose NULL logic is the same logic. Nothing here knows any fact; the loader checks names and kinds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from afferent.errors import KnowledgeError

Truth: TypeAlias = bool | None
Operator = Literal["<", "<=", ">", ">=", "=="]


class Is(Struct, frozen=True):
    """The fact holds (yes, or found somewhere)."""

    fact: str


class At(Struct, frozen=True):
    """The finding touches a part of the body: `at(numb, foot)`."""

    fact: str
    part: str


class Everywhere(Struct, frozen=True):
    """The finding covers the whole body: `everywhere(hot_cold_intact)`."""

    fact: str


class Missing(Struct, frozen=True):
    """Nothing is known of the fact. The one two-valued operator besides `cleared`: never unknown itself."""

    fact: str


class Cleared(Struct, frozen=True):
    """A valid clearance for this rule is on file. Two-valued."""

    rule: str


class Compare(Struct, frozen=True):
    """A number against a constant, a choice against an option, or days since a date against a constant."""

    fact: str
    operator: Operator
    value: float | str
    days: bool = False


class Not(Struct, frozen=True):
    inner: Node


class And(Struct, frozen=True):
    parts: tuple[Node, ...]


class Or(Struct, frozen=True):
    parts: tuple[Node, ...]


Node: TypeAlias = Is | At | Everywhere | Missing | Cleared | Compare | Not | And | Or

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==",
}  # fmt: skip


def parse(text: str) -> Node:
    """Read an expression. Raises KnowledgeError with the offending piece when it is not of this language."""
    try:
        return _read(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise KnowledgeError(f"cannot read the expression {text!r}: {error}") from None


def _read(tree: ast.expr) -> Node:
    match tree:
        case ast.Name(id=name):
            return Is(name)
        case ast.BoolOp(op=op, values=values):
            parts = tuple(_read(value) for value in values)
            return And(parts) if isinstance(op, ast.And) else Or(parts)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_read(operand))
        case ast.Call(func=ast.Name(id="missing"), args=[ast.Name(id=name)], keywords=[]):
            return Missing(name)
        case ast.Call(func=ast.Name(id="everywhere"), args=[ast.Name(id=name)], keywords=[]):
            return Everywhere(name)
        case ast.Call(func=ast.Name(id="at"), args=[ast.Name(id=name), ast.Name(id=part)], keywords=[]):
            return At(name, part)
        case ast.Call(func=ast.Name(id="cleared"), args=[ast.Constant(value=str(rule))], keywords=[]):
            return Cleared(rule)
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=value)]) if type(op) in _OPERATORS:
            return _comparison(left, _OPERATORS[type(op)], value)
    raise ValueError(f"{ast.unparse(tree)!r} is not allowed here")


def _comparison(left: ast.expr, operator: Operator, value: object) -> Compare:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"{value!r} cannot be compared with")
    match left:
        case ast.Name(id=name):
            return Compare(name, operator, value)
        case ast.Call(func=ast.Name(id="days_since"), args=[ast.Name(id=name)], keywords=[]):
            return Compare(name, operator, value, days=True)
    raise ValueError(f"{ast.unparse(left)!r} cannot be compared")


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it."""
    yield node
    match node:
        case Not(inner):
            yield from walk(inner)
        case And(parts) | Or(parts):
            for part in parts:
                yield from walk(part)
        case _:
            pass


def facts_of(node: Node) -> tuple[str, ...]:
    """Every fact the expression names, once, in the order of the text."""
    return tuple(dict.fromkeys(n.fact for n in walk(node) if not isinstance(n, Cleared | Not | And | Or)))
