"""What the report for people keeps to, whatever it has to say."""

import textwrap

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemadiff.outcome import Judged, Project, Report
from schemadiff.record import replace
from schemadiff.report.escape import columns, cut, visible
from schemadiff.report.terminal import Style
from schemadiff.report.text import render
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.source import Span
from schemadiff.subject import Subject
from tests.report.sample import DROPPED, MAY_FAIL, RENAMED, REPORTS

# design: consequence first, then the places, the SQL, the safe way, the words
MODEL = """\
error[drop-column] every value of clients.email would be lost
   was  shared/schema.ts:4 (origin/main)   email: text("email"),
    is  shared/schema.ts:1 (HEAD)          export const clients = pgTable("clie…
   sql  ALTER TABLE "clients" DROP COLUMN "email";
 safer  stop writing clients.email, deploy, keep the column until its values are
        exported
backup  psql "$DATABASE_URL" -c "\\copy (SELECT id, email) TO 'c.csv'"
meant?  git -c schemadiff.allow="drop-column:clients.email" push

schemadiff: HEAD compared with origin/main: 1 error, no warnings; blocked; to
  push anyway, see meant?
"""


def report(*judged: Judged, **named: str | None) -> Report:
    given = {"base": "origin/main", "head": "HEAD"} | named
    return Report(given["base"], str(given["head"]), (Project("a.ts", None, judged),))


def shown(*judged: Judged, width: int = 80) -> str:
    return render([report(*judged)], Style(width))


def test_the_model() -> None:
    finding = replace(
        DROPPED.finding,
        sql=('ALTER TABLE "clients" DROP COLUMN "email";',),
        safer=(
            (
                "stop writing clients.email, deploy, keep the column until its values"
                " are exported"
            ),
        ),
        backup=(
            r"""psql "$DATABASE_URL" -c "\copy (SELECT id, email) TO 'c.csv'" """[:-1],
        ),
    )
    assert shown(replace(DROPPED, finding=finding, override=None)) == MODEL


def test_one_line_when_there_is_nothing_to_say() -> None:
    assert shown() == (
        "schemadiff: HEAD compared with origin/main: no change that would lose data\n"
    )


def test_nothing_compared_is_never_passed() -> None:
    nothing = Report("origin/main", "HEAD", nothing="no Drizzle config")
    assert render([nothing], Style()) == "schemadiff: no Drizzle config\n"


def test_errors_come_before_warnings_and_what_is_allowed_last() -> None:
    text = shown(DROPPED, MAY_FAIL, RENAMED)
    assert [each.split("]")[0] for each in text.splitlines() if "[" in each[:8]] == [
        "error[rename-column",
        "warning[add-unique",
        "allowed[drop-column",
    ]
    assert text.splitlines()[-2].startswith(
        "schemadiff: HEAD compared with origin/main: 1 error, 1 warning, 1 allowed"
    )


def test_several_errors_have_one_command_for_all() -> None:
    second = replace(DROPPED, override=None)
    assert (
        '  all?  git -c schemadiff.allow="rename-column:clients.company_name,'
        'drop-column:clients.email" push\n'
    ) in shown(RENAMED, second)
    assert "all?" not in shown(RENAMED, DROPPED)


def test_prose_and_excerpts_keep_to_the_width_and_commands_do_not() -> None:
    for width in (40, 60, 80, 100):
        command = ""
        for line in render(REPORTS[:1], Style(width)).splitlines():
            command = line[:8].strip() or command
            if command not in ("sql", "backup", "meant?", "all?", "safer", "is"):
                assert columns(line) <= width or " " not in line.strip(), line
    assert RENAMED.finding.backup[0] in render(REPORTS, Style(40))


def test_prose_that_names_a_method_is_prose() -> None:
    advice = "give it a default with .default(…), or leave out .notNull(), and require"
    finding = replace(DROPPED.finding, safer=(f"{advice} it in a later push",))
    text = shown(replace(DROPPED, finding=finding, override=None))
    assert f" safer  {advice}\n        it in a later push\n" in text


def test_a_place_is_never_cut_and_its_source_stands_below_if_need_be() -> None:
    path = "a/rather/deep/folder/of/a/rather/large/monorepo/with/long/names/schema.ts"
    finding = replace(DROPPED.finding, now=None, was=Span(path, 4, 1, 0, 0))
    lines = shown(replace(DROPPED, finding=finding, override=None)).splitlines()
    assert lines[1] == f"   was  {path}:4 (origin/main)"
    assert lines[2] == '        email: text("email"),'


def test_wide_characters_count_twice() -> None:
    assert columns("データ") == 6
    assert cut("データベース", 7) == "データ…"
    assert cut("abc", 3) == "abc"
    assert cut("abcd", 3) == "ab…"


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("\u202eevil", "\\u202eevil"),
        ("a\r\nb", "a\\x0d\\x0ab"),
        ("tab\there", "tab here"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\U000e0041"),
        ("plain é 表", "plain é 表"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_what_terminals_obey_is_written_out(raw: str, safe: str) -> None:
    assert visible(raw) == safe


TEXTS = st.text(max_size=200)


@example("a" * 60, "", "::warning::forged", "\n::warning::forged", 40)
@given(TEXTS, TEXTS, TEXTS, TEXTS, st.integers(40, 100))
def test_no_text_breaks_the_report(
    name: str, message: str, source: str, sql: str, width: int
) -> None:
    finding = Finding(
        "drop-column",
        Subject(("clients", name)),
        Effect.DESTROYS,
        Severity.ERROR,
        message,
        was=Span(name, 1, 1, 0, 0),
        sql=(sql,),
        safer=(message,),
        backup=(sql,),
        notes=(message,),
    )
    text = render([report(Judged(finding, was_text=source), base=name)], Style(width))
    assert text.startswith("error[drop-column]")
    assert text.replace("\n", "").isprintable() or "\u00a0" in text or " " in text
    assert "\x1b" not in text
    for line in text.splitlines():
        assert not textwrap.dedent(line).startswith(("::", "schemadiff: passed"))
