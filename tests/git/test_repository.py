"""Any repository, in any surroundings: errors, outer Gits, and nothing changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.inputs import comparisons
from schemadiff.git.pushes import push_comparisons
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.git.unpushed import IndexFiles, WorktreeFiles, dirty_paths
from tests.repositories import Sandbox


def run_everything(where: Path, lines: list[str]) -> list[bytes | None]:
    """Ask for all that a run can ask for; return the schema in every state."""
    opened = Repository.open(where)
    (found,) = push_comparisons(opened, "origin", "url", lines)
    comparisons(opened, None, None, {})
    comparisons(opened, None, None, {"CI": "true"})
    assert found.base
    assert opened.changed_paths(found.base.commit, found.head.commit) == ["schema.ts"]
    opened.config_values("schemadiff.allow")
    opened.merge_base(found.base.commit, found.head.commit)
    files = [
        TreeFiles(opened, found.base.commit, "base"),
        TreeFiles(opened, found.head.commit, "head"),
    ]
    if opened.work_tree:
        dirty_paths(opened, ["schema.ts"])
        read = [IndexFiles(opened).read, WorktreeFiles(opened).read]
    else:
        read = []
    opened.close()
    return [each("schema.ts") for each in [*(one.read for one in files), *read]]


@pytest.fixture
def ahead(repository: Sandbox) -> Sandbox:
    """A repository one commit ahead of origin, with an edit staged and one not."""
    repository.commit({"schema.ts": "1", "other.ts": "1"})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.commit({"schema.ts": "2"})
    repository.write({"schema.ts": "3"})
    repository.git("add", "schema.ts")
    repository.write({"schema.ts": "4"})
    return repository


@pytest.fixture
def lines(ahead: Sandbox) -> list[str]:
    return ahead.handed_over("origin", "main")[2]


def test_outside_of_a_repository_there_is_an_error(
    tmp_path: Path, repository: Sandbox
) -> None:
    del repository
    with pytest.raises(SchemadiffError, match="is not a Git repository"):
        Repository.open(tmp_path)


def test_without_git_there_is_an_error(ahead: Sandbox) -> None:
    program = (
        "from schemadiff.errors import SchemadiffError\n"
        "try:\n"
        "    from schemadiff.git.repository import Repository\n"
        "    Repository.open()\n"
        "except SchemadiffError as error:\n"
        "    print(error.message)\n"
    )
    for refresh in ("raise", "quiet"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ahead.path,
            env=ahead.environment
            | {
                "PATH": "/nowhere",
                "GIT_PYTHON_REFRESH": refresh,
                "PYTHONPATH": str(Path(__file__).parents[2]),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == ("Git was not found\n", "")


def test_inside_a_submodule_it_is_the_submodule_that_is_judged(
    ahead: Sandbox, tmp_path: Path
) -> None:
    outer = Sandbox(tmp_path / "outer")
    local = ("-c", "protocol.file.allow=always")
    url = ahead.git("remote", "get-url", "origin")
    outer.git(*local, "submodule", "--quiet", "add", url, "inner")
    inner = Sandbox(outer.path / "inner", made=True)
    base, head = inner.at("HEAD"), inner.commit({"schema.ts": "5"})
    _, _, lines = inner.handed_over("origin", "HEAD:main")
    opened = Repository.open(inner.path)
    (found,) = push_comparisons(opened, "origin", url, lines)
    assert found.base
    assert (found.base.commit, found.head.commit) == (base, head)
    assert WorktreeFiles(opened).read("schema.ts") == b"5"


def test_a_repository_of_another_user_is_an_error_with_the_remedy(
    ahead: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SchemadiffError, match="another user owns it") as raised:
        Repository.open(ahead.path)
    assert raised.value.remedy
    assert raised.value.remedy.startswith("git config --global --add safe.directory")


def test_nothing_is_changed(ahead: Sandbox, lines: list[str]) -> None:
    os.utime(ahead.path / "other.ts")  # what makes Git refresh its index
    before = ahead.state()
    assert run_everything(ahead.path, lines) == [b"1", b"2", b"3", b"4"]
    assert ahead.state() == before


def test_any_folder_inside_will_do(ahead: Sandbox, lines: list[str]) -> None:
    inside = ahead.path / "a" / "b"
    inside.mkdir(parents=True)
    assert run_everything(inside, lines) == [b"1", b"2", b"3", b"4"]


def test_a_locked_read_only_repository_is_read(
    ahead: Sandbox, lines: list[str]
) -> None:
    (ahead.path / ".git" / "index.lock").touch()
    folders = [path for path in ahead.path.rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        assert run_everything(ahead.path, lines) == [b"1", b"2", b"3", b"4"]
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_the_variables_of_an_outer_git_are_respected(
    ahead: Sandbox, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_PREFIX", "")
    monkeypatch.chdir(ahead.path)
    assert run_everything(ahead.path, lines) == [b"1", b"2", b"3", b"4"]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("GIT_DIR", str(ahead.path / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(ahead.path))
    assert run_everything(elsewhere, lines) == [b"1", b"2", b"3", b"4"]


def test_a_linked_work_tree_is_judged(
    ahead: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = ahead.at("origin/main")
    ahead.git("worktree", "add", "--quiet", "-b", "linked", str(tmp_path / "linked"))
    linked = Sandbox(tmp_path / "linked", made=True)
    head = linked.commit({"schema.ts": "5"})
    _, _, lines = linked.handed_over("origin", "linked:main")
    monkeypatch.setenv("GIT_DIR", linked.git("rev-parse", "--absolute-git-dir"))
    opened = Repository.open(linked.path)
    (found,) = push_comparisons(opened, "origin", "url", lines)
    assert found.base
    assert (found.base.commit, found.head.commit) == (base, head)
    assert found.head.label == "HEAD"
    assert WorktreeFiles(opened).read("schema.ts") == b"5"


def test_a_bare_repository_is_judged(
    ahead: Sandbox, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead.git("clone", "--quiet", "--bare", ".", str(tmp_path / "mirror.git"))
    assert run_everything(tmp_path / "mirror.git", lines) == [b"1", b"2"]
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "mirror.git"))
    assert run_everything(tmp_path, lines)[:2] == [b"1", b"2"]


def test_objects_in_a_quarantine_are_read(
    ahead: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarantine = tmp_path / "quarantine"
    quarantine.mkdir()
    objects = ahead.path / ".git" / "objects"
    inside = {
        "GIT_OBJECT_DIRECTORY": str(quarantine),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(objects),
    }
    blob = ahead.git("hash-object", "-w", "--stdin", given="5", environ=inside)
    made = ahead.git("mktree", environ=inside, given=f"100644 blob {blob}\tschema.ts\n")
    commit = ahead.git("commit-tree", made, "-m", "x", environ=inside)
    assert Repository.open(ahead.path).resolve(commit) is None
    for name, value in inside.items():
        monkeypatch.setenv(name, value)
    opened = Repository.open(ahead.path)
    assert TreeFiles(opened, commit, "x").read("schema.ts") == b"5"


def test_local_replacements_are_not_what_is_pushed(ahead: Sandbox) -> None:
    ahead.git("replace", ahead.at("HEAD:schema.ts"), ahead.at("HEAD~1:schema.ts"))
    opened = Repository.open(ahead.path)
    assert TreeFiles(opened, ahead.at("HEAD"), "HEAD").read("schema.ts") == b"2"


def test_no_configuration_of_the_repository_is_executed(
    ahead: Sandbox, lines: list[str]
) -> None:
    mark = ahead.path.parent / "executed"
    program = ahead.path.parent / "program"
    program.write_text(f'#!/bin/sh\ntouch "{mark}"\ncat\n')
    program.chmod(0o755)
    (ahead.path / ".git" / "info").mkdir(exist_ok=True)
    (ahead.path / ".git" / "info" / "attributes").write_text(
        "* diff=evil filter=evil merge=evil\n"
    )
    hooks = ahead.path / ".git" / "evil-hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (hooks / hook).write_text(program.read_text())
        (hooks / hook).chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "core.alternateRefsCommand",
        "core.askPass",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "gpg.program",
        "trailer.schemadiff-allow.command",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
    ):
        ahead.git("config", key, str(program))
    ahead.git("config", "core.hooksPath", str(hooks))
    ahead.git("config", "log.showSignature", "true")
    ahead.git("config", "diff.autoRefreshIndex", "true")
    mark.unlink(missing_ok=True)
    assert run_everything(ahead.path, lines) == [b"1", b"2", b"3", b"4"]
    assert not mark.exists()


def test_a_partial_clone_fetches_nothing(ahead: Sandbox) -> None:
    bare = Sandbox(ahead.path.parent / "origin.git", made=True)
    bare.git("config", "uploadpack.allowFilter", "true")
    bare.git("config", "uploadpack.allowAnySHA1InWant", "true")
    blob = ahead.at("HEAD~1:schema.ts")
    ahead.git("push", "--quiet", "origin", "main")
    partial = ahead.clone("partial", "--filter=blob:none", "--no-checkout")
    before = partial.state()
    opened = Repository.open(partial.path)
    assert opened.objects.read(blob) is None
    assert opened.resolve("1" * 40) is None
    assert opened.commit("HEAD~1") == ahead.at("HEAD~1")
    assert opened.changed_paths("HEAD~1", "HEAD") == ["schema.ts"]
    assert partial.state() == before
    assert partial.git("cat-file", "-p", blob) == "1"  # Git itself would have fetched


@pytest.mark.parametrize("left_out", ["blob:none", "tree:0"])
def test_the_line_that_a_partial_clone_is_given_fetches_what_it_lacks(
    ahead: Sandbox, left_out: str
) -> None:
    bare = Sandbox(ahead.path.parent / "origin.git", made=True)
    bare.git("config", "uploadpack.allowFilter", "true")
    bare.git("config", "uploadpack.allowAnySHA1InWant", "true")
    partial = ahead.clone("partial", f"--filter={left_out}")
    ahead.commit({"schema.ts": "5", "other.ts": "5", "a/b/c.ts": "5"})
    ahead.git("push", "--quiet", "origin", "main")
    partial.git("fetch", "--quiet")
    tip = partial.at("origin/main")
    lines = {
        "blob:none": ["git diff --stat HEAD {short}"],
        "tree:0": ["git ls-tree -rd {tip}", "git diff --stat HEAD {short}"],
    }

    def read_everything() -> None:
        files = TreeFiles(Repository.open(partial.path), tip, "origin/main")
        for path in ("schema.ts", "other.ts", "a/b/c.ts"):
            assert files.read(path) == b"5"

    for line in lines[left_out]:
        with pytest.raises(SchemadiffError, match="not in this repository") as raised:
            read_everything()
        assert raised.value.remedy
        command = raised.value.remedy.split("   (")[0]
        assert command == line.format(tip=tip, short=tip[:9])
        partial.git(*command.split()[1:])
    read_everything()


def test_a_damaged_object_is_an_error(ahead: Sandbox) -> None:
    blob = ahead.at("HEAD:schema.ts")
    stored = ahead.path / ".git" / "objects" / blob[:2] / blob[2:]
    stored.chmod(0o644)
    stored.write_bytes(b"damaged")
    opened = Repository.open(ahead.path)
    with pytest.raises(SchemadiffError):
        TreeFiles(opened, ahead.at("HEAD"), "HEAD").read("schema.ts")


def test_every_value_of_a_key_comes_with_its_scope(
    ahead: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Repository.open(ahead.path)
    assert opened.config_values("schemadiff.allow") == []
    ahead.git("config", "schemadiff.allow", "one\ntwo")
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'schemadiff.allow=a:b,c:d'")
    assert opened.config_values("schemadiff.allow") == [
        ("local", "one\ntwo"),
        ("command", "a:b,c:d"),
    ]


def test_a_trunk_is_what_the_remote_calls_its_default(ahead: Sandbox) -> None:
    ahead.git("push", "--quiet", "origin", "main:master", "main:develop")
    assert Repository.open(ahead.path).remote("origin").trunk == "main"
    ahead.git("push", "--quiet", "origin", ":main", check=False)
    ahead.git("update-ref", "-d", "refs/remotes/origin/main")
    assert Repository.open(ahead.path).remote("origin").trunk == "master"
    ahead.git("remote", "set-head", "origin", "develop")
    remote = Repository.open(ahead.path).remote("origin")
    assert remote.trunk == "develop"
    assert set(remote.branches) == {"master", "develop"}
    assert Repository.open(ahead.path).remote("nobody").trunk is None


def test_a_lost_commit_is_no_repository_without_commits(ahead: Sandbox) -> None:
    head = ahead.at("HEAD")
    (ahead.path / ".git" / "objects" / head[:2] / head[2:]).unlink()
    opened = Repository.open(ahead.path)
    with pytest.raises(SchemadiffError) as failed:
        comparisons(opened, None, None, {})
    opened.close()
    assert failed.value.message == (
        f"the commit of HEAD is not in this repository: object {head}"
    )
