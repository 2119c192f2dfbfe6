"""Type changes that Postgres refuses because something else reads the column."""

import re
from collections.abc import Iterator

from schemadiff.diff.changes import ColumnTypeChanged
from schemadiff.model import Table, View
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.failure import Failure
from schemadiff.rules.wording import listed


def read_elsewhere(
    fact: ColumnTypeChanged, deployment: Deployment
) -> Iterator[Failure]:
    """Yield views and generated columns that read the column and stay.

    drizzle-kit does not make them anew, and Postgres refuses to change the type
    of a column that they use (`ATPrepAlterColumnType`).
    """
    if not deployment.manages(fact.table) or deployment.is_replaced(fact):
        return
    readers = [
        *(f"the view {view.name}" for view in _views(fact, deployment)),
        *(f"the generated column {name}" for name in _generated(fact, deployment)),
    ]
    if readers:
        subject = fact.table.subject(fact.base.name)
        yield Failure(
            subject,
            f"the type of {subject} cannot change while {listed(readers)}"
            f" {'reads' if len(readers) == 1 else 'read'} it",
            "drop what reads the column in one push, change the type in the next, and"
            " add it again in a third",
            was=fact.base.span,
            now=fact.head.span,
        )


def _views(fact: ColumnTypeChanged, deployment: Deployment) -> Iterator[View]:
    for name, view in deployment.base.views.items():
        head = deployment.head.views.get(name)
        if head is None or view.definition is None or view.existing:
            continue
        made_anew = (
            head.definition != view.definition
            and not deployment.behaviours.ignores_definitions
        )
        if not made_anew and _selects(view.definition, fact):
            yield view


def _selects(definition: str, fact: ColumnTypeChanged) -> bool:
    table, column = f'"{fact.table.name}"', f'"{fact.base.name}"'
    return table in definition and column in definition


def _generated(fact: ColumnTypeChanged, deployment: Deployment) -> Iterator[str]:
    base = deployment.table(fact.table)
    head = deployment.head_table(fact.table)
    for name in _expressions(base, fact.base.name):
        column = head.columns.get(name) if head else None
        if column is not None and column.generated is not None:
            yield name


def _expressions(table: Table | None, name: str) -> Iterator[str]:
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    for column in table.columns.values() if table else ():
        if column.generated is not None and column.name != name:
            unquoted = re.sub(r"'[^']*'", "", column.generated)
            if word.search(unquoted):
                yield column.name
