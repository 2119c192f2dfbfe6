"""What holds of every schema, however it is written."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemadiff.diff.compare import compare
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.snapshot import snapshot
from tests.drizzle.project import CASES, read, sources
from tests.drizzle.rewritten import reformatted
from tests.drizzle.writing import (
    STYLES,
    Drawn,
    Style,
    drawn_tables,
    in_many_files,
    in_one_file,
    schema_of,
)
from tests.oracle import generated

_SEEDS = range(12)


@pytest.fixture(scope="module", autouse=True)
def _deep() -> None:
    """Let a program raise the recursion limit before hypothesis looks at it."""
    read({})


@settings(max_examples=25, deadline=None)
@given(drawn_tables(), st.sampled_from(STYLES), st.booleans())
def test_what_is_written_is_read_back(
    drawn: tuple[Drawn, ...],
    style: Style,
    bare: bool,  # noqa: FBT001 - a drawn value
) -> None:
    casing = "snake_case" if bare else None
    expected = schema_of(drawn)
    one = {"schema.ts": in_one_file(drawn, style, bare=bare)}
    assert compare(read(one, casing=casing), expected) == ()
    many = in_many_files(drawn, style, bare=bare)
    assert compare(read(many, ["index.ts"], casing), expected) == ()


@settings(max_examples=15, deadline=None)
@given(drawn_tables(), st.sampled_from(STYLES), st.randoms(use_true_random=False))
def test_order_of_statements_and_of_files_changes_nothing(
    drawn: tuple[Drawn, ...], style: Style, dice: random.Random
) -> None:
    many = in_many_files(drawn, style, bare=False)
    paths = [path for path in many if path != "index.ts"]
    dice.shuffle(paths)
    stars = many["index.ts"].splitlines(keepends=True)
    dice.shuffle(stars)
    shuffled = many | {"index.ts": "".join(stars)}
    expected = read(many, ["index.ts"])
    assert compare(expected, read(shuffled, ["index.ts"])) == ()
    assert compare(expected, read(many, paths)) == ()


@pytest.mark.parametrize("line", list(Line), ids=lambda line: line.value)
@pytest.mark.parametrize("seed", _SEEDS)
def test_a_schema_compared_with_itself_says_nothing(line: Line, seed: int) -> None:
    project = generated.project(seed, line)
    found = read(project.files, project.entries, project.casing, line)
    again = read(project.files, project.entries, project.casing, line)
    assert compare(found, again) == ()


@pytest.mark.parametrize("seed", _SEEDS)
def test_blanks_comments_and_quotes_change_nothing(seed: int) -> None:
    project = generated.project(seed, Line.ZERO)
    dice = random.Random(seed)  # noqa: S311 - only variety
    files = {path: reformatted(text, dice) for path, text in project.files.items()}
    found = read(project.files, project.entries, project.casing)
    assert found.tables
    again = read(files, project.entries, project.casing)
    assert snapshot(again) == snapshot(found)


@pytest.mark.parametrize("seed", range(40))
def test_broken_files_are_read_without_an_exception(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - only variety
    folder = dice.choice(sorted((CASES / "snapshots").iterdir()))
    files = sources(folder)
    path = dice.choice(sorted(files))
    for line in Line:
        read(files | {path: _broken(files[path], dice)}, [path], None, line)


def _broken(data: str | bytes, dice: random.Random) -> bytes:
    """Return a file as it is while somebody edits it, or after a bad merge."""
    found = data.encode() if isinstance(data, str) else data
    words = re.split(rb"(\W)", found)
    for _ in range(dice.randint(1, 4)):
        at, other = dice.randrange(len(words)), dice.randrange(len(words))
        match dice.randrange(5):
            case 0:
                del words[at:]
            case 1:
                words[at] = b""
            case 2:
                words[at], words[other] = words[other], words[at]
            case 3:
                words[at:at] = words[other : other + 9]
            case _:
                words[at] = dice.choice([b"\xff", b"\0", b"`", b"${", b"/*", b"..."])
        words = words or [b""]
    return b"".join(words)
