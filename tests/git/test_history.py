"""What commits say: words that allow something, and what was published."""

import pytest

from schemadiff.git.history import Trailer, published, tagged, trailers
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox

KEY = "Schemadiff-Allow"
ADA = "Ada Example <ada@example.org>"


def said(sandbox: Sandbox, base: str | None = None) -> list[tuple[str, str]]:
    opened = Repository.open(sandbox.path)
    found = trailers(opened, base, sandbox.at("HEAD"), KEY)
    assert all(each.author == ADA for each in found)
    return [(each.commit, each.text) for each in found]


def test_a_trailer_comes_with_its_commit_and_author(repository: Sandbox) -> None:
    base = repository.commit()
    message = f"Drop it\n\nWhy.\n\n{KEY}: drop-column a.b — exported\nSigned-off-by: x"
    commit = repository.commit(message=message)
    opened = Repository.open(repository.path)
    assert trailers(opened, base, commit, KEY) == [
        Trailer(commit, ADA, "drop-column a.b — exported")
    ]


def test_only_commits_after_the_base_count(repository: Sandbox) -> None:
    before = repository.commit(message=f"One\n\n{KEY}: drop-table a -- old")
    after = repository.commit(message=f"Two\n\n{KEY}: drop-table b -- new")
    assert said(repository, before) == [(after, "drop-table b -- new")]
    assert [commit for commit, _ in said(repository)] == [before, after]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (f"x\n\n{KEY}: a b — one\n{KEY}: c d — two", ["a b — one", "c d — two"]),
        (
            f"x\n\n{KEY}: a b — long\n  reason\n\tgoes on\n",
            ["a b — long reason goes on"],
        ),
        (f"x\r\n\r\n{KEY}: a b — one\r\n", ["a b — one"]),
        (f"Squash (#3)\n\n* One\n\n{KEY}: a b — one\n\n* Two\n\nText.", ["a b — one"]),
        (f"Squash\n\n* {KEY}: a b — one\n", ["a b — one"]),
        ("x\n\nschemadiff-allow: a b — one", ["a b — one"]),
        (f"x\n\nI thought of {KEY}: a b — one", []),
        (f"x\n\nNo{KEY}: a b — one", []),
        (f"x\n\n{KEY}:", [""]),
    ],
)
def test_a_line_counts_wherever_a_squash_puts_it(
    repository: Sandbox, message: str, expected: list[str]
) -> None:
    repository.git("config", "commit.cleanup", "verbatim")
    repository.commit(message=message)
    assert [text for _, text in said(repository)] == expected


def test_merged_commits_are_read_too(repository: Sandbox) -> None:
    base = repository.commit()
    repository.git("checkout", "--quiet", "-b", "feature")
    commit = repository.commit({"a": "1"}, f"x\n\n{KEY}: a b — one")
    repository.git("checkout", "--quiet", "main")
    repository.commit({"b": "1"})
    repository.merge("feature")
    assert said(repository, base) == [(commit, "a b — one")]


def test_a_message_in_another_encoding_is_read(repository: Sandbox) -> None:
    repository.git("config", "i18n.commitEncoding", "ISO-8859-1")
    path = repository.path.parent / "message"
    path.write_bytes(f"x\n\n{KEY}: a b -- später".encode("latin-1"))
    repository.git("commit", "--allow-empty", "--quiet", "--file", str(path))
    assert [text for _, text in said(repository)] == ["a b -- später"]


def test_publishes_before_head_come_newest_first(repository: Sandbox) -> None:
    first = repository.commit(message="Published your App")
    repository.commit(message="Published your App again")
    second = repository.commit(message="Published your App\n\nReplit-Author: x")
    repository.commit(message="commit")
    repository.git("checkout", "--quiet", "-b", "feature")
    repository.commit({"a": "1"}, message="Published your App")
    repository.git("checkout", "--quiet", "main")
    repository.merge("feature")
    head = repository.commit(message="Published your App")
    opened = Repository.open(repository.path)
    found = list(published(opened, head, "Published your App"))
    assert [each.commit for each in found] == [second, first]
    assert found[0].label == second[:9]
    starred = published(opened, head, "Published*")
    assert next(starred).commit == second
    del starred


def test_tags_before_head_come_newest_first(repository: Sandbox) -> None:
    first = repository.commit()
    repository.git("tag", "v1", first)
    second = repository.commit()
    repository.git("tag", "--annotate", "--message", "two", "v2", second)
    repository.git("tag", "other", second)
    head = repository.commit()
    repository.git("tag", "v3", head)
    repository.git("checkout", "--quiet", "--detach", first)
    repository.git("tag", "v4", repository.commit({"a": "1"}))
    opened = Repository.open(repository.path)
    found = [(each.label, each.commit) for each in tagged(opened, head, "v*")]
    assert found == [("v2", second), ("v1", first)]
