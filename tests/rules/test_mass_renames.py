"""Many renames with one cause are one finding; what changed besides is said."""

import json

from schemadiff.deploy.assumption import Way
from schemadiff.drizzle.line import Line
from schemadiff.rules.finding import Effect, Finding
from tests.rules.pushes import judged, read_side

CREATOR = """
import { integer, pgTableCreator, serial, text } from "drizzle-orm/pg-core";
const table = pgTableCreator((name) => `%s_${name}`);
export const users = table("users", {
  id: serial("id").primaryKey(), name: text("name"),
});
export const posts = table("posts", { id: serial("id").primaryKey()%s });
"""
UNNAMED = """
import { integer, pgTable, serial, text } from "drizzle-orm/pg-core";
export const users = pgTable("users", {
  id: serial().primaryKey(), firstName: text().notNull(), lastName: text(),
});
export const posts = pgTable("posts", {
  id: serial().primaryKey(), authorId: integer().notNull().references(() => users.id),
});
"""
CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts"%s };'


def findings(
    before: tuple[str, str], after: tuple[str, str], kit: str = "0.31.11"
) -> dict[str, Finding]:
    base, head = (
        read_side(
            {"schema.ts": schema, "drizzle.config.ts": CONFIG % config}, Line.of(kit)
        )
        for schema, config in (before, after)
    )
    found = judged(base, head, kit, Way.PUSH)
    return {f"{each.rule}:{each.subject}": each for each in found}


def test_a_prefix_is_one_finding() -> None:
    found = findings(
        (CREATOR % ("app", ', title: text("title")'), ""), (CREATOR % ("prod", ""), "")
    )
    assert list(found) == ["rename-table:prefix"]
    finding = found["rename-table:prefix"]
    assert finding.message == (
        "every row of app_posts and app_users would be deleted: 2 tables"
    )
    assert finding.notes == (
        "probably renamed: app_posts to prod_posts, app_users to prod_users",
        "app_posts.title is gone besides",
    )
    assert 'ALTER TABLE "app_users" RENAME TO "prod_users";' in finding.safer


def test_a_casing_is_one_finding_and_one_for_required_columns() -> None:
    found = findings((UNNAMED, ""), (UNNAMED, ', casing: "snake_case"'))
    assert set(found) == {"rename-column:casing", "add-required-column:casing"}
    renamed = found["rename-column:casing"]
    assert renamed.message == "every value of 3 columns would be lost"
    assert renamed.notes == (
        (
            "probably renamed: posts.authorId to author_id,"
            " users.firstName to first_name, users.lastName to last_name"
        ),
    )
    required = found["add-required-column:casing"]
    assert required.effect is Effect.DESTROYS
    assert required.message == "every row of posts and users would be deleted"


def test_one_column_keeps_its_own_name() -> None:
    one = UNNAMED.replace("firstName", "name").replace("authorId", "author")
    found = findings((one, ""), (one, ', casing: "snake_case"'))
    assert set(found) == {"rename-column:users.lastName"}


def test_for_1_0_one_answer_tells_all_renames() -> None:
    old, new = UNNAMED, UNNAMED.replace("pgTable", "snakeCase.table", 9)
    new = new.replace(
        "import { integer, snakeCase.table", "import { integer, snakeCase"
    )
    found = findings((old, ""), (new, ""), "1.0.0-rc.5")
    answer = found["rename-column:casing"].safer[-1]
    start = "or tell drizzle-kit: drizzle-kit push --hints '"
    assert answer.startswith(start)
    hints = json.loads(answer.removeprefix(start).removesuffix("'"))
    assert [(each["from"][1:], each["to"][1:]) for each in hints] == [
        (["posts", "authorId"], ["posts", "author_id"]),
        (["users", "firstName"], ["users", "first_name"]),
        (["users", "lastName"], ["users", "last_name"]),
    ]
