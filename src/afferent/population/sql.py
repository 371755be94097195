"""Rules and facts as three-valued SQL, for DuckDB here and Spark there, through one syntax tree (sqlglot).

SQL's NULL logic is Kleene's, so `and`, `or`, `not` and comparisons pass through unchanged. `missing` is IS NULL and
a clearance is COALESCEd to false: the two operators that are never unknown. A generative test holds DuckDB equal to
`safety.logic` on thousands of random people.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from sqlglot import exp

from afferent.knowledge import Knowledge
from afferent.knowledge.expression import And, At, Cleared, Compare, Everywhere, Is, Missing, Node, Not, Or
from afferent.knowledge.model import Fact, Rule
from afferent.population.columns import column, layout
from afferent.safety.logic import TOWARDS_WORSE

_COMPARE: dict[str, Callable[..., exp.Expression]] = {
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "==": exp.EQ,
}


def expression(node: Node, knowledge: Knowledge) -> exp.Expression:
    """An expression of the rule language as a SQL expression over a person's row."""
    match node:
        case Is(name):
            fact = knowledge.facts[name]
            return _meaning(fact.definition, knowledge) if fact.kind == "derived" else _column(name)
        case At() | Everywhere():
            return _column(column(node))
        case Cleared():
            return exp.Coalesce(this=_column(column(node)), expressions=[exp.false()])
        case Missing(name):
            return exp.Paren(this=exp.Is(this=_column(name), expression=exp.null()))
        case Compare():
            return exp.Paren(this=_compare(node, knowledge.facts[node.fact]))
        case Not(inner):
            return exp.Not(this=exp.Paren(this=expression(inner, knowledge)))
        case And(parts):
            return exp.Paren(this=reduce(_and, (expression(part, knowledge) for part in parts)))
        case Or(parts):
            return exp.Paren(this=reduce(_or, (expression(part, knowledge) for part in parts)))


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _and(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.And(this=left, expression=right)


def _or(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.Or(this=left, expression=right)


def _meaning(text: str, knowledge: Knowledge) -> exp.Expression:
    return expression(knowledge.meaning(text), knowledge)


def _compare(node: Compare, fact: Fact) -> exp.Expression:
    left: exp.Expression = _column(node.fact)
    if node.days:
        left = _days(left)
    right = exp.Literal.string(node.value) if isinstance(node.value, str) else exp.Literal.number(node.value)
    found = _COMPARE[node.operator](this=left, expression=right)
    if len(fact.counts_for) < 2 or node.operator not in TOWARDS_WORSE.get(fact.worse, ()):
        return found
    last = _COMPARE[node.operator](this=_column(f"{node.fact}__last"), expression=right.copy())
    return _or(exp.Coalesce(this=exp.Paren(this=last), expressions=[exp.false()]), found)


def _days(since: exp.Expression) -> exp.Expression:
    return exp.DateDiff(this=_column("as_of"), expression=since, unit=exp.Var(this="DAY"))


def state(rule: Rule, knowledge: Knowledge) -> exp.Expression:
    """A rule's state: TRUE fired, NULL possible, FALSE neither."""
    found = _meaning(rule.when, knowledge)
    if rule.until:
        found = _unless(found, _meaning(rule.until, knowledge))
    if rule.takes_over:
        found = _unless(found, state(knowledge.rules[rule.takes_over], knowledge))
    return found


def _unless(found: exp.Expression, other: exp.Expression) -> exp.Expression:
    """`found`, except where `other` is certainly true."""
    certain = exp.Coalesce(this=other, expressions=[exp.false()])
    return exp.Paren(this=_and(found, exp.Not(this=certain)))


def reading(fact: Fact, knowledge: Knowledge) -> exp.Expression:
    """A number as long as it counts: NULL once it is too old, or dated after `as_of`."""
    case = exp.Case()
    age = _days(_column(f"{fact.id}__date"))
    for allowed in fact.counts_for:
        young = exp.Between(this=age.copy(), low=exp.Literal.number(0), high=exp.Literal.number(allowed.days))
        value = exp.Case().when(young, _column(fact.id))
        case = case.when(_meaning(allowed.when, knowledge) if allowed.when else exp.true(), value)
    return case


def last(fact: Fact, knowledge: Knowledge) -> exp.Expression:
    """A number that would still count if no hazard let it count for less long; NULL where it counts."""
    longest = exp.Literal.number(fact.counts_for[-1].days)
    young = exp.Between(this=_days(_column(f"{fact.id}__date")), low=exp.Literal.number(0), high=longest)
    old = exp.Is(this=exp.Paren(this=reading(fact, knowledge)), expression=exp.null())
    counted = exp.Case().when(_and(young, old), _column(fact.id))
    return exp.Coalesce(this=_column(f"{fact.id}__last"), expressions=[counted])


def people(knowledge: Knowledge, table: str = "person") -> exp.Select:
    """Every column of a person's row, readings that no longer count turned into NULL."""
    select = exp.Select()
    for name in layout(knowledge).types:
        fact = knowledge.facts.get(name.removesuffix("__last"))
        shown: exp.Expression = _column(name)
        if fact is not None and fact.kind == "number" and fact.counts_for:
            shown = reading(fact, knowledge) if name == fact.id else last(fact, knowledge)
        select = select.select(exp.alias_(shown, name, quoted=True))
    return select.from_(exp.to_table(table))


def screening(knowledge: Knowledge, dialect: str = "duckdb", table: str = "person") -> str:
    """One query that gives the state of every rule for every person: columns `person`, then one per rule id."""
    select = exp.Select().select(_column("person")).with_("counting", as_=people(knowledge, table))
    for rule in knowledge.rules.values():
        select = select.select(exp.alias_(state(rule, knowledge), rule.id, quoted=True))
    return select.from_(exp.to_table("counting")).sql(dialect=dialect)
