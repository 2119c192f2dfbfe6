"""Every rule's page is true: its examples are judged with all rules on.

An example is a fenced block: ```ts and then `base`, `flagged` with the exact
findings, or `allowed`; at last the file it stands for, if that is not the
schema. `kit=` after `base` names the drizzle-kit of the whole page. A flagged
or allowed config is judged with the schema of `base`.
"""

import re
from dataclasses import dataclass, field

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.drizzle.line import Line
from schemadiff.rules.catalogue import RULES, rule
from schemadiff.rules.finding import Severity
from schemadiff.rules.rule import Rule, Verdict
from tests.rules.pushes import Side, judged, read_side

IDS = """drop-schema drop-table drop-column drop-enum drop-enum-label drop-sequence
drop-materialized-view rename-schema rename-table rename-column rename-enum-label
change-column-type narrow-column-type add-required-column require-column
generate-column add-primary-key change-primary-key add-unique add-foreign-key
add-check cascade-deletes disable-row-security drop-policy widen-filter
narrow-filter break-deploy unreadable-schema"""

IMPORTS = """import { sql } from "drizzle-orm";
import {
  check, doublePrecision, index, integer, numeric, pgEnum, pgMaterializedView,
  pgPolicy, pgSchema, pgSequence, pgTable, primaryKey, serial, text, uuid, varchar,
} from "drizzle-orm/pg-core";
"""
STABLE, NEXT = "0.31.11", "1.0.0-rc.5"
DEPLOYS = ((STABLE, Way.PUSH), (NEXT, Way.PUSH), (STABLE, Way.MIGRATIONS))
_FENCE = re.compile(r"^```ts (\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass
class Page:
    """The examples of one rule."""

    base: dict[str, str | bytes] = field(default_factory=dict)
    flagged: list[tuple[set[str], dict[str, str | bytes]]] = field(default_factory=list)
    allowed: list[dict[str, str | bytes]] = field(default_factory=list)
    kit: str = STABLE


def page_of(one: Rule) -> Page:
    page = Page()
    for kind, words, text in _FENCE.findall(one.page):
        named = words.split()
        config = [each for each in named if each.endswith(".config.ts")]
        path = config[0] if config else "schema.ts"
        files = {path: text if config else IMPORTS + text}
        kits = [each[4:] for each in named if each.startswith("kit=")]
        page.kit = kits[0] if kits else page.kit
        if kind == "base":
            page.base |= files
        elif kind == "flagged":
            findings = {each for each in named if ":" in each}
            page.flagged.append((findings, page.base | files))
        else:
            assert kind == "allowed"
            page.allowed.append(page.base | files)
    return page


def side(files: dict[str, str | bytes], kit: str) -> Side:
    return read_side(files, Line.of(kit))


def findings(page: Page, head: dict[str, str | bytes], kit: str, way: Way) -> set[str]:
    found = judged(side(page.base, kit), side(head, kit), kit, way)
    return {f"{each.rule}:{each.subject}" for each in found}


def test_every_rule_is_there() -> None:
    assert [each.id for each in RULES] == IDS.split()
    for each in RULES:
        assert rule(each.id) is each
    assert rule("drop-everything") is None


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_examples_are_judged_as_the_page_says(one: Rule) -> None:
    page = page_of(one)
    assert page.flagged
    assert page.allowed
    for expected, head in page.flagged:
        assert any(each.startswith(one.id + ":") for each in expected)
        assert findings(page, head, page.kit, Way.PUSH) == expected
    for head in page.allowed:
        assert findings(page, head, page.kit, Way.PUSH) == set()


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_an_example_compared_with_itself_says_nothing(one: Rule) -> None:
    page = page_of(one)
    for kit, way in DEPLOYS:
        assert findings(page, page.base, kit, way) == set()


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_examples_are_never_worse_than_the_table_says(one: Rule) -> None:
    page = page_of(one)
    said = (one.push, one.push_1, one.migrations)
    for (kit, way), verdict in zip(DEPLOYS, said, strict=True):
        for _, head in page.flagged:
            for each in judged(side(page.base, kit), side(head, kit), kit, way):
                if each.rule == one.id:
                    assert verdict is not None
                    assert worse(Verdict(each.effect, each.severity), verdict) <= 0


def worse(left: Verdict, right: Verdict) -> int:
    """Return 1 if `left` is worse than `right`, 0 if not."""
    return int(left.severity is Severity.ERROR and right.severity is Severity.WARNING)


@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_a_page_begins_with_one_sentence_and_fits(one: Rule) -> None:
    first = one.page.splitlines()[0]
    assert first.endswith((".", ","))
    assert not one.summary.endswith(".")
    assert all(len(line) <= 88 for line in one.page.splitlines())
