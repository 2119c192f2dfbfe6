"""Bad input: a clear sentence, the right exit code, never a traceback."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.end_to_end.conftest import App, Done

SCHEMA = "shared/schema.ts"
HEADER = 'import { pgTable, serial, text } from "drizzle-orm/pg-core";\n'
CLIENTS = """\
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: text("email"),
});
"""


def with_schema(app: App, text: str | bytes) -> Done:
    app.sandbox.commit({SCHEMA: text})
    return app.check()


def test_outside_of_a_repository(app: App, tmp_path: Path) -> None:
    done = subprocess.run(
        ["schemadiff", "check"],
        cwd=tmp_path,
        env=app.sandbox.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "not a Git repository" in done.stderr


def test_an_unknown_revision(app: App) -> None:
    done = app.check("--base", "nonsense")
    assert done.code == 2
    assert "'nonsense' names no commit" in done.out


@pytest.mark.parametrize("name", ["--output=x", "-1", "--upload-pack=touch x"])
def test_a_revision_never_becomes_an_option(app: App, name: str) -> None:
    assert app.check(f"--base={name}").code == 2
    assert not (app.sandbox.path / "x").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["check", "--nonsense"],
        ["pre-push"],
        ["explain"],
        ["explain", "drop-colum"],
        ["check", "--allow", "drop-column"],
        ["check", "--allow", "nonsense:clients.email"],
        ["check", "--allow", "drop-column:clients.*"],
    ],
)
def test_bad_arguments(app: App, arguments: list[str]) -> None:
    app.change("accident")
    assert app.run("schemadiff", *arguments).code == 2


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "nonsense = 1",
        "protect = 3",
        'deploy = "ftp"',
        '[rules]\nnonsense = "off"',
        '[rules]\ndrop-column = "never"',
    ],
)
def test_bad_settings(app: App, text: str) -> None:
    app.sandbox.commit({"schemadiff.toml": text})
    done = app.check()
    assert done.code == 2
    assert "schemadiff.toml" in done.out


def test_a_line_that_is_not_gits(app: App) -> None:
    done = subprocess.run(
        ["schemadiff", "pre-push", "origin", "url"],
        cwd=app.sandbox.path,
        env=app.sandbox.environment,
        input="nonsense\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_config_that_cannot_be_read(app: App) -> None:
    config = 'export default { dialect: "postgresql", schema: process.env.SCHEMA };\n'
    app.sandbox.commit({"drizzle.config.ts": config})
    done = app.check()
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out
    assert "process.env.SCHEMA" in done.out


def test_a_schema_path_that_matches_nothing(app: App) -> None:
    config = 'export default { dialect: "postgresql", schema: "./db/*.ts" };\n'
    app.sandbox.commit({"drizzle.config.ts": config})
    done = app.check()
    assert done.code == 1
    assert "matches no file" in done.out


def test_a_syntax_error_with_its_place(app: App) -> None:
    done = with_schema(app, HEADER + CLIENTS.replace('text("email")', 'text("email"'))
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out
    assert f"{SCHEMA}:" in done.out
    assert "error[drop-table] every row of clients" not in done.out


@pytest.mark.parametrize("data", [b"\x00\x01\x02\xff", b"export const a = '\xff\xfe';"])
def test_a_schema_that_is_no_text(app: App, data: bytes) -> None:
    done = with_schema(app, data)
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out


@pytest.mark.parametrize(
    "helper",
    [
        "const f = (n: number): any => f(n + 1);\n",
        "function f(n: number): any { while (true) { n++; } }\n",
        "const f = (n: number): any => [f(n + 1), f(n + 2)];\n",
    ],
)
def test_evaluation_that_does_not_end(app: App, helper: str) -> None:
    text = CLIENTS.replace('text("email")', "f(1)")
    done = with_schema(app, HEADER + helper + text)
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out


def test_five_thousand_levels(app: App) -> None:
    deep = "(" * 5000 + 'text("email")' + ")" * 5000
    done = with_schema(app, HEADER + CLIENTS.replace('text("email")', deep))
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out


def test_merge_conflict_markers(app: App) -> None:
    conflict = "<<<<<<< HEAD\n" + CLIENTS + "=======\n" + CLIENTS + ">>>>>>> other\n"
    done = with_schema(app, HEADER + conflict)
    assert done.code == 1
    assert "error[unreadable-schema]" in done.out


def test_no_commit_yet(app: App, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    app.run("git", "init", "--quiet", str(empty))
    done = app.run("git", "-C", str(empty), "-c", "alias.x=!schemadiff check", "x")
    assert done.code == 0
    assert "no commit yet" in done.out


def test_no_remote(app: App) -> None:
    app.sandbox.git("remote", "remove", "origin")
    done = app.check()
    assert done.code == 0
    assert len(done.out.splitlines()) == 1


def test_everything_is_new(app: App) -> None:
    app.sandbox.git("rm", "-r", "--quiet", "shared", "drizzle.config.ts")
    app.sandbox.commit({"notes.txt": "nothing"})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.git("revert", "--no-edit", "HEAD")
    done = app.check()
    assert done.code == 0, done.out
    assert len(done.out.splitlines()) == 1


def test_no_drizzle_at_all(app: App) -> None:
    app.sandbox.git("rm", "-r", "--quiet", "shared", "drizzle.config.ts")
    app.sandbox.commit()
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.commit({"other.ts": "export const a = 1;\n"})
    done = app.check()
    assert done.code == 0
    assert "no Drizzle config and no file that imports drizzle-orm/pg-core" in done.out


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
    ],
    ids=["byte order mark", "CRLF"],
)
def test_other_spellings_of_the_same_text_are_no_change(
    app: App, encode: Callable[[str], bytes]
) -> None:
    text = (app.sandbox.path / SCHEMA).read_text()
    assert with_schema(app, encode(text)).code == 0


def test_two_megabytes(app: App) -> None:
    filler = "".join(f"export const n{i} = {i};\n" for i in range(90_000))
    text = (app.sandbox.path / SCHEMA).read_text()
    assert with_schema(app, text + filler).code == 0


def test_cyclic_imports(app: App) -> None:
    other = 'import { clients } from "./schema";\nexport const again = () => clients;\n'
    text = (app.sandbox.path / SCHEMA).read_text()
    app.sandbox.commit({"shared/other.ts": other})
    assert with_schema(app, text + 'export * from "./other";\n').code == 0


def test_paths_with_blanks_and_control_characters_in_names(app: App) -> None:
    config = 'export default { dialect: "postgresql", schema: "./my db/a b.ts" };\n'
    name = "\\u001b[31mred\\u202e"
    table = f'export const t = pgTable("{name}", {{ id: serial("id") }});\n'
    app.sandbox.commit({"drizzle.config.ts": config, "my db/a b.ts": HEADER + table})
    app.sandbox.git("push", "--quiet", "origin", "main")
    app.sandbox.commit({"my db/a b.ts": HEADER + "export const u = 1;\n"})
    done = app.check()
    assert done.code == 1
    assert "error[drop-table]" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_interrupted(app: App) -> None:
    endless = "function f(n: number): any { while (true) { n++; } }\n"
    text = "".join(f"export const t{i} = pgTable(f({i}), {{}});\n" for i in range(200))
    app.sandbox.commit({SCHEMA: HEADER + endless + text})
    with subprocess.Popen(
        ["schemadiff", "check"],
        cwd=app.sandbox.path,
        env=app.sandbox.environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        time.sleep(1)
        os.kill(process.pid, signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in out
