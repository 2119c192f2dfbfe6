"""What is compared with what: every test is one row of docs/pushes.md."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from schemadiff.git.environment import is_commit_hook
from tests.pushes import page
from tests.pushes.situations import NO_HOOK, NOTHING, TOOLS, Hooks, Situation, Told
from tests.repositories import Sandbox

HOOKS = ("git", *TOOLS)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit and prek keep what they need, for the whole session."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def new(
    repository: Sandbox,
    home: Path,
    request: pytest.FixtureRequest,
    *,
    accepting: bool,
) -> Iterator[Situation]:
    """A repository with one commit and an empty remote; the test's row is checked."""
    repository.commit({"schema.ts": "1"})
    repository.remote()
    made = Situation(request.node.name, repository, home)
    yield made
    cells = [made.found[each].words for each in HOOKS]
    row = page.row(made.name, cells)
    if accepting:
        page.accept(row, order())
    assert row in page.rows()


@pytest.fixture
def pushed(new: Situation) -> Situation:
    """A repository whose main was pushed to origin."""
    new.sandbox.git("push", "--quiet", "--set-upstream", "origin", "main")
    return new


def order() -> list[str]:
    """The first cells of all rows, in the order of the tests."""
    return [
        page.row(name, []).split(" | ")[0]
        for name, test in globals().items()
        if name.startswith("test_") and {"new", "pushed"} & set(test.__annotations__)
    ]


def are(row: dict[str, Told], base: str | None, head: str) -> bool:
    return all(row[each].pairs == {(base, head)} for each in HOOKS)


def test_an_ordinary_push(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "main"), base, head)


def test_the_first_push_of_a_repository(new: Situation) -> None:
    assert are(new.push("origin", "main"), None, new.sandbox.at("main"))


def test_an_orphan_branch(pushed: Situation) -> None:
    pushed.sandbox.git("checkout", "--quiet", "--orphan", "fresh")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "fresh"), None, head)


def test_a_new_branch_pushed_to_the_url_of_a_remote(pushed: Situation) -> None:
    url, base = (
        pushed.sandbox.git("remote", "get-url", "origin"),
        pushed.sandbox.at("@"),
    )
    head = pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push(url, "main:new"), base, head)


def test_a_new_branch_pushed_to_an_unknown_url(pushed: Situation) -> None:
    elsewhere = Sandbox(pushed.sandbox.path.parent / "elsewhere.git", "--bare")
    head = pushed.sandbox.at("main")
    assert are(pushed.push(str(elsewhere.path), "main"), None, head)


def test_the_first_push_to_another_remote(pushed: Situation) -> None:
    pushed.sandbox.remote("heroku")
    assert are(pushed.push("heroku", "main"), None, pushed.sandbox.at("main"))


def test_another_remote_that_has_an_older_commit(pushed: Situation) -> None:
    deployed = pushed.sandbox.at("main")
    pushed.sandbox.remote("heroku")
    pushed.sandbox.git("push", "--quiet", "heroku", "main")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    assert are(pushed.push("heroku", "main"), deployed, head)


def test_a_new_branch_off_main(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.sandbox.git("checkout", "--quiet", "-b", "feature")
    pushed.sandbox.commit({"schema.ts": "2"})
    head = pushed.sandbox.commit({"schema.ts": "3"})
    assert are(pushed.push("origin", "feature"), base, head)


def test_a_new_branch_that_main_has_left_behind(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.called[base] = "the commit where it left main"
    pushed.sandbox.git("checkout", "--quiet", "-b", "feature")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("checkout", "--quiet", "main")
    pushed.sandbox.commit({"theirs.ts": "1"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    pushed.sandbox.git("checkout", "--quiet", "feature")
    assert are(pushed.push("origin", "feature"), base, head)


def test_a_new_branch_that_has_merged_main(pushed: Situation) -> None:
    pushed.sandbox.git("checkout", "--quiet", "-b", "feature")
    pushed.sandbox.commit({"mine.ts": "1"})
    pushed.sandbox.git("checkout", "--quiet", "main")
    merged = pushed.sandbox.commit({"theirs.ts": "1"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    pushed.sandbox.git("checkout", "--quiet", "feature")
    head = pushed.sandbox.merge("main")
    assert are(pushed.push("origin", "feature"), merged, head)


def test_a_new_branch_on_top_of_another_branch(pushed: Situation) -> None:
    pushed.sandbox.git("checkout", "--quiet", "-b", "below")
    below = pushed.sandbox.commit({"below.ts": "1"})
    pushed.sandbox.git("push", "--quiet", "origin", "below")
    pushed.sandbox.git("checkout", "--quiet", "-b", "above")
    head = pushed.sandbox.commit({"above.ts": "1"})
    assert are(pushed.push("origin", "above"), below, head)


def test_a_new_branch_at_a_commit_that_the_remote_has(pushed: Situation) -> None:
    known = pushed.sandbox.at("main")
    row = pushed.push("origin", "main:same")
    assert row["git"].pairs == {(known, known)}
    assert {row[each].words for each in TOOLS} == {NO_HOOK}


def test_a_deletion(pushed: Situation) -> None:
    pushed.sandbox.git("push", "--quiet", "origin", "main:gone")
    row = pushed.push("origin", ":gone")
    assert row["git"].words == NOTHING
    assert {row[each].words for each in TOOLS} == {NO_HOOK}


def test_a_deletion_beside_an_update(pushed: Situation) -> None:
    pushed.sandbox.git("push", "--quiet", "origin", "main:gone")
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "main", ":gone"), base, head)


@pytest.fixture
def three(pushed: Situation) -> tuple[str, dict[str, str]]:
    """Where three branches parted, and their tips; the last is checked out."""
    base = pushed.sandbox.at("main")
    tips = {"main": pushed.sandbox.commit({"schema.ts": "2"})}
    for name in ("a", "b"):
        pushed.sandbox.git("checkout", "--quiet", "-b", name, base)
        tips[name] = pushed.sandbox.commit({"schema.ts": name})
    return base, tips


def test_several_branches(pushed: Situation, three: tuple[str, dict[str, str]]) -> None:
    base, tips = three
    row = pushed.push("origin", "a", "b", "main")
    assert row["git"].pairs == {(base, tips[each]) for each in ("a", "b", "main")}
    assert {row[each].pairs == {(base, tips["main"])} for each in TOOLS} == {True}


def test_all_branches_with_all(
    pushed: Situation, three: tuple[str, dict[str, str]]
) -> None:
    base, tips = three
    row = pushed.push("--all", "origin")
    assert row["git"].pairs == {(base, tips[each]) for each in ("a", "b", "main")}
    assert {row[each].pairs == {(base, tips["main"])} for each in TOOLS} == {True}


def test_everything_with_mirror(
    pushed: Situation, three: tuple[str, dict[str, str]]
) -> None:
    base, tips = three
    row = pushed.push("--mirror", "origin")
    assert row["git"].pairs == {(base, tips[each]) for each in ("a", "b", "main")}
    assert {row[each].pairs == {(base, tips["main"])} for each in TOOLS} == {True}


def test_several_branches_at_the_same_commit(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    for name in ("a", "b"):
        pushed.sandbox.git("branch", name)
    assert are(pushed.push("origin", "a", "b", "main"), base, head)


def test_an_annotated_tag(pushed: Situation) -> None:
    head = pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("tag", "--annotate", "--message", "one", "v1")
    row = pushed.push("origin", "v1")
    assert row["git"].words == NOTHING
    assert all(row[each].pairs == {(None, head)} for each in TOOLS)


def test_all_tags_beside_a_branch_with_tags(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("tag", "v1")
    assert are(pushed.push("--tags", "origin", "main"), base, head)


def test_a_rollback_with_force(pushed: Situation) -> None:
    older, newer = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    pushed.sandbox.git("reset", "--quiet", "--hard", older)
    row = pushed.push("--force", "origin", "main")
    assert row["git"].pairs == row["pre-commit"].pairs == {(newer, older)}
    assert row["prek"].words == NO_HOOK


def test_a_diverged_push_with_force(pushed: Situation) -> None:
    first = pushed.sandbox.at("main")
    pushed.called[first] = "the commit where the two parted"
    theirs = pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    pushed.sandbox.git("reset", "--quiet", "--hard", first)
    mine = pushed.sandbox.commit({"schema.ts": "3"})
    row = pushed.push("--force", "origin", "main")
    assert row["git"].pairs == row["pre-commit"].pairs == {(theirs, mine)}
    assert row["prek"].pairs == {(theirs, mine), (first, mine)}


def test_an_unrelated_history_with_force(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.sandbox.git("checkout", "--quiet", "--orphan", "fresh")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("--force", "origin", "fresh:main"), base, head)


def test_a_push_with_force_over_a_tip_that_was_not_fetched(pushed: Situation) -> None:
    first, known = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    pushed.called[first] = "the commit where the two parted"
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    other = pushed.sandbox.clone("other")
    other.commit({"schema.ts": "theirs"})
    other.git("push", "--quiet", "origin", "main")
    pushed.sandbox.git("reset", "--quiet", "--hard", first)
    mine = pushed.sandbox.commit({"schema.ts": "3"})
    row = pushed.push("--force", "origin", "main")
    assert row["git"].words == "exit code 2 and the line `git fetch origin main`"
    assert all(row[each].pairs == {(known, mine), (first, mine)} for each in TOOLS)


def test_feature_pushed_to_main_while_main_is_checked_out(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.sandbox.git("checkout", "--quiet", "-b", "feature")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("checkout", "--quiet", "main")
    assert are(pushed.push("origin", "feature:main"), base, head)


def test_a_schema_file_that_is_deleted(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": None})
    assert are(pushed.push("origin", "main"), base, head)


def test_a_work_tree_with_edits_that_are_not_committed(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.write({"schema.ts": "3"})
    assert are(pushed.push("origin", "main"), base, head)
    assert (pushed.sandbox.path / "schema.ts").read_text() == "3"


def test_a_dry_run(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("--dry-run", "origin", "main"), base, head)


def test_a_branch_whose_name_is_odd(pushed: Situation) -> None:
    base, head = pushed.sandbox.at("main"), pushed.sandbox.commit({"schema.ts": "2"})
    name = "refs/heads/-x'\"$(é);#"
    assert are(pushed.push("origin", f"main:{name}"), base, head)


def test_a_detached_head(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.sandbox.git("checkout", "--quiet", "--detach")
    head = pushed.sandbox.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "HEAD:main"), base, head)


def test_the_middle_of_a_rebase(pushed: Situation) -> None:
    base = pushed.sandbox.at("main")
    pushed.sandbox.commit({"schema.ts": "2"})
    stop = {"GIT_SEQUENCE_EDITOR": "sed -i.bak s/^pick/edit/"}
    onto = ("--interactive", "HEAD~1")
    pushed.sandbox.git("rebase", "--quiet", *onto, environ=stop)
    head = pushed.sandbox.commit({"schema.ts": "3"})
    assert are(pushed.push("origin", "HEAD:main"), base, head)


def test_a_linked_work_tree(pushed: Situation) -> None:
    base, path = pushed.sandbox.at("main"), pushed.sandbox.path.parent / "linked"
    pushed.sandbox.git("worktree", "add", "--quiet", "-b", "linked", str(path))
    linked = Sandbox(path, made=True)
    head = linked.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "linked:main", at=linked), base, head)


def test_a_submodule(pushed: Situation) -> None:
    base, outer = (
        pushed.sandbox.at("main"),
        Sandbox(pushed.sandbox.path.parent / "outer"),
    )
    url, local = (
        pushed.sandbox.git("remote", "get-url", "origin"),
        "protocol.file.allow",
    )
    outer.git("-c", f"{local}=always", "submodule", "--quiet", "add", url, "inner")
    inner = Sandbox(outer.path / "inner", made=True)
    head = inner.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "HEAD:main", at=inner), base, head)


def test_a_shallow_clone(pushed: Situation) -> None:
    pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    shallow = pushed.sandbox.clone("shallow", "--depth=1")
    base, head = shallow.at("main"), shallow.commit({"schema.ts": "3"})
    assert are(pushed.push("origin", "main", at=shallow), base, head)


def test_a_new_branch_from_a_shallow_clone(pushed: Situation) -> None:
    pushed.sandbox.commit({"schema.ts": "2"})
    pushed.sandbox.git("push", "--quiet", "origin", "main")
    shallow = pushed.sandbox.clone("shallow", "--depth=1")
    base, head = shallow.at("main"), shallow.commit({"schema.ts": "3"})
    assert are(pushed.push("origin", "main:new", at=shallow), base, head)


def test_a_sparse_and_partial_clone(pushed: Situation) -> None:
    bare = Sandbox(pushed.sandbox.path.parent / "origin.git", made=True)
    bare.git("config", "uploadpack.allowFilter", "true")
    partial = pushed.sandbox.clone("partial", "--filter=blob:none", "--sparse")
    base, head = partial.at("main"), partial.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "main", at=partial), base, head)


@pytest.fixture
def sha256(pushed: Situation) -> Sandbox:
    """A repository of SHA-256, whose main and gone were pushed to its origin."""
    made = Sandbox(pushed.sandbox.path.parent / "sha256/app", "--object-format=sha256")
    made.commit({"schema.ts": "1"})
    made.remote()
    made.git("push", "--quiet", "origin", "main", "main:gone")
    return made


def test_a_sha256_repository(pushed: Situation, sha256: Sandbox) -> None:
    base, head = sha256.at("main"), sha256.commit({"schema.ts": "2"})
    assert are(pushed.push("origin", "main", at=sha256), base, head)


def test_a_deletion_in_a_sha256_repository(pushed: Situation, sha256: Sandbox) -> None:
    row = pushed.push("origin", ":gone", at=sha256)
    assert row["git"].words == NOTHING
    assert {row[each].words for each in TOOLS} == {NO_HOOK}


class TestThePage:
    def test_it_has_a_row_for_every_situation_and_no_other(self) -> None:
        cells = [each.split(" | ")[0] for each in page.rows()]
        assert cells == order()
        assert page.is_headed()


class TestCommits:
    @pytest.fixture(params=TOOLS)
    def hooks(
        self, request: pytest.FixtureRequest, tmp_path: Path, home: Path
    ) -> Hooks:
        return Hooks(tmp_path / "hooked", request.param, home)

    @pytest.mark.parametrize(
        "options", [(), ("--all",), ("--amend",), ("--only", "c.ts")]
    )
    def test_git_commit_is_told_from_a_push(
        self, repository: Sandbox, hooks: Hooks, options: tuple[str, ...]
    ) -> None:
        repository.commit({"schema.ts": "1"})
        repository.remote()
        repository.write({"c.ts": "1"})
        repository.git("add", "--all")
        _, seen = hooks.run(repository, "commit", "-m", "x", *options)
        assert seen
        assert is_commit_hook(seen)
        _, seen = hooks.run(repository, "push", "origin", "main")
        assert seen
        assert not is_commit_hook(seen)
