"""The command line: what it takes, what it prints where, and its exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import NamedTuple

import pytest

from schemadiff import __version__, cli
from schemadiff.errors import SchemadiffError
from schemadiff.rules.catalogue import RULES
from tests.repositories import Sandbox

CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts" };\n'
SCHEMA = """\
import { pgTable, serial, text } from "drizzle-orm/pg-core";
export const clients = pgTable("clients", {
  id: serial("id").primaryKey(),
  email: text("email"), // データ
});
"""
DROPPED = SCHEMA.replace('  email: text("email"), // データ\n', "")
MEANT = "drop-column:clients.email"


class Done(NamedTuple):
    code: int
    out: str
    err: str


def run(
    sandbox: Sandbox,
    *arguments: str,
    environ: Mapping[str, str] | None = None,
    given: str = "",
) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "schemadiff", *arguments],
        cwd=sandbox.path,
        env=sandbox.environment | dict(environ or {}),
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return Done(done.returncode, out, err)


@pytest.fixture
def app(repository: Sandbox) -> Sandbox:
    """A pushed project, and a commit on top that drops a column."""
    repository.commit({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA})
    repository.remote()
    repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    repository.commit({"schema.ts": DROPPED})
    return repository


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{__version__}\n"


def test_help_says_the_exit_codes_and_shows_examples(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for part in ("exit codes:", "examples:", "130", "check", "pre-push", "explain"):
        assert part in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["check", "--forma", "json"],
        ["check", "more"],
        ["explain"],
        ["schema", "--format", "sarif"],
    ],
)
def test_bad_arguments_end_with_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert "usage: schemadiff" in capsys.readouterr().err


def test_every_rule_is_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == [rule.id for rule in RULES]
    for rule in RULES:
        assert cli.main(["explain", rule.id]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(f"# {rule.id}\n\n")
        assert rule.page.strip() in shown


def test_an_unknown_rule_shows_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "drop-colum"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "there is no rule 'drop-colum'" in said.err
    assert "drop-column" in said.err


def raising(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    def fail(arguments: object) -> int:
        del arguments
        raise error

    monkeypatch.setattr(cli, "_run", fail)
    return cli.main([])


def test_expected_trouble_is_said_with_its_remedy_and_nothing_raw(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = SchemadiffError("no such thing: \x1b[31m", "git fetch origin")
    assert raising(error, monkeypatch) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "schemadiff: no such thing: \\x1b[31m\n  git fetch origin\n"


def test_an_interruption_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raising(KeyboardInterrupt(), monkeypatch) == 130
    assert capsys.readouterr() == ("", "")


def test_a_bug_is_owned_and_says_how_to_push_anyway(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert raising(ZeroDivisionError("by\x1b zero"), monkeypatch) == 3
    said = capsys.readouterr().err
    assert said.startswith(f"schemadiff {__version__} failed")
    assert "ZeroDivisionError: by\\x1b zero" in said
    assert "git push --no-verify" in said
    assert "Traceback" not in said


def test_a_bug_shows_its_place_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHEMADIFF_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        raising(ZeroDivisionError(), monkeypatch)


def test_a_reader_that_leaves_changes_no_verdict(app: Sandbox) -> None:
    for arguments, code in ((["check"], 1), (["rules"], 0)):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "schemadiff", *arguments],
            cwd=app.path,
            env=app.environment,
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (code, b"")


def test_what_the_project_calls_like_a_module_is_not_run(app: Sandbox) -> None:
    mark = app.path.parent / "executed"
    modules = ("argparse", "git", "tomllib", "tree_sitter", "yaml", "gc")
    app.write({f"{each}.py": f"open({str(mark)!r}, 'w')\n" for each in modules})
    assert run(app, "check").code == 1
    assert not mark.exists()


@pytest.mark.parametrize(
    "environ",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["ascii", "cp1252", "C"],
)
def test_any_encoding_can_say_it(app: Sandbox, environ: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "schemadiff", "check"],
        cwd=app.path,
        env=app.environment | environ,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"// \\u30c7\\u30fc\\u30bf" in done.stdout
    assert done.stderr == b""


def test_the_report_goes_to_standard_output(app: Sandbox) -> None:
    done = run(app, "check")
    assert done.code == 1
    assert done.out.startswith("error[drop-column] every value of clients.email")
    assert done.err == ""


def test_a_word_on_the_command_line_allows_it(app: Sandbox) -> None:
    done = run(app, "check", "--allow", f"{MEANT} -- exported")
    assert done.code == 0
    assert "allowed[drop-column]" in done.out
    assert "--allow \N{EM DASH} exported" in done.out
    assert "no errors, no warnings, 1 allowed" in done.out


def test_a_word_that_names_nothing_shows_the_nearest(app: Sandbox) -> None:
    done = run(app, "check", "--allow", "drop-column:clients.e_mail")
    assert done.code == 1
    assert "drop-column:clients.e_mail (--allow) allows nothing" in done.out
    assert f"did you mean {MEANT}?" in done.out


def test_strict_makes_a_warning_block(app: Sandbox) -> None:
    app.commit({"schema.ts": SCHEMA})
    unique = SCHEMA.replace('text("email")', 'text("email").unique()')
    app.commit({"schema.ts": unique, "schemadiff.toml": 'deploy = "migrations"\n'})
    assert run(app, "check").code == 0
    done = run(app, "check", "--strict")
    assert done.code == 1
    assert "error[add-unique]" in done.out


def test_json_is_one_document_whatever_was_compared(app: Sandbox) -> None:
    done = run(app, "check", "--format", "json")
    assert done.code == 1
    found = json.loads(done.out)
    (comparison,) = found["comparisons"]
    (finding,) = comparison["projects"][0]["findings"]
    assert (found["blocks"], finding["allow"]) == (True, MEANT)
    quiet = run(app, "check", "--base", "HEAD", "--format", "json")
    assert quiet.code == 0
    assert json.loads(quiet.out)["comparisons"][0]["compared"] is True
    app.git("remote", "remove", "origin")
    alone = json.loads(run(app, "check", "--format", "json").out)
    assert alone["comparisons"][0]["compared"] is False


def push_two(app: Sandbox, *arguments: str) -> Done:
    """Push main, which drops a column, and a branch that changes nothing of it."""
    app.git("switch", "--quiet", "--create", "other", "origin/main")
    app.commit({"extra.ts": "export const a = 1;\n"})
    remote, url, lines = app.handed_over("origin", "main", "other")
    given = "".join(f"{line}\n" for line in lines)
    return run(app, "pre-push", remote, url, *arguments, given=given)


def test_several_comparisons_are_one_document(app: Sandbox) -> None:
    done = push_two(app, "--format", "json")
    assert done.code == 1
    blocked = {
        each["head"]: each["blocks"] for each in json.loads(done.out)["comparisons"]
    }
    assert blocked == {"main": True, "HEAD": False}


def test_an_override_that_one_comparison_needed_is_not_called_unused(
    app: Sandbox,
) -> None:
    done = push_two(app, "--allow", MEANT)
    assert done.code == 0
    assert "allows nothing" not in done.out


def test_an_override_that_nothing_needed_is_said_once(app: Sandbox) -> None:
    done = push_two(app, "--allow", "drop-table:users")
    assert done.code == 1
    assert done.out.count("allows nothing") == 1


def test_annotations_name_the_file_and_the_line(app: Sandbox) -> None:
    done = run(app, "check", "--format", "github")
    assert done.code == 1
    assert done.out.startswith(
        "::error title=drop-column%3A clients.email,file=schema.ts,line=2,"
    )


def test_the_schema_is_shown_as_understood(app: Sandbox) -> None:
    done = run(app, "schema", "HEAD")
    assert (done.code, done.err) == (0, "")
    assert "table clients" in done.out
    assert "email" not in done.out
    assert "email" in run(app, "schema", "HEAD~1").out
    drizzle = json.loads(run(app, "schema", "HEAD", "--format", "drizzle").out)
    assert drizzle["version"] == "7"


def test_what_is_unreadable_in_a_schema_is_shown_once_and_ends_with_1(
    app: Sandbox,
) -> None:
    app.commit({"schema.ts": SCHEMA.replace('text("email")', "process.env.COLUMN")})
    done = run(app, "schema", "HEAD")
    assert done.code == 1
    assert done.out.count("unreadable ") == 1
    recorded = run(app, "schema", "HEAD", "--format", "drizzle")
    assert recorded.code == 1
    (part,) = json.loads(recorded.out)["unreadable"]
    assert set(part) == {"subject", "reason", "path", "line", "column"}
    assert (part["path"], part["line"]) == ("schema.ts", 4)


def test_a_config_that_is_not_there_is_an_error(app: Sandbox) -> None:
    done = run(app, "schema", "--config", "other.ts")
    assert (done.code, done.out) == (2, "")
    assert "other.ts" in done.err
