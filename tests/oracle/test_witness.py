"""Every rule's examples, deployed for real: what is flagged loses or fails.

Rows are in every table, as awkward as its types allow. The expectation is what
all rules say of an example under each deploy.
"""

import shlex
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.rules.catalogue import RULES
from schemadiff.rules.rule import Rule
from tests.oracle.kit import Unavailable, installed, missing
from tests.oracle.witness import Outcome, Rows, Witness
from tests.rules.pushes import CONFIG, Side, judged
from tests.rules.test_pages import Page, page_of, side

pytestmark = pytest.mark.oracle

DEPLOYS = [
    ("0.x", "0.31.11", Way.PUSH),
    ("1.0", "1.0.0-rc.5", Way.PUSH),
    ("0.x", "0.31.11", Way.MIGRATIONS),
    ("1.0", "1.0.0-rc.5", Way.MIGRATIONS),
]

NOT_TOLD = {
    "unreadable-schema": "what was not read may do anything, and here it does nothing",
}
"""Rules whose flagged examples a deploy cannot tell from the allowed ones."""

BESIDES = {
    "drop-schema": (
        "create schema if not exists app;"
        " create function app.f() returns int language sql return 1"
    ),
    "widen-filter": "create table sessions (sid text, sess text)",
}
"""What the database of a page has and its schema does not say."""


@dataclass(frozen=True)
class Example:
    """One change of a rule's page."""

    name: str
    page: Page
    files: dict[str, str | bytes]
    sql: str = ""


def examples(rule: Rule) -> Iterator[Example]:
    page = page_of(rule)
    heads = [("flagged", files) for _, files in page.flagged]
    heads += [("allowed", files) for files in page.allowed]
    for number, (kind, files) in enumerate(heads):
        name = f"{rule.id} {kind} {number}"
        yield Example(name, page, files, BESIDES.get(rule.id, ""))


def outcome(witness: Witness, example: Example) -> Outcome:
    base = {"drizzle.config.ts": CONFIG} | example.page.base
    head = {"drizzle.config.ts": CONFIG} | example.files
    return witness.outcome(base, head, example.sql)


def said_of(example: Example, kit: str, way: Way) -> list[str]:
    def read(files: dict[str, str | bytes]) -> Side:
        return side(files, kit)

    found = judged(read(example.page.base), read(example.files), kit, way)
    return [each.rule for each in found if each.rule not in NOT_TOLD]


def difference(said: list[str], seen: Outcome) -> str:
    if said and seen.is_safe and not seen.gone:
        return f"nothing was lost and nothing failed, against {', '.join(said)}"
    if seen.is_safe or said:
        return ""
    return f"lost {', '.join(seen.lost) or 'nothing'}; {seen.failure}"


def told(
    line: str,
    way: Way,
    request: pytest.FixtureRequest,
    room: Path,
    factory: pytest.TempPathFactory,
) -> Witness:
    """Return a witness of one line's drizzle-kit, or skip the test."""
    if "oracle" not in request.config.getoption("markexpr"):
        pytest.skip("asks the installed drizzle-kit: run it with -m oracle")
    if reason := missing():
        pytest.skip(reason)
    cache = Path(factory.getbasetemp().parent) / "schemadiff-oracle"
    try:
        return Witness(installed(line, cache), room, way)
    except Unavailable as problem:
        pytest.skip(str(problem))


@pytest.mark.parametrize(("line", "kit", "way"), DEPLOYS, ids=str)
def test_what_is_flagged_loses_or_fails_and_nothing_else(
    line: str,
    kit: str,
    way: Way,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    witness = told(line, way, request, tmp_path, tmp_path_factory)

    def run(rule: Rule) -> dict[str, str]:
        return {
            each.name: found
            for each in examples(rule)
            if (found := difference(said_of(each, kit, way), outcome(witness, each)))
        }

    with ThreadPoolExecutor(2) as pool:
        wrong = [each for found in pool.map(run, RULES) for each in found.items()]
    assert wrong == []


RENAMES = ("rename-schema", "rename-table", "rename-column")


@pytest.mark.parametrize(("line", "kit"), [("0.x", "0.31.11"), ("1.0", "1.0.0-rc.5")])
def test_both_ways_out_of_a_rename_keep_every_value(
    line: str,
    kit: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    witness = told(line, Way.PUSH, request, tmp_path, tmp_path_factory)
    for page in [page_of(each) for each in RULES if each.id in RENAMES]:
        (_, files), *_ = page.flagged
        base = {"drizzle.config.ts": CONFIG} | page.base
        head = {"drizzle.config.ts": CONFIG} | files
        found = judged(side(page.base, kit), side(files, kit), kit, Way.PUSH)
        if not found:  # 0.31 manages `public` only, where the config says no more
            continue
        (finding,) = found
        sql = [each.partition(": ")[2] for each in finding.safer if "migration" in each]
        answers = [shlex.split(each)[-1] for each in finding.safer if "--hints" in each]
        assert len(answers) == (line == "1.0")
        had = values(witness.renamed(base, base))
        assert values(witness.renamed(base, head, sql=sql[0])) == had
        for each in answers:
            assert values(witness.renamed(base, head, hints=each)) == had


def values(rows: Rows) -> list[list[list[str | None]]]:
    """Return all values of a database, without the names of tables and columns."""
    return sorted((sorted(each.values(), key=str) for each in rows.values()), key=str)
