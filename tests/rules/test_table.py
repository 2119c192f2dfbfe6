"""The table of rules in the documentation is the one that the rules give."""

from pathlib import Path

from schemadiff.rules.catalogue import RULES
from schemadiff.rules.table import document, rule_table

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_documentation_is_up_to_date() -> None:
    assert DOCUMENT.read_text() == document()


def test_every_rule_has_one_row() -> None:
    rows = rule_table().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [each.id for each in RULES]
    assert all(row.count("|") == 6 for row in rows)
