"""The operators of drizzle-orm, each as the fragment of SQL that it makes.

Source: drizzle-orm 0.45.4 and 1.0.0-rc.5, `sql/expressions/*.js` and
`sql/functions/*.js`.
"""

from collections.abc import Callable, Mapping

from schemadiff.drizzle.javascript import json_text, truthy
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.sql import (
    Chunk,
    Encoder,
    Parameter,
    Raw,
    Sql,
    list_of,
)
from schemadiff.drizzle.trouble import Refused
from schemadiff.drizzle.world import Resolved, Thing, World, argument
from schemadiff.typescript.values import UNDEFINED, Array, Call, Value

Operator = Callable[[World, Call], Resolved]


def bound(world: World, value: Value, column: Value) -> Chunk:
    """Return `value` as a parameter of `column`'s type, if that is what it is."""
    encoder, found = world.resolve(column), world.resolve(value)
    if isinstance(encoder, Encoder) and not isinstance(found, Thing):
        return Parameter(value, encoder)
    return value


def _binary(symbol: str, *, encoded: bool = True) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        left, right = argument(call, 0), argument(call, 1)
        second = bound(world, right, left) if encoded else right
        return Sql([left, Raw(f" {symbol} "), second], call.span)

    return operator


def _suffix(symbol: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        if world.line is Line.ONE and symbol.startswith(" is"):
            return Sql([Raw("("), argument(call, 0), Raw(symbol + ")")], call.span)
        return Sql([argument(call, 0), Raw(symbol)], call.span)

    return operator


def _order(symbol: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        return Sql([argument(call, 0), Raw(symbol)], call.span)

    return operator


def _prefix(symbol: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        return Sql([Raw(symbol), argument(call, 0)], call.span)

    return operator


def _negation(world: World, call: Call) -> Resolved:
    condition = world.argument(call, 0)
    if world.line is Line.ZERO:
        return Sql([Raw("not "), condition], call.span)
    if condition is UNDEFINED:
        return UNDEFINED
    if isinstance(condition, Sql):
        return Sql([Raw("not ("), condition, Raw(")")], call.span)
    return Sql([Raw("not "), condition], call.span)


def _joined(word: str) -> Operator:
    def operator(world: World, call: Call) -> Resolved:
        given: list[Chunk] = []
        for value in call.arguments:
            found = world.certain(value)
            if found is not UNDEFINED:
                given.append(found)
        if not given:
            return UNDEFINED
        if len(given) == 1:
            return Sql(given, call.span)
        one = world.line is Line.ONE
        between = f") {word} (" if one else f" {word} "
        chunks: list[Chunk] = [Raw("((" if one else "(")]
        for index, each in enumerate(given):
            chunks += [Raw(between), each] if index else [each]
        return Sql([*chunks, Raw("))" if one else ")")], call.span)

    return operator


def _membership(symbol: str, nothing: Mapping[Line, str]) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        column, values = argument(call, 0), argument(call, 1)
        found = world.resolve(values)
        if not isinstance(found, Array):
            return Sql(
                [column, Raw(f" {symbol} "), bound(world, values, column)], call.span
            )
        items = list_of(world, found)
        if not items:
            return Sql([Raw(nothing[world.line])], call.span)
        listed = tuple(bound(world, each, column) for each in items)
        return Sql([column, Raw(f" {symbol} "), listed], call.span)

    return operator


def _range(word: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        column = argument(call, 0)
        low, high = (bound(world, argument(call, at), column) for at in (1, 2))
        return Sql([column, Raw(f" {word} "), low, Raw(" and "), high], call.span)

    return operator


def _containment(symbol: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        column, values = argument(call, 0), argument(call, 1)
        found = world.resolve(values)
        if isinstance(found, Array) and not list_of(world, found):
            raise Refused("an array operator needs at least one value", call.span)
        return Sql(
            [column, Raw(f" {symbol} "), bound(world, values, column)], call.span
        )

    return operator


def _aggregate(before: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        return Sql([Raw(before), argument(call, 0), Raw(")")], call.span)

    return operator


def _count(world: World, call: Call) -> Sql:
    counted = world.argument(call, 0)
    if not isinstance(counted, Thing) and not truthy(counted):
        return Sql([Raw("count(*)")], call.span)
    return Sql([Raw("count("), counted, Raw(")")], call.span)


def _distance(symbol: str) -> Operator:
    def operator(world: World, call: Call) -> Sql:
        column, value = argument(call, 0), argument(call, 1)
        found = world.resolve(value)
        second: Chunk = json_text(found) if isinstance(found, Array) else value
        return Sql([column, Raw(f" {symbol} "), second], call.span)

    return operator


_NEVER = {Line.ZERO: "false", Line.ONE: "1 = 0"}
_ALWAYS = {Line.ZERO: "true", Line.ONE: "1 = 1"}

MAKERS: dict[str, Operator] = {
    "eq": _binary("="),
    "ne": _binary("<>"),
    "gt": _binary(">"),
    "gte": _binary(">="),
    "lt": _binary("<"),
    "lte": _binary("<="),
    "like": _binary("like", encoded=False),
    "notLike": _binary("not like", encoded=False),
    "ilike": _binary("ilike", encoded=False),
    "notIlike": _binary("not ilike", encoded=False),
    "isNull": _suffix(" is null"),
    "isNotNull": _suffix(" is not null"),
    "asc": _order(" asc"),
    "desc": _order(" desc"),
    "exists": _prefix("exists "),
    "notExists": _prefix("not exists "),
    "not": _negation,
    "and": _joined("and"),
    "or": _joined("or"),
    "inArray": _membership("in", _NEVER),
    "notInArray": _membership("not in", _ALWAYS),
    "between": _range("between"),
    "notBetween": _range("not between"),
    "arrayContains": _containment("@>"),
    "arrayContained": _containment("<@"),
    "arrayOverlaps": _containment("&&"),
    "count": _count,
    "countDistinct": _aggregate("count(distinct "),
    "avg": _aggregate("avg("),
    "avgDistinct": _aggregate("avg(distinct "),
    "sum": _aggregate("sum("),
    "sumDistinct": _aggregate("sum(distinct "),
    "max": _aggregate("max("),
    "min": _aggregate("min("),
    "l2Distance": _distance("<->"),
    "l1Distance": _distance("<+>"),
    "innerProduct": _distance("<#>"),
    "cosineDistance": _distance("<=>"),
    "hammingDistance": _distance("<~>"),
    "jaccardDistance": _distance("<%>"),
}
