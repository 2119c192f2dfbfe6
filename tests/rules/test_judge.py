"""Where the deploy may be several, each is judged and the worst stands."""

from schemadiff.deploy.assumption import Way
from schemadiff.drizzle.line import Line
from schemadiff.rules.finding import Effect, Finding, Severity
from tests.rules.pushes import judged, recorded_side


def only(case: str, kit: str | None, *ways: Way) -> Finding:
    base = recorded_side(case, "before", Line.ZERO)
    head = recorded_side(case, "after", Line.ZERO)
    (finding,) = judged(base, head, kit, *ways)
    return finding


def test_of_push_and_migrations_the_worse_stands() -> None:
    case = "c02-add-notnull-nodefault"
    alone = only(case, "0.31.11", Way.MIGRATIONS)
    assert alone.effect is Effect.BREAKS_DEPLOY
    both = only(case, "0.31.11", Way.PUSH, Way.MIGRATIONS)
    assert both.effect is Effect.DESTROYS
    assert both.notes[-1] == "where the deploy is by push"


def test_an_unknown_version_is_judged_as_the_worst_and_says_so() -> None:
    finding = only("b15-int-to-text", None, Way.PUSH)
    assert (finding.effect, finding.severity) == (Effect.DESTROYS, Severity.ERROR)
    assert finding.message == "every row of items would be deleted"
    assert finding.notes[-1] == (
        "as drizzle-kit 0.20.18 does it: which version the project runs is not known"
    )


def test_between_two_versions_the_worse_neighbour_counts() -> None:
    assert only("b15-int-to-text", "0.30.9", Way.PUSH).severity is Severity.ERROR
    narrowed = only("j10-text-to-varchar-toolong", "1.0.0-beta.2", Way.PUSH)
    assert narrowed.effect is Effect.ALTERS


def test_a_truncation_names_every_table_that_it_empties() -> None:
    finding = only("b81-cascade-addnotnull-parent", "0.31.11", Way.PUSH)
    assert finding.message == "every row of users, posts and comments would be deleted"
    assert len(finding.backup) == 3


def test_a_dropped_column_is_told_as_the_design_shows_it() -> None:
    finding = only("a03-column-drop", "0.31.11", Way.PUSH)
    assert finding.message == "every value of clients.email would be lost"
    assert finding.sql == ('ALTER TABLE "clients" DROP COLUMN "email";',)
    assert finding.backup == (
        (
            r'psql "$DATABASE_URL" -c "\copy (SELECT id, email FROM clients)'
            " TO 'clients.email.csv' CSV HEADER\""
        ),
    )
    assert finding.was is not None
    assert finding.now is not None


def test_a_rename_shows_both_ways_out() -> None:
    case = "a05-column-rename-chosen"
    stable = only(case, "0.31.11", Way.PUSH)
    assert stable.notes == ("probably renamed to clients.name",)
    assert stable.safer == (
        'keep the database name: name: text("company_name")',
        (
            "or rename in a migration: "
            'ALTER TABLE "clients" RENAME COLUMN "company_name" TO "name";'
        ),
    )
    assert only(case, "1.0.0-rc.5", Way.PUSH).safer[2] == (
        "or tell drizzle-kit: drizzle-kit push --hints"
        ' \'[{"type": "rename", "kind": "column", "from": ["public", "clients",'
        ' "company_name"], "to": ["public", "clients", "name"]}]\''
    )
