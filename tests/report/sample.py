"""One push, small enough to be read whole, in which every part of a report occurs."""

from schemadiff.deploy.assumption import Deploy, Way
from schemadiff.outcome import Judged, Project, Report
from schemadiff.overrides.override import Override
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.source import Span
from schemadiff.subject import Subject

SCHEMA = "shared/schema.ts"


def span(line: int, column: int = 3, path: str = SCHEMA) -> Span:
    return Span(path, line, column, 0, 0)


RENAMED = Judged(
    Finding(
        rule="rename-column",
        subject=Subject(("clients", "company_name")),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message="every value of clients.company_name would be lost",
        was=span(3),
        now=span(3),
        sql=(
            'ALTER TABLE "clients" ADD COLUMN "name" text;',
            'ALTER TABLE "clients" DROP COLUMN "company_name";',
        ),
        safer=(
            'keep the database name: name: text("company_name")',
            (
                "or rename in a migration: "
                'ALTER TABLE "clients" RENAME COLUMN "company_name" TO "name";'
            ),
        ),
        backup=(
            (
                r'psql "$DATABASE_URL" -c "\copy (SELECT id, company_name FROM clients)'
                " TO 'clients.company_name.csv' CSV HEADER\""
            ),
        ),
        notes=("probably renamed to clients.name",),
    ),
    was_text='companyName: text("company_name"),',
    now_text='name: text("name"),',
)
DROPPED = Judged(
    Finding(
        rule="drop-column",
        subject=Subject(("clients", "email")),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message="every value of clients.email would be lost",
        was=span(4),
        now=span(1, 14),
    ),
    Override("drop-column", "clients.email", "exported on 2026-11-20", "--allow"),
    was_text='email: text("email"),',
    now_text='export const clients = pgTable("clients", {',
)
MAY_FAIL = Judged(
    Finding(
        rule="add-unique",
        subject=Subject(("users", "users_email_unique")),
        effect=Effect.BREAKS_DEPLOY,
        severity=Severity.WARNING,
        message="the deploy fails where two rows of users have the same email",
        now=span(12),
        sql=(
            'ALTER TABLE "users" ADD CONSTRAINT "users_email_unique" UNIQUE("email");',
        ),
        safer=("look for duplicates first, and resolve them before this push",),
    ),
    now_text='email: text("email").notNull().unique(), // one account for each address',
)
ELSEWHERE = Judged(
    Finding(
        rule="drop-table",
        subject=Subject(("old_logs",)),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message="every row of old_logs would be lost",
        was=span(30, 1),
    ),
    excused="already on origin/main",
)
HOSTILE = "packages/a-rather-long-package-name/src/database/\x1b[31mschema.ts"
UNREADABLE = Judged(
    Finding(
        rule="unreadable-schema",
        subject=Subject(place=f"{HOSTILE}#orders"),
        effect=Effect.UNREADABLE,
        severity=Severity.ERROR,
        message=f"{HOSTILE}#orders could not be read: process.env.SHARD has no value"
        " that could be known, 100 % of it, ##[error]x,y:\u202ez",
        now=span(7, 22, HOSTILE),
        safer=("write it so that it can be read without running the project",),
    ),
    now_text="export const orders = pgTable(`orders_${process.env.SHARD}`, {",
)
PUSH = Deploy("0.31.4", (Way.PUSH,), ".replit runs drizzle-kit push")
REPORTS = (
    Report(
        base="origin/main",
        head="HEAD",
        projects=(
            Project("drizzle.config.ts", PUSH, (MAY_FAIL, DROPPED, RENAMED, ELSEWHERE)),
            Project(
                "packages/shop/drizzle.config.ts",
                Deploy(
                    None, (Way.PUSH, Way.MIGRATIONS), "package.json runs drizzle-kit"
                ),
                (UNREADABLE,),
            ),
            Project("packages/quiet/drizzle.config.ts"),
        ),
        notes=("uncommitted changes were not judged: shared/schema.ts",),
        unused=(Override("drop-table", "logs", None, "SCHEMADIFF_ALLOW"),),
    ),
    Report("origin/feature", "feature", (Project("drizzle.config.ts"),)),
    Report(
        None,
        "v1",
        nothing="first push to this remote: nothing is deployed from it yet",
    ),
)
