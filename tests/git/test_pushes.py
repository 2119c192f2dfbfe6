"""What each push is compared with, for pushes that Git itself started."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.comparison import Comparison
from schemadiff.git.new_refs import FIRST_PUSH
from schemadiff.git.pushes import lines_of, push_comparisons, updates
from schemadiff.git.repository import Repository
from tests.repositories import Sandbox

ONE = "1" * 40
ZERO = "0" * 40


def handed_over(sandbox: Sandbox, *arguments: str) -> list[Comparison]:
    """What a push of these arguments is compared with, before it happens."""
    remote, url, lines = sandbox.handed_over(*arguments)
    opened = Repository.open(sandbox.path)
    try:
        return push_comparisons(opened, remote, url, lines)
    finally:
        opened.close()


def pairs(found: list[Comparison]) -> list[tuple[str | None, str]]:
    """Base and head of each comparison, as commits."""
    return [(each.base and each.base.commit, each.head.commit) for each in found]


@pytest.fixture
def pushed(repository: Sandbox) -> Sandbox:
    """A repository whose main was pushed to origin."""
    repository.commit({"schema.ts": "1"})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    return repository


def test_an_ordinary_push_is_compared_with_what_the_remote_has(pushed: Sandbox) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    (found,) = handed_over(pushed, "origin", "main")
    assert pairs([found]) == [(base, head)]
    assert found.base
    assert (found.base.label, found.head.label) == ("origin/main", "HEAD")
    assert (found.remote, found.refs) == ("origin", ("refs/heads/main",))


def test_the_first_push_of_a_repository_has_no_base(repository: Sandbox) -> None:
    head = repository.commit({"schema.ts": "1"})
    repository.remote()
    (found,) = handed_over(repository, "origin", "main")
    assert pairs([found]) == [(None, head)]
    assert found.note == FIRST_PUSH


def test_a_push_to_a_remote_that_has_nothing_has_no_base(pushed: Sandbox) -> None:
    pushed.remote("heroku")
    (found,) = handed_over(pushed, "heroku", "main")
    assert (found.base, found.note) == (None, FIRST_PUSH)


def test_each_remote_is_asked_for_its_own_tip(pushed: Sandbox) -> None:
    deployed = pushed.at("main")
    pushed.remote("heroku")
    pushed.git("push", "--quiet", "heroku", "main")
    head = pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    assert pairs(handed_over(pushed, "heroku", "main")) == [(deployed, head)]


def test_an_orphan_branch_has_nothing_to_be_compared_with(pushed: Sandbox) -> None:
    pushed.git("checkout", "--quiet", "--orphan", "fresh")
    head = pushed.commit({"schema.ts": "2"})
    (found,) = handed_over(pushed, "origin", "fresh")
    assert pairs([found]) == [(None, head)]
    assert found.note
    assert "no commit in common" in found.note


def test_a_new_branch_is_compared_with_where_it_left_main(pushed: Sandbox) -> None:
    base = pushed.at("main")
    pushed.git("checkout", "--quiet", "-b", "feature")
    pushed.commit({"schema.ts": "2"})
    head = pushed.commit({"schema.ts": "3"})
    (found,) = handed_over(pushed, "origin", "feature")
    assert pairs([found]) == [(base, head)]
    assert found.base
    assert found.base.label == "origin/main"


def test_a_new_branch_that_main_left_behind_keeps_its_fork_point(
    pushed: Sandbox,
) -> None:
    base = pushed.at("main")
    pushed.git("checkout", "--quiet", "-b", "feature")
    head = pushed.commit({"schema.ts": "2"})
    pushed.git("checkout", "--quiet", "main")
    pushed.commit({"other.ts": "1"})
    pushed.git("push", "--quiet", "origin", "main")
    (found,) = handed_over(pushed, "origin", "feature")
    assert pairs([found]) == [(base, head)]
    assert found.base
    assert found.base.label == base[:9]


def test_a_new_branch_that_merged_main_is_compared_with_what_it_merged(
    pushed: Sandbox,
) -> None:
    pushed.git("checkout", "--quiet", "-b", "feature")
    pushed.commit({"mine.ts": "1"})
    pushed.git("checkout", "--quiet", "main")
    merged = pushed.commit({"theirs.ts": "1"})
    pushed.git("push", "--quiet", "origin", "main")
    pushed.git("checkout", "--quiet", "feature")
    head = pushed.merge("main")
    assert pairs(handed_over(pushed, "origin", "feature")) == [(merged, head)]


def test_a_stacked_branch_is_compared_with_the_branch_below_it(
    pushed: Sandbox,
) -> None:
    pushed.git("checkout", "--quiet", "-b", "below")
    below = pushed.commit({"below.ts": "1"})
    pushed.git("push", "--quiet", "origin", "below")
    pushed.git("checkout", "--quiet", "main")
    pushed.commit({"main.ts": "1"})
    pushed.git("push", "--quiet", "origin", "main")
    pushed.git("checkout", "--quiet", "-b", "above", "below")
    pushed.commit({"above.ts": "1"})
    head = pushed.merge("main")
    assert pairs(handed_over(pushed, "origin", "above")) == [(below, head)]


def test_a_new_branch_at_a_known_commit_changes_nothing(pushed: Sandbox) -> None:
    known = pushed.at("main")
    pushed.git("branch", "same")
    assert pairs(handed_over(pushed, "origin", "same")) == [(known, known)]
    pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    assert pairs(handed_over(pushed, "origin", "same")) == [(known, known)]


def test_a_deletion_is_nothing_to_judge(pushed: Sandbox) -> None:
    pushed.git("push", "--quiet", "origin", "main:gone")
    assert handed_over(pushed, "origin", ":gone") == []


def test_a_deletion_beside_an_update_leaves_the_update(pushed: Sandbox) -> None:
    pushed.git("push", "--quiet", "origin", "main:gone")
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    assert pairs(handed_over(pushed, "origin", ":gone", "main")) == [(base, head)]


def test_a_push_of_nothing_is_nothing_to_judge(pushed: Sandbox) -> None:
    assert handed_over(pushed, "origin", "main") == []


def test_every_ref_of_a_push_is_judged(pushed: Sandbox) -> None:
    base = pushed.at("main")
    heads = {"main": pushed.commit({"schema.ts": "2"})}
    for name in ("a", "b"):
        pushed.git("checkout", "--quiet", "-b", name, base)
        heads[name] = pushed.commit({"schema.ts": name})
    for arguments in (("--all",), ("--mirror",), ("a", "b", "main")):
        found = handed_over(pushed, "origin", *arguments)
        by_ref = {each.ref: pairs([each])[0] for each in found}
        assert {
            ref: pair for ref, pair in by_ref.items() if ref.startswith("refs/heads/")
        } == {f"refs/heads/{name}": (base, head) for name, head in heads.items()}


def test_equal_comparisons_are_made_once(pushed: Sandbox) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    names = [f"copy{number}" for number in range(10)]
    for name in names:
        pushed.git("branch", name)
    (found,) = handed_over(pushed, "origin", *names)
    assert pairs([found]) == [(base, head)]
    assert set(found.refs) == {f"refs/heads/{name}" for name in names}
    copies = [f"{base}:refs/heads/{name}" for name in names]
    pushed.git("push", "--quiet", "origin", *copies)
    (found,) = handed_over(pushed, "origin", *names)
    assert pairs([found]) == [(base, head)]
    assert set(found.refs) == {f"refs/heads/{name}" for name in names}


def test_another_branch_than_the_one_checked_out_is_judged(pushed: Sandbox) -> None:
    base = pushed.at("main")
    pushed.git("checkout", "--quiet", "-b", "feature")
    head = pushed.commit({"schema.ts": "2"})
    pushed.git("checkout", "--quiet", "main")
    (found,) = handed_over(pushed, "origin", "feature:main")
    assert pairs([found]) == [(base, head)]
    assert found.base
    assert (found.base.label, found.head.label) == ("origin/main", "feature")


def test_a_detached_head_is_judged(pushed: Sandbox) -> None:
    base = pushed.at("main")
    pushed.git("checkout", "--quiet", "--detach")
    head = pushed.commit({"schema.ts": "2"})
    assert pairs(handed_over(pushed, "origin", "HEAD:main")) == [(base, head)]


def test_an_expression_with_blanks_is_judged(pushed: Sandbox) -> None:
    base = pushed.at("main")
    head = pushed.commit({"schema.ts": "2"}, "drop the email column")
    pushed.commit({"schema.ts": "3"}, "more")
    source = ":/drop the email"
    _, _, lines = pushed.handed_over("origin", f"{head}:refs/heads/main")
    line = lines[0].replace(head, source, 1)
    opened = Repository.open(pushed.path)
    assert pairs(push_comparisons(opened, "origin", "url", [line])) == [(base, head)]


def test_a_rollback_is_compared_tip_to_tip(pushed: Sandbox) -> None:
    older = pushed.at("main")
    newer = pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    pushed.git("reset", "--quiet", "--hard", older)
    assert pairs(handed_over(pushed, "--force", "origin", "main")) == [(newer, older)]


def test_a_diverged_forced_push_is_compared_tip_to_tip(pushed: Sandbox) -> None:
    first = pushed.at("main")
    theirs = pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    pushed.git("reset", "--quiet", "--hard", first)
    mine = pushed.commit({"schema.ts": "3"})
    assert pairs(handed_over(pushed, "--force", "origin", "main")) == [(theirs, mine)]


def test_a_forced_push_over_an_unknown_tip_says_what_to_fetch(pushed: Sandbox) -> None:
    other = pushed.clone("other")
    other.commit({"schema.ts": "theirs"})
    other.git("push", "--quiet", "origin", "main")
    pushed.commit({"schema.ts": "mine"})
    with pytest.raises(SchemadiffError) as raised:
        handed_over(pushed, "--force", "origin", "main")
    assert raised.value.remedy == "git fetch origin main"
    remote, url, lines = pushed.handed_over("--force", "origin", "main")
    opened = Repository.open(pushed.path)
    (found,) = push_comparisons(opened, remote, url, lines, unfetched_blocks=False)
    assert found.base is None
    assert found.note
    assert "git fetch origin main" in found.note
    pushed.git("fetch", "--quiet", "origin", "main")
    base, head = other.at("main"), pushed.at("main")
    assert pairs(handed_over(pushed, "--force", "origin", "main")) == [(base, head)]


def test_the_line_that_fetches_takes_no_name_for_an_option(pushed: Sandbox) -> None:
    url = pushed.git("remote", "get-url", "origin")
    pushed.git("remote", "add", "--", "-o", url)
    other = pushed.clone("other")
    other.commit({"schema.ts": "theirs"})
    other.git("push", "--quiet", "origin", "main:refs/heads/-x")
    with pytest.raises(SchemadiffError) as raised:
        handed_over(pushed, "--force", "--", "-o", "main:refs/heads/-x")
    assert raised.value.remedy == "git fetch -- -o refs/heads/-x"
    pushed.git(*raised.value.remedy.split()[1:])
    found = handed_over(pushed, "--force", "--", "-o", "main:refs/heads/-x")
    assert pairs(found) == [(other.at("main"), pushed.at("main"))]


def test_a_mirror_takes_along_what_nobody_deploys(pushed: Sandbox) -> None:
    pushed.git("replace", pushed.at("main"), pushed.commit({"schema.ts": "2"}))
    pushed.git("notes", "add", "-m", "x")
    _, _, lines = pushed.handed_over("--mirror", "origin")
    assert {each.remote_ref.split("/")[1] for each in updates(lines)} == {
        "heads", "notes", "remotes", "replace",
    }  # fmt: skip
    (found,) = handed_over(pushed, "--mirror", "origin")
    assert found.refs == ("refs/heads/main",)


def test_a_branch_name_never_becomes_part_of_a_command() -> None:
    line = f"refs/heads/x {ONE} refs/heads/a;rm$IFS-rf {ONE}"
    assert updates([line])[0].remote_ref == "refs/heads/a;rm$IFS-rf"


def test_tags_are_not_judged_unless_listed(pushed: Sandbox) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    pushed.git("tag", "--annotate", "--message", "one", "v1")
    remote, url, lines = pushed.handed_over("origin", "--tags")
    opened = Repository.open(pushed.path)
    assert push_comparisons(opened, remote, url, lines) == []
    found = push_comparisons(opened, remote, url, lines, lambda _: True)
    assert pairs(found) == [(base, head)]
    assert found[0].head.label == "HEAD"


def test_a_tag_of_a_file_is_no_revision(pushed: Sandbox) -> None:
    pushed.git("tag", "file", pushed.at("HEAD:schema.ts"))
    remote, url, lines = pushed.handed_over("origin", "file")
    opened = Repository.open(pushed.path)
    assert push_comparisons(opened, remote, url, lines, lambda _: True) == []


def test_a_push_by_url_finds_the_remote_behind_it(pushed: Sandbox) -> None:
    base = pushed.at("main")
    url = pushed.git("remote", "get-url", "origin")
    pushed.git("checkout", "--quiet", "-b", "feature")
    head = pushed.commit({"schema.ts": "2"})
    assert pairs(handed_over(pushed, url, "feature")) == [(base, head)]
    assert pairs(handed_over(pushed, url, "feature:main")) == [(base, head)]


@pytest.mark.parametrize(
    "written",
    ["{path}", "{path}/", "../origin.git", "../origin", "{url}", "short:origin"],
)
def test_a_url_written_otherwise_names_the_same_remote(
    pushed: Sandbox, written: str
) -> None:
    base = pushed.at("main")
    path = pushed.path.parent / "origin.git"
    pushed.git("config", f"url.{path.parent}/.insteadOf", "short:")
    head = pushed.commit({"schema.ts": "2"})
    named = written.format(path=path, url=path.as_uri())
    assert pairs(handed_over(pushed, named, "main:new")) == [(base, head)]


def test_a_new_branch_is_compared_with_what_the_same_push_tells(
    pushed: Sandbox,
) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    elsewhere = Sandbox(pushed.path.parent / "elsewhere.git", "--bare")
    pushed.git("push", "--quiet", str(elsewhere.path), f"{base}:refs/heads/main")
    found = handed_over(pushed, str(elsewhere.path), "main", "main:new")
    assert pairs(found) == [(base, head)]
    assert set(found[0].refs) == {"refs/heads/main", "refs/heads/new"}


def test_a_new_branch_that_is_deployed_is_compared_with_what_others_deploy(
    pushed: Sandbox,
) -> None:
    deployed = pushed.at("main")
    pushed.git("push", "--quiet", "origin", "main:release/1")
    pushed.git("checkout", "--quiet", "-b", "feature")
    head = pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "feature")
    pushed.git("tag", "v1", deployed)

    def named(ref: str, commit: str) -> Callable[[str], bool] | None:
        assert commit == head
        matches = re.compile("refs/heads/release/|refs/tags/v").match
        return (lambda other: bool(matches(other))) if matches(ref) else None

    opened = Repository.open(pushed.path)
    for target, base, label in (
        ("refs/heads/release/2", deployed, "origin/main"),
        ("refs/tags/v2", deployed, "origin/main"),
        ("refs/heads/other", head, "origin/feature"),
    ):
        remote, url, lines = pushed.handed_over("origin", f"feature:{target}")
        found = push_comparisons(opened, remote, url, lines, lambda _: True, named)
        assert pairs(found) == [(base, head)]
        assert found[0].base
        assert found[0].base.label == label


def test_a_new_branch_is_compared_with_everything_where_nothing_is_deployed_yet(
    pushed: Sandbox,
) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    remote, url, lines = pushed.handed_over("origin", "main:release/1")
    opened = Repository.open(pushed.path)

    def named(ref: str, commit: str) -> Callable[[str], bool]:
        assert (ref, commit) == ("refs/heads/release/1", head)
        return lambda other: other.startswith("refs/heads/release/")

    found = push_comparisons(opened, remote, url, lines, deployed=named)
    assert pairs(found) == [(base, head)]


def test_a_push_by_an_unknown_url_of_a_new_branch_has_no_base(pushed: Sandbox) -> None:
    elsewhere = pushed.path.parent / "elsewhere.git"
    Sandbox(elsewhere, "--bare")
    (found,) = handed_over(pushed, str(elsewhere), "main")
    assert (found.base, found.note) == (None, FIRST_PUSH)


def test_a_url_is_no_label_and_its_password_is_not_shown(pushed: Sandbox) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    url = "https://ada:secret@example.org/app.git"
    opened = Repository.open(pushed.path)
    line = f"refs/heads/main {head} refs/heads/main {base}"
    (found,) = push_comparisons(opened, url, url, [line])
    assert found.base
    assert found.base.label == base[:9]
    with pytest.raises(SchemadiffError) as raised:
        push_comparisons(opened, url, url, [line[: -len(base)] + ONE])
    assert raised.value.remedy == "git fetch https://example.org/app.git main"
    assert "secret" not in raised.value.message


def test_the_fork_point_is_the_newest_commit_that_the_remote_has(
    repository: Sandbox,
) -> None:
    dice = random.Random(11)  # noqa: S311 - the same histories in every run
    repository.commit()
    repository.remote()
    tree = repository.at("HEAD^{tree}")
    for history in range(12):
        commits: list[str] = []
        above: dict[str, set[str]] = {}
        for number in range(10):
            parents = dice.sample(commits, min(len(commits), dice.choice([1, 1, 2])))
            options = [word for parent in parents for word in ("-p", parent)]
            when = f"{1_700_000_000 + dice.randrange(500)} +0000"
            made = repository.git(
                "commit-tree", tree, "-m", f"{history} {number}", *options,
                environ={"GIT_COMMITTER_DATE": when},
            )  # fmt: skip
            commits.append(made)
            above[made] = {made}.union(*(above[parent] for parent in parents))
        tips = dice.sample(commits[:-1], 2)
        for name, tip in zip("ab", tips, strict=True):
            repository.git("update-ref", f"refs/remotes/origin/{name}", tip)
        known = above[tips[0]] | above[tips[1]]
        opened = Repository.open(repository.path)
        for commit in commits:
            shared = above[commit] & known
            newest = {
                each
                for each in shared
                if not any(each in above[other] - {other} for other in shared)
            }
            found = opened.fork_point(commit, (), "origin")
            assert found in newest if newest else found is None


def test_a_remote_and_branches_with_slashes_are_found(pushed: Sandbox) -> None:
    base = pushed.at("main")
    pushed.git("remote", "rename", "origin", "team/mirror")
    pushed.git("checkout", "--quiet", "-b", "fix/émail-ä")
    head = pushed.commit({"schema.ts": "2"})
    found = handed_over(pushed, "team/mirror", "fix/émail-ä")
    assert pairs(found) == [(base, head)]
    assert found[0].base
    assert found[0].base.label == "team/mirror/main"


def test_a_dry_run_is_judged(pushed: Sandbox) -> None:
    base, head = pushed.at("main"), pushed.commit({"schema.ts": "2"})
    assert pairs(handed_over(pushed, "--dry-run", "origin", "main")) == [(base, head)]


def test_a_sha256_repository_is_judged(tmp_path: Path, repository: Sandbox) -> None:
    del repository
    sandbox = Sandbox(tmp_path / "sha256", "--object-format=sha256")
    base = sandbox.commit({"schema.ts": "1"})
    sandbox.remote()
    (first,) = handed_over(sandbox, "origin", "main")
    assert (first.base, first.note) == (None, FIRST_PUSH)
    sandbox.git("push", "--quiet", "origin", "main:main", "main:gone")
    head = sandbox.commit({"schema.ts": "2"})
    assert pairs(handed_over(sandbox, "origin", "main", ":gone")) == [(base, head)]
    opened = Repository.open(sandbox.path)
    assert opened.changed_paths(base, head) == ["schema.ts"]


def test_a_shallow_clone_is_compared_with_the_remotes_tip(pushed: Sandbox) -> None:
    pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    shallow = pushed.clone("shallow", "--depth=1")
    base = shallow.at("main")
    head = shallow.commit({"schema.ts": "3"})
    assert pairs(handed_over(shallow, "origin", "main")) == [(base, head)]
    assert pairs(handed_over(shallow, "origin", "main:new")) == [(base, head)]


def test_a_new_branch_whose_fork_point_is_cut_off_is_not_guessed(
    pushed: Sandbox,
) -> None:
    pushed.commit({"schema.ts": "2"})
    pushed.git("push", "--quiet", "origin", "main")
    shallow = pushed.clone("shallow", "--depth=1")
    shallow.git("checkout", "--quiet", "-b", "feature")
    shallow.commit({"schema.ts": "mine"})
    for text in ("3", "4"):
        pushed.commit({"schema.ts": text})
    pushed.git("push", "--quiet", "origin", "main")
    shallow.git("fetch", "--quiet", "--depth=1", "origin", "main")
    with pytest.raises(SchemadiffError, match="shallow") as raised:
        handed_over(shallow, "origin", "feature")
    assert raised.value.remedy
    assert raised.value.remedy.startswith("git fetch --unshallow")


def test_names_of_refs_may_hold_any_bytes() -> None:
    name = b"refs/heads/\xff\xc2\x85\xe2\x80\xa8x"
    line = b"%b %b %b %b\n" % (name, ONE.encode(), name, ZERO.encode())
    (found,) = updates(lines_of(line))
    assert found.remote_ref.encode("utf-8", "surrogateescape") == name
    assert updates(lines_of(b"")) == []


@pytest.mark.parametrize(
    "line",
    [
        "refs/heads/main",
        f"refs/heads/main {ONE} {ONE}",
        f"refs/heads/main {ONE} refs/heads/main {ONE[:-1]}",
        f"refs/heads/main x{ONE[1:]} refs/heads/main {ONE}",
        f"refs/heads/main {ONE} main {ONE}",
        f"refs/heads/main {ONE} refs/heads/main {ONE}" + "1",
    ],
)
def test_a_line_that_is_not_gits_is_refused(line: str) -> None:
    with pytest.raises(SchemadiffError, match="pre-push protocol"):
        updates([line])


def test_zeros_of_either_length_are_nothing() -> None:
    lines = [
        f"(delete) {ZERO} refs/heads/a {ONE}",
        f"(delete) {'0' * 64} refs/heads/b {'1' * 64}",
        "",
    ]
    assert updates(lines) == []
