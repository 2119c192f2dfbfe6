"""The files of a commit, of the index and of the work tree, read lazily."""

import random
from pathlib import Path

import pytest

from schemadiff.errors import SchemadiffError
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.git.unpushed import IndexFiles, WorktreeFiles, dirty_paths
from schemadiff.source import Entry, Files, Kind
from tests.repositories import Sandbox


def tree(sandbox: Sandbox, revision: str = "HEAD") -> TreeFiles:
    opened = Repository.open(sandbox.path)
    return TreeFiles(opened, opened.commit(revision), revision)


def all_three(sandbox: Sandbox) -> list[Files]:
    opened = Repository.open(sandbox.path)
    head = opened.commit("HEAD")
    return [TreeFiles(opened, head, "HEAD"), IndexFiles(opened), WorktreeFiles(opened)]


def link(sandbox: Sandbox, name: str, target: str) -> None:
    path = sandbox.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


class TestFiles:
    def test_files_are_read_as_they_were_committed(self, repository: Sandbox) -> None:
        texts: dict[str, str | bytes | None] = {
            "schema.ts": "export const a = 1;\r\n",
            "db/tables/a b.ts": "\ufeffexport {}",
            "db/ünïcode.ts": "é",
            "data.bin": bytes(range(256)),
            "empty.ts": "",
        }
        repository.commit(texts)
        for files in all_three(repository):
            assert list(files.paths()) == sorted(texts)
            for path, text in texts.items():
                raw = text.encode() if isinstance(text, str) else text
                assert files.read(path) == raw
            assert files.read("db") is None
            assert files.read("nowhere.ts") is None
            assert files.read("schema.ts/inside") is None
            assert files.entry("nowhere/a.ts") is None

    def test_files_are_found_by_what_they_contain(self, repository: Sandbox) -> None:
        name = b"odd-\xff.ts".decode("utf-8", "surrogateescape")
        repository.commit(
            {
                "a:b.ts": 'import "drizzle-orm/pg-core"',
                "deep/er/c.ts": "x drizzle-orm/pg-core y",
                "deep/binary": b"\0drizzle-orm/pg-core",
                "other.ts": "DRIZZLE-orm/pg-core, drizzle-ormXpg-core",
                name: "drizzle-orm/pg-core",
            }
        )
        link(repository, "link.ts", "a:b.ts")
        repository.commit({})
        for key in ("color.grep", "grep.lineNumber", "submodule.recurse"):
            value = "always" if key == "color.grep" else "true"
            repository.git("config", key, value)
        expected = ["a:b.ts", "deep/binary", "deep/er/c.ts", name]
        for files in all_three(repository):
            assert list(files.containing(b"drizzle-orm/pg-core")) == expected
            assert list(files.containing(b"nowhere")) == []
        below = Repository.open(repository.path / "deep")
        files = TreeFiles(below, below.commit("HEAD"), "HEAD")
        assert list(files.containing(b"drizzle-orm/pg-core")) == expected

    def test_names_that_are_no_utf8_survive(self, repository: Sandbox) -> None:
        name = b"odd-\xff.ts".decode("utf-8", "surrogateescape")
        repository.commit({name: "1", "line\nbreak.ts": "2"})
        for files in all_three(repository):
            assert list(files.paths()) == ["line\nbreak.ts", name]
            assert files.read(name) == b"1"
            assert files.read("line\nbreak.ts") == b"2"

    def test_a_directory_lists_what_it_holds_by_name(self, repository: Sandbox) -> None:
        repository.commit({"db/b.ts": "1", "db/a/x.ts": "2", "db.ts": "3", "a-b": ""})
        for files in all_three(repository):
            kinds = [(each.name, each.kind) for each in files.entries("")]
            assert kinds == [
                ("a-b", Kind.FILE),
                ("db", Kind.DIRECTORY),
                ("db.ts", Kind.FILE),
            ]
            assert [each.name for each in files.entries("db")] == ["a", "b.ts"]
            assert list(files.entries("db.ts")) == []
            assert list(files.entries("nowhere")) == []
            root = files.entry("")
            assert root
            assert root.kind is Kind.DIRECTORY

    def test_equal_content_has_equal_identity_everywhere(
        self, repository: Sandbox
    ) -> None:
        repository.commit({"a.ts": "same", "b.ts": "same", "c.ts": "other"})
        found = [
            [files.entry(name) for files in all_three(repository)]
            for name in ("a.ts", "b.ts", "c.ts")
        ]
        one, same, other = ({each and each.identity for each in row} for row in found)
        assert one == same == {repository.at("HEAD:a.ts")}
        assert other == {repository.at("HEAD:c.ts")}

    def test_the_index_and_the_work_tree_hold_what_is_not_committed(
        self, repository: Sandbox
    ) -> None:
        repository.write({".gitignore": "ignored.ts\n"})
        repository.commit({"schema.ts": "committed", "gone.ts": ""})
        repository.write({"schema.ts": "staged"})
        repository.git("add", "schema.ts")
        repository.write(
            {"schema.ts": "edited", "new.ts": "1", "ignored.ts": "1", "gone.ts": None}
        )
        head, index, work_tree = all_three(repository)
        texts = [each.read("schema.ts") for each in (head, index, work_tree)]
        assert texts == [b"committed", b"staged", b"edited"]
        assert list(index.paths()) == [".gitignore", "gone.ts", "schema.ts"]
        assert list(work_tree.paths()) == [".gitignore", "new.ts", "schema.ts"]
        assert [head.label, index.label, work_tree.label] == [
            "HEAD",
            "index",
            "work tree",
        ]

    def test_an_unmerged_index_is_an_error(self, repository: Sandbox) -> None:
        repository.commit({"schema.ts": "1"})
        repository.git("checkout", "--quiet", "-b", "other")
        repository.commit({"schema.ts": "2"})
        repository.git("checkout", "--quiet", "main")
        repository.commit({"schema.ts": "3"})
        repository.git("merge", "other", check=False)
        opened = Repository.open(repository.path)
        with pytest.raises(SchemadiffError, match=r"schema\.ts is not merged"):
            list(IndexFiles(opened).paths())

    def test_a_sparse_checkout_is_read_whole(self, repository: Sandbox) -> None:
        repository.commit({"app/schema.ts": "1", "docs/a.md": "2"})
        repository.git("sparse-checkout", "set", "docs")
        assert not (repository.path / "app").exists()
        for files in all_three(repository):
            assert files.read("app/schema.ts") == b"1"
            assert list(files.paths()) == ["app/schema.ts", "docs/a.md"]
        opened = Repository.open(repository.path)
        assert dirty_paths(opened, ["app/schema.ts", "docs/a.md"]) == []


class TestLinks:
    def test_links_inside_the_repository_are_followed(
        self, repository: Sandbox
    ) -> None:
        repository.write({"packages/db/schema.ts": "1", "packages/db/t/u.ts": "2"})
        link(repository, "shared", "packages/db")
        link(repository, "app/schema.ts", "../shared/schema.ts")
        link(repository, "app/again.ts", "schema.ts")
        repository.commit()
        for files in all_three(repository):
            for path in ("shared/schema.ts", "app/schema.ts", "app/again.ts"):
                assert files.read(path) == b"1"
                entry = files.entry(path)
                assert entry
                assert (entry.name, entry.kind) == (Path(path).name, Kind.FILE)
            assert files.read("shared/t/u.ts") == b"2"
            assert [each.name for each in files.entries("shared")] == ["schema.ts", "t"]
            kinds = {each.name: each.kind for each in files.entries("")}
            assert kinds["shared"] is Kind.SYMLINK
            assert "shared" in files.paths()

    @pytest.mark.parametrize(
        "target", ["/etc/passwd", "../outside", "nowhere", "loop", "x/../../../outside"]
    )
    def test_a_link_that_leads_out_or_nowhere_is_not_followed(
        self, repository: Sandbox, target: str
    ) -> None:
        (repository.path.parent / "outside").write_text("secret")
        repository.write({"x/y": "1"})
        link(repository, "loop", target)
        repository.commit()
        for files in all_three(repository):
            entry = files.entry("loop")
            assert entry
            assert entry.kind is Kind.SYMLINK
            assert files.read("loop") is None
            assert files.read("loop/inside") is None
            assert files.entry("loop/inside") is None
            assert list(files.entries("loop")) == []


class TestSubmodules:
    @pytest.fixture
    def outer(self, tmp_path: Path, repository: Sandbox) -> Sandbox:
        inner = Sandbox(tmp_path / "inner")
        inner.commit({"db/schema.ts": "inside"})
        repository.commit({"app.ts": "1"})
        repository.git(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            str(inner.path),
            "vendor/inner",
        )
        link(repository, "schema", "vendor/inner/db")
        repository.commit()
        return repository

    def test_a_submodule_is_one_entry_and_holds_its_files(self, outer: Sandbox) -> None:
        files = tree(outer)
        entry = files.entry("vendor/inner")
        assert entry == Entry("inner", Kind.SUBMODULE, outer.at("HEAD:vendor/inner"))
        assert "vendor/inner" not in files.paths()
        assert files.read("vendor/inner/db/schema.ts") == b"inside"
        assert files.read("schema/schema.ts") == b"inside"
        assert [each.name for each in files.entries("vendor/inner")] == ["db"]
        assert files.read("vendor/inner/nowhere.ts") is None

    def test_an_outer_gits_variables_do_not_mislead_it(
        self, outer: Sandbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(outer.path / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(outer.path / ".git" / "index"))
        assert tree(outer).read("vendor/inner/db/schema.ts") == b"inside"

    def test_a_submodule_that_is_not_here_holds_nothing(self, outer: Sandbox) -> None:
        outer.git("submodule", "--quiet", "deinit", "--force", "--all")
        files = tree(outer)
        entry = files.entry("vendor/inner")
        assert entry
        assert entry.kind is Kind.SUBMODULE
        assert files.read("vendor/inner/db/schema.ts") is None
        assert list(files.entries("vendor/inner")) == []

    def test_a_commit_that_was_not_fetched_holds_nothing(self, outer: Sandbox) -> None:
        gitlink = f"160000,{'1' * 40},vendor/inner"
        outer.git("update-index", "--cacheinfo", gitlink)
        outer.git("commit", "--quiet", "-m", "elsewhere")
        assert tree(outer).read("vendor/inner/db/schema.ts") is None


class TestPartialClones:
    def test_what_is_missing_is_said_with_a_line_that_fetches_it(
        self, repository: Sandbox
    ) -> None:
        repository.commit({"schema.ts": "was", "other.ts": "other"})
        repository.commit({"schema.ts": "is"})
        bare = repository.remote()
        bare.git("config", "uploadpack.allowFilter", "true")
        bare.git("config", "uploadpack.allowAnySHA1InWant", "true")
        repository.git("push", "--quiet", "origin", "main")
        partial = repository.clone("partial", "--filter=blob:none")
        opened = Repository.open(partial.path)
        head, base = partial.at("HEAD"), partial.at("HEAD~1")
        assert opened.changed_paths(base, head) == ["schema.ts"]
        assert TreeFiles(opened, head, "HEAD").read("schema.ts") == b"is"
        with pytest.raises(SchemadiffError, match=r"schema\.ts of base") as raised:
            TreeFiles(opened, base, "base").read("schema.ts")
        assert TreeFiles(opened, head, "HEAD").read("other.ts") == b"other"
        assert raised.value.remedy
        command = raised.value.remedy.split("   (", maxsplit=1)[0].split()
        partial.git(*command[1:])
        assert TreeFiles(opened, base, "base").read("schema.ts") == b"was"


class TestDirtyPaths:
    def test_only_what_differs_from_head_is_named(self, repository: Sandbox) -> None:
        names = ["edited.ts", "staged.ts", "gone.ts", "same.ts", "touched.ts"]
        repository.commit(dict.fromkeys(names, "1\n"))
        repository.write({"staged.ts": "2\n", "new.ts": "1"})
        repository.git("add", "staged.ts")
        repository.write({"edited.ts": "2\n", "gone.ts": None, "touched.ts": "1\r\n"})
        opened = Repository.open(repository.path)
        asked = [*names, "new.ts", "nowhere.ts"]
        assert dirty_paths(opened, asked) == ["edited.ts", "gone.ts", "staged.ts"]
        assert dirty_paths(opened, ["same.ts"]) == []
        assert dirty_paths(opened, []) == []

    def test_a_bare_repository_has_nothing_uncommitted(
        self, repository: Sandbox
    ) -> None:
        repository.commit({"schema.ts": "1"})
        bare = repository.remote()
        repository.git("push", "--quiet", "origin", "main")
        assert dirty_paths(Repository.open(bare.path), ["schema.ts"]) == []


class TestChangedPaths:
    def test_they_are_those_that_git_lists(self, repository: Sandbox) -> None:
        dice = random.Random(7)  # noqa: S311 - the same histories in every run
        commits = []
        for _ in range(12):
            change: dict[str, str | bytes | None] = {}
            for _ in range(6):
                depth = dice.randint(1, 4)
                name = "/".join(dice.choice("abc") for _ in range(depth)) + ".ts"
                exists = (repository.path / name).exists()
                gone = exists and dice.random() < 0.4
                change[name] = None if gone else str(dice.random())
            commits.append(repository.commit(change))
        opened = Repository.open(repository.path)
        for base in commits[::3]:
            for head in commits[::2]:
                listed = repository.git(
                    "diff-tree", "-r", "-z", "--name-only", "--no-renames", base, head
                )
                expected = sorted(filter(None, listed.split("\0")))
                assert opened.changed_paths(base, head) == expected

    def test_a_file_that_becomes_something_else_differs(
        self, repository: Sandbox
    ) -> None:
        base = repository.commit({"a": "x", "b/c": "1", "d": "target"})
        for name in ("a", "b/c", "d"):
            (repository.path / name).unlink()
        (repository.path / "b").rmdir()
        link(repository, "d", "target")
        head = repository.commit({"a/x": "1", "b": "1"})
        opened = Repository.open(repository.path)
        assert opened.changed_paths(base, head) == ["a", "a/x", "b", "b/c", "d"]
        (repository.path / "b").chmod(0o755)
        executable = repository.commit()
        assert opened.changed_paths(head, executable) == []


def test_files_that_are_expected_are_read_as_any_other(repository: Sandbox) -> None:
    contents = {f"f{n}.ts": f"{n}\n" * n for n in range(200)}
    contents["big.ts"] = "x" * 300_000
    (repository.path / "link.ts").symlink_to("f1.ts")
    commit = repository.commit(contents)
    opened = Repository.open(repository.path)
    files = TreeFiles(opened, commit, "HEAD")
    files.expect([*contents, "f7.ts", "link.ts", "nowhere.ts", "nowhere/a.ts"])
    for path, text in contents.items():
        assert files.read(path) == text.encode()
    assert files.read("link.ts") == contents["f1.ts"].encode()
    assert files.read("nowhere.ts") is None
    opened.close()


def test_objects_that_are_not_here_may_be_expected(repository: Sandbox) -> None:
    oid = repository.git("rev-parse", f"{repository.commit({'a': 'a'})}:a").strip()
    opened = Repository.open(repository.path)
    opened.objects.expect([oid, "1" * 40, "2" * 40, oid])
    assert opened.objects.blob(oid) == b"a"
    assert opened.objects.blob("1" * 40) is None
    opened.close()
