"""The SQL inside DO blocks and functions, read with PL/pgSQL's own grammar."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from pglast import ast, parse_plpgsql, parse_sql
from pglast.parser import ParseError

from schemadiff.migrations.tree import Node
from schemadiff.regex import regex

Json: TypeAlias = Any

_RUN = {
    "PLpgSQL_stmt_execsql": "sqlstmt",
    "PLpgSQL_stmt_perform": "expr",
    "PLpgSQL_stmt_call": "expr",
    "PLpgSQL_stmt_fors": "query",
    "PLpgSQL_stmt_return_query": "query",
}
_DYNAMIC = ("PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors")
_HARMLESS = regex(
    r"""--[^\n]*
      | /\*.*?\*/
      | \bon\s+(?:delete|update)\s+(?:cascade|restrict|no\s+action|set\s+\w+)
      | \b(?:before|after|instead\s+of|for|or)\s+delete\b
      | \b(?:grant|revoke)\b[^;]*
      | \bdrop\s+(?:constraint|index|trigger|policy|function|procedure|default
                   |not\s+null|(?:materialized\s+)?view|identity|expression|rule)\b
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_DESTRUCTIVE = regex(r"\b(?:drop|truncate|delete)\b", re.IGNORECASE)


class UnreadableBlockError(Exception):
    """The code is no PL/pgSQL, or composes a statement while it runs."""


def sounds_destructive(text: str) -> bool:
    """Tell whether code that cannot be read holds DROP, TRUNCATE or DELETE.

    Dropping what holds no values and `ON DELETE` do not count.
    """
    return bool(_DESTRUCTIVE.search(_HARMLESS.sub(" ", text)))


def queries(definition: str) -> Iterator[str]:
    """Yield every statement that a DO block or a function runs, in order.

    Raises `UnreadableBlockError` at one that is composed while it runs.
    """
    try:
        found = parse_plpgsql(definition)
    except ParseError as error:
        raise UnreadableBlockError from error
    if any("action" not in each["PLpgSQL_function"] for each in found):
        raise UnreadableBlockError  # another language
    yield from _queries(found)


def _queries(node: Json) -> Iterator[str]:
    if isinstance(node, list):
        for each in node:
            yield from _queries(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in _RUN and _RUN[key] in value:
                yield value[_RUN[key]]["PLpgSQL_expr"]["query"]
            elif key in _DYNAMIC:
                yield _constant(value["query"]["PLpgSQL_expr"]["query"])
            elif key == "PLpgSQL_stmt_return_query":
                raise UnreadableBlockError
            yield from _queries(value)


def _constant(expression: str) -> str:
    """Return the text that `EXECUTE` gets, where it is one constant."""
    try:
        statement: Node = parse_sql(f"SELECT {expression}")[0].stmt
    except ParseError as error:
        raise UnreadableBlockError from error
    match statement.targetList:
        case (ast.ResTarget(val=ast.A_Const(val=ast.String(sval=str(text)))),):
            return text
        case _:
            raise UnreadableBlockError
