"""A filter lets more through, and what nobody declared is dropped.

`push` drops whatever the database has, the filters let through and the schema
lacks. A wider `schemaFilter` or `tablesFilter` therefore reaches tables that no
file ever named: those of another application, of an extension, of the session
store. Migrations do not look at the database and are not concerned.

Declare those tables first, or name the new ones exactly. A pattern that begins with
`!` lets every other name through, also beside patterns that do not.

```ts base drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  tablesFilter: ["app_*"],
};
```

```ts base
export const items = pgTable("app_items", { id: serial("id").primaryKey() });
```

```ts flagged widen-filter:tablesFilter drizzle.config.ts
export default { dialect: "postgresql", schema: "./schema.ts" };
```

```ts flagged widen-filter:tablesFilter drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  tablesFilter: ["app_*", "!app_old"],
};
```

```ts allowed drizzle.config.ts
export default {
  dialect: "postgresql",
  schema: "./schema.ts",
  tablesFilter: ["app_items"],
};
```
"""

from collections.abc import Iterator

from schemadiff.deploy.filters import ALL, FiltersChanged, opened
from schemadiff.model import PUBLIC
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import DESTROYS, Fact, Rule
from schemadiff.subject import Subject


def judge(fact: Fact, deployment: Deployment) -> Iterator[Finding]:
    """Object to a filter that lets more through than before."""
    if not isinstance(fact, FiltersChanged):
        return
    if not deployment.behaviours.drops_the_unknown:
        return
    base, head = deployment.base, deployment.head
    default = ALL if deployment.behaviours.sees_every_schema else (PUBLIC,)
    declared = {name.name for name in head.tables}
    made = {each for each in head.schemas if each not in base.schemas}
    for key, before, after, named in (
        (
            "schemaFilter",
            fact.base.schemas or default,
            fact.head.schemas or default,
            made,
        ),
        ("tablesFilter", fact.base.tables or ALL, fact.head.tables or ALL, declared),
    ):
        if more := [each for each in opened(before, after) if each not in named]:
            yield _finding(key, more)


def _finding(key: str, patterns: list[str]) -> Finding:
    which = f" matching {', '.join(patterns)}" if patterns != [*ALL] else ""
    where = f" in schemas{which}" if key == "schemaFilter" else which
    return Finding(
        rule=RULE.id,
        subject=Subject(place=key),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=f"every table{where} that no file declares would be deleted",
        safer=(
            (
                "look at what the database has there, declare it or exclude it, and"
                f" widen {key} then"
            ),
        ),
        notes=(f"push manages whatever {key} lets through",),
    )


RULE = Rule(
    id="widen-filter",
    summary="A filter of the config lets through what no file declares",
    page=__doc__,
    judge=judge,
    push=DESTROYS,
    push_1=DESTROYS,
    migrations=None,
)
