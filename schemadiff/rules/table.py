"""The rules as a table: what each says at its worst, by drizzle-kit and way."""

from schemadiff.rules.catalogue import RULES
from schemadiff.rules.rule import Rule, Verdict

_HEAD = (
    "| rule | what it objects to | push, 0.31 | push, 1.0 | migrations |",
    "|---|---|---|---|---|",
)
_NOTE = """Generated from the rules; `python -m schemadiff.rules.table` prints it.

Every rule is shown at its worst: effect and severity. An error blocks the push, a
warning is only shown. Up to 0.30, `drizzle-kit push` also empties a table before
any change of a column's type, and 0.20 before `SET NOT NULL`; both are errors.
"""


def rule_table() -> str:
    """Return the Markdown table of all rules, with a line feed at its end."""
    return "\n".join((*_HEAD, *(_row(each) for each in RULES))) + "\n"


def short_table() -> str:
    """Return the Markdown table of what each rule objects to, for the README."""
    rows = (f"| `{each.id}` | {each.summary} |" for each in RULES)
    return "\n".join(("| rule | what it objects to |", "|---|---|", *rows)) + "\n"


def document() -> str:
    """Return the page that `docs/rules.md` holds."""
    return f"# Rules\n\n{_NOTE}\n{rule_table()}"


def _row(rule: Rule) -> str:
    verdicts = (rule.push, rule.push_1, rule.migrations)
    cells = (f"`{rule.id}`", rule.summary, *map(_cell, verdicts))
    return f"| {' | '.join(cells)} |"


def _cell(verdict: Verdict | None) -> str:
    return str(verdict) if verdict else "none"


if __name__ == "__main__":
    print(document(), end="")  # noqa: T201 -- this is what the command is for
