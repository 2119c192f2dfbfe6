"""Every kind of difference is stated, by one sentence each."""

from typing import Any, get_args

import pytest

from schemadiff.diff.changes import Change
from schemadiff.diff.compare import compare
from schemadiff.drizzle.line import Line
from schemadiff.model import Name
from tests.diff.kinds import EXAMPLES
from tests.rules.pushes import read_side

IMPORTS = """
import { sql } from "drizzle-orm";
import {
  check, index, integer, pgEnum, pgMaterializedView, pgPolicy, pgRole, pgSchema,
  pgSequence, pgTable, pgView, primaryKey, text, unique, uniqueIndex, uuid, varchar,
} from "drizzle-orm/pg-core";
"""
INSIDE = ("column", "base", "head")


def changes(base: str, head: str) -> list[str]:
    before, after = (
        read_side({"schema.ts": IMPORTS + text}, Line.ZERO).schema
        for text in (base, head)
    )
    return [f"{type(each).__name__} {named(each)}" for each in compare(before, after)]


def named(change: Any) -> str:  # noqa: ANN401 - a change, by whatever fields it has
    """Return the name of what changed."""
    table = getattr(change, "table", None)
    if isinstance(table, Name):
        within = next(
            (part for each in INSIDE if (part := getattr(change, each, None))), None
        )
        return str(table.subject(within.name) if within else table)
    whole = table or getattr(change, "base", None) or getattr(change, "head", None)
    if whole is None:
        return str(change.name)
    return str(whole.subject if hasattr(whole, "subject") else whole.name)


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_a_difference_is_stated(sentence: str) -> None:
    example = EXAMPLES[sentence]
    assert tuple(changes(example.base, example.head)) == example.changes


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_nothing_differs_from_itself(sentence: str) -> None:
    example = EXAMPLES[sentence]
    assert not changes(example.base, example.base)
    assert not changes(example.head, example.head)


def test_every_kind_of_change_has_an_example() -> None:
    shown = {line.split()[0] for each in EXAMPLES.values() for line in each.changes}
    assert shown == {each.__name__ for each in get_args(Change)}
