"""Which files a config's `schema` means, as drizzle-kit expands it."""

import shutil
from collections.abc import Sequence

import pytest

from schemadiff.drizzle.config import POSTGRES, Config
from schemadiff.drizzle.line import Line
from schemadiff.drizzle.schema_files import SchemaFiles, schema_files
from schemadiff.git.repository import Repository
from schemadiff.git.trees import TreeFiles
from schemadiff.source import Files
from tests.memory_files import MemoryFiles
from tests.repositories import Sandbox

TREE = MemoryFiles(
    dict.fromkeys(
        (
            "db/.hidden.ts",
            "db/a.ts",
            "db/b.tsx",
            "db/notes.md",
            "db/sub/c.ts",
            "db/sub/deep/d.ts",
            "other/e.ts",
            "schema.ts",
        ),
        "",
    )
)


def expand(
    entries: Sequence[str],
    files: Files = TREE,
    directory: str = "",
    line: Line = Line.ZERO,
) -> SchemaFiles:
    path = f"{directory}/drizzle.config.ts".lstrip("/")
    return schema_files(files, Config(path, directory, POSTGRES, tuple(entries)), line)


@pytest.mark.parametrize(
    ("entry", "paths"),
    [
        ("schema.ts", {"schema.ts"}),
        ("db", {"db/.hidden.ts", "db/a.ts", "db/b.tsx", "db/notes.md"}),
        ("db/", {"db/.hidden.ts", "db/a.ts", "db/b.tsx", "db/notes.md"}),
        ("db/*.ts", {"db/a.ts"}),
        ("db/?.ts*", {"db/a.ts", "db/b.tsx"}),
        ("db/{a,b}.{ts,tsx}", {"db/a.ts", "db/b.tsx"}),
        ("{db,other}/[ae].ts", {"db/a.ts", "other/e.ts"}),
        ("db/!(a).ts*", {"db/b.tsx"}),
        ("db/*", {"db/a.ts", "db/b.tsx", "db/notes.md", "db/sub/c.ts"}),
        ("db/**/*.ts", {"db/a.ts", "db/sub/c.ts", "db/sub/deep/d.ts"}),
        ("**/c.ts", {"db/sub/c.ts"}),
    ],
)
def test_an_entry_is_a_pattern_or_a_directory(entry: str, paths: set[str]) -> None:
    found = expand([entry])
    assert set(found.paths) == paths
    assert found.unreadable == ()


def test_what_stands_twice_counts_once() -> None:
    assert expand(["db/a.ts", "db/*.ts", "db/a.ts"]).paths == ("db/a.ts",)


def test_the_later_line_loads_sources_only() -> None:
    found = expand(["db"], line=Line.ONE)
    assert set(found.paths) == {"db/.hidden.ts", "db/a.ts", "db/b.tsx"}


@pytest.mark.parametrize("entry", ["schema", "db/none.ts", "none/*.ts", "SCHEMA.ts"])
def test_a_schema_that_matches_nothing_is_unreadable(entry: str) -> None:
    (unreadable,) = expand([entry]).unreadable
    assert unreadable.reason == f"its schema {entry} matches no file"


def test_one_missing_entry_among_others_is_silent() -> None:
    found = expand(["schema.ts", "none.ts", "!db/a.ts"])
    assert (found.paths, found.unreadable) == (("schema.ts",), ())


MONOREPO = MemoryFiles(
    dict.fromkeys(("apps/api/db/a.ts", "apps/api/b.ts", "shared/c.ts", "b.ts"), "")
)


def test_an_entry_starts_in_the_configs_folder() -> None:
    found = expand(["db/a.ts", "b.ts", "../../shared/c.ts"], MONOREPO, "apps/api")
    assert found.paths == ("apps/api/db/a.ts", "apps/api/b.ts", "shared/c.ts")
    assert found.notes == ()


def test_it_starts_at_the_root_where_nothing_is_there() -> None:
    found = expand(["shared/c.ts"], MONOREPO, "apps/api")
    assert found.paths == ("shared/c.ts",)
    assert "from the repository's root" in found.notes[0]


def test_each_entry_has_its_own_start() -> None:
    found = expand(["apps/api/db/a.ts", "b.ts"], MONOREPO, "apps/api")
    assert found.paths == ("apps/api/db/a.ts", "apps/api/b.ts")
    assert "from the repository's root" in found.notes[0]


@pytest.mark.parametrize("text", ["path.join(__dirname, 'db')", "import.meta.url"])
def test_nothing_is_said_of_what_the_config_computes(text: str) -> None:
    # What `__dirname` made begins at the root, what is written in full does not.
    files = MemoryFiles({"api/drizzle.config.ts": text, "api/db/a.ts": ""})
    found = expand(["api/db/a.ts"], files, "api")
    assert (found.paths, found.notes) == (("api/db/a.ts",), ())


def committed(repository: Sandbox) -> TreeFiles:
    return TreeFiles(Repository.open(repository.path), repository.at("HEAD"), "HEAD")


def test_a_link_inside_the_repository_is_followed(repository: Sandbox) -> None:
    (repository.path / "db").symlink_to("shared")
    repository.commit({"shared/a.ts": ""})
    found = expand(["db/a.ts", "db"], committed(repository))
    assert (found.paths, found.unreadable) == (("db/a.ts",), ())


@pytest.mark.parametrize("entry", ["db/a.ts", "db", "db/*.ts"])
def test_a_link_out_of_it_is_unreadable(repository: Sandbox, entry: str) -> None:
    (repository.path / "db").symlink_to("../elsewhere")
    repository.commit({"b.ts": ""})
    found = expand([entry, "b.ts"], committed(repository))
    assert found.paths == ("b.ts",)
    (unreadable,) = found.unreadable
    assert (str(unreadable.subject), unreadable.fingerprint) == ("db", None)
    assert "leads out" in unreadable.reason


@pytest.fixture
def with_submodule(repository: Sandbox) -> Sandbox:
    """A repository with another one as its folder `db`, checked out."""
    other = Sandbox(repository.path.parent / "other")
    other.commit({"a.ts": ""})
    local = ("-c", "protocol.file.allow=always")
    repository.git(*local, "submodule", "add", "--quiet", str(other.path), "db")
    repository.commit({"b.ts": ""})
    return repository


@pytest.mark.parametrize("entry", ["db/a.ts", "db"])
def test_a_submodule_that_is_here_is_read(with_submodule: Sandbox, entry: str) -> None:
    found = expand([entry], committed(with_submodule))
    assert (found.paths, found.unreadable) == (("db/a.ts",), ())


@pytest.mark.parametrize("entry", ["db/a.ts", "db", "db/*.ts"])
def test_one_that_is_not_here_is_unreadable_until_it_stays(
    with_submodule: Sandbox, entry: str
) -> None:
    pinned = with_submodule.at("HEAD:db")
    with_submodule.git("submodule", "deinit", "--quiet", "--force", "db")
    shutil.rmtree(with_submodule.path / ".git" / "modules")
    found = expand([entry, "b.ts"], committed(with_submodule))
    assert found.paths == ("b.ts",)
    (unreadable,) = found.unreadable
    assert str(unreadable.subject) == "db"
    assert unreadable.fingerprint is not None
    assert unreadable.fingerprint.project == pinned
