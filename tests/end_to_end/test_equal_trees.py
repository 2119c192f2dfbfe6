"""A push of several refs compares equal trees once, and reports every ref."""

import shutil
from pathlib import Path

import pytest

from schemadiff import check as checking
from schemadiff.git.pushes import push_comparisons
from schemadiff.git.repository import Repository
from schemadiff.judgement import Request, judge_all
from tests.repositories import Sandbox

APP = Path(__file__).parents[2] / "demo" / "app"
SCHEMA = "shared/schema.ts"
EMAIL = '  email: text("email"),\n'


def judged(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, *, once: bool
) -> tuple[int, str, int]:
    """Return exit code, text and number of checks of pushing all branches."""
    made = []
    check = checking.check
    _, url, lines = sandbox.handed_over("origin", "--all")

    def counted(*arguments: object) -> object:
        made.append(arguments)
        return check(*arguments)  # type: ignore[arg-type] # handed on as they came

    with monkeypatch.context() as patch:
        patch.setattr(checking, "check", counted)
        if not once:
            patch.setattr(checking.Checks, "check", lambda _, *rest: counted(*rest))
        opened = Repository.open(sandbox.path)
        found = push_comparisons(opened, "origin", url, lines)
        code, text = judge_all(opened, found, Request({}))
        opened.close()
    return code, text, len(made)


def test_equal_trees_are_compared_once_and_reported_for_each_ref(
    repository: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(APP, repository.path, dirs_exist_ok=True)
    repository.commit()
    repository.remote()
    repository.git("push", "--quiet", "origin", "main")
    schema = (repository.path / SCHEMA).read_text()
    for name, text in (
        ("a", schema.replace(EMAIL, "", 1)),
        ("b", schema.replace(EMAIL, "", 1)),
        ("c", schema.replace(EMAIL, EMAIL.replace("text", "varchar"), 1)),
    ):
        repository.git("checkout", "--quiet", "-b", name, "main")
        repository.commit({SCHEMA: text, "notes.md": "the same"})
    shared = judged(repository, monkeypatch, once=True)
    apart = judged(repository, monkeypatch, once=False)
    assert shared[:2] == apart[:2]
    assert (shared[2], apart[2]) == (2, 3)
    assert shared[1].count("every value of clients.email would be lost") == 2
    assert shared[0] == 1
