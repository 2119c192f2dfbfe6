"""What a changed type does, for the two rules that speak about it."""

from collections.abc import Iterator

from schemadiff.deploy.casts import Conversion, convert, is_narrowing, is_native
from schemadiff.deploy.postgres_casts import Fate
from schemadiff.deploy.sql_type import SqlType, column_type
from schemadiff.diff.changes import ColumnTypeChanged
from schemadiff.model import Name
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.wording import back_up_column


def narrows(fact: ColumnTypeChanged, deployment: Deployment) -> bool:
    """Tell whether the type only became smaller: `varchar(100)` to `varchar(50)`."""
    base, head = column_type(fact.base), column_type(fact.head)
    if head.is_serial and base.family != head.family:
        return False
    fate = _converted(fact, deployment, using=True).fate
    return is_narrowing(base, head) and fate not in (Fate.SAME, Fate.REWRITTEN)


def objections(
    fact: ColumnTypeChanged, deployment: Deployment, rule: str
) -> Iterator[Finding]:
    """Yield what a changed type does to rows or to the deploy, at its worst."""
    if not deployment.manages(fact.table) or deployment.is_replaced(fact):
        return
    base, head = column_type(fact.base), column_type(fact.head)
    if base == head:
        return
    if deployment.behaviours.truncates_on_type_change:
        yield _truncates(fact, deployment, rule)
        return
    conversion = conversion_of(fact, deployment)
    if fact.head.generated is not None and conversion.fate not in (
        Fate.MAY_FAIL,
        Fate.IMPOSSIBLE,
    ):
        return
    match conversion.fate:
        case Fate.SAME | Fate.TEXT:
            return
        case Fate.REWRITTEN:
            yield _alters(fact, deployment, rule, conversion, Severity.WARNING)
        case Fate.CUT | Fate.MERGED:
            yield _alters(fact, deployment, rule, conversion, Severity.ERROR)
        case Fate.MAY_FAIL:
            yield _fails(fact, deployment, rule, conversion, Severity.WARNING)
        case Fate.IMPOSSIBLE:
            yield _fails(fact, deployment, rule, conversion, Severity.ERROR)


def conversion_of(fact: ColumnTypeChanged, deployment: Deployment) -> Conversion:
    """Return what becomes of the column's values in this deployment."""
    behaviours = deployment.behaviours
    head = column_type(fact.head)
    refused = _refused(fact, deployment) if head.is_serial else None
    if refused:
        return Conversion(Fate.IMPOSSIBLE, refused)
    if (
        head.enum is None
        and not behaviours.names_every_type
        and not is_native(fact.head.type)
    ):
        reason = f'drizzle-kit writes "undefined"."{head.family}" for the new type'
        return Conversion(Fate.IMPOSSIBLE, reason)
    if _default_stays_behind(fact, deployment):
        reason = f"its default cannot become {fact.head.type} by itself"
        return Conversion(Fate.IMPOSSIBLE, reason)
    using = behaviours.converts_with_using and fact.head.generated is None
    return _converted(fact, deployment, using=using)


def _refused(fact: ColumnTypeChanged, deployment: Deployment) -> str | None:
    """Return why the column cannot become serial; None if it can."""
    base, head = column_type(fact.base), column_type(fact.head)
    if not deployment.behaviours.creates_serials:
        return f'type "{head.family}" does not exist'
    if base.is_serial:
        return None
    if fact.base.identity is not None:
        return "the sequence of its identity has the name that serial needs"
    # The default nextval(…) is set while the column still has its old type.
    number = SqlType("bigint")
    taken = convert(number, base, using=False, before=_no_labels, after=_no_labels)
    if taken.fate is Fate.IMPOSSIBLE:
        return f"nextval(…) is no default for {fact.base.type}"
    return None


def _no_labels(_: Name) -> None:
    return None


def _default_stays_behind(fact: ColumnTypeChanged, deployment: Deployment) -> bool:
    """Tell whether the old default must be cast to the new type, and cannot be.

    With `USING`, values are cast explicitly, defaults never are (Postgres manual,
    ALTER TABLE). drizzle-kit 1.0 drops the default of enum columns first; 0.31
    replaces it where the new column, an enum, has one too.
    """
    base, head = column_type(fact.base), column_type(fact.head)
    if fact.base.default is None or fact.head.generated is not None:
        return False
    if head.enum is not None:
        replaced = deployment.behaviours.converts_with_using or fact.head.default
        return base.enum is None and not replaced
    if base.enum is not None or head.is_serial:
        return False
    plain = _converted(fact, deployment, using=False)
    return plain.fate is Fate.IMPOSSIBLE


def _converted(
    fact: ColumnTypeChanged, deployment: Deployment, *, using: bool
) -> Conversion:
    return convert(
        column_type(fact.base),
        column_type(fact.head),
        using=using,
        before=deployment.labels_before,
        after=deployment.labels_after,
    )


def _truncates(fact: ColumnTypeChanged, deployment: Deployment, rule: str) -> Finding:
    emptied = deployment.emptied(fact.table)
    return Finding(
        rule=rule,
        subject=fact.table.subject(fact.base.name),
        effect=Effect.DESTROYS,
        severity=Severity.ERROR,
        message=emptied.message,
        was=fact.base.span,
        now=fact.head.span,
        sql=deployment.sql(fact),
        safer=(
            (
                "upgrade drizzle-kit to 0.31 or later, which changes a type without"
                " emptying the table, or change the type in a migration"
            ),
        ),
        backup=emptied.backup,
        notes=(
            (
                f"drizzle-kit {deployment.behaviours.line} empties a table before it"
                f" changes a type: {shown(fact)}"
            ),
        ),
    )


def shown(fact: ColumnTypeChanged) -> str:
    """Write both types: `text to integer`."""
    return f"{fact.base.type} to {fact.head.type}"


def _alters(
    fact: ColumnTypeChanged,
    deployment: Deployment,
    rule: str,
    conversion: Conversion,
    severity: Severity,
) -> Finding:
    subject = fact.table.subject(fact.base.name)
    return Finding(
        rule=rule,
        subject=subject,
        effect=Effect.ALTERS,
        severity=severity,
        message=f"values of {subject} {conversion.reason}",
        was=fact.base.span,
        now=fact.head.span,
        sql=deployment.sql(fact),
        safer=_beside(fact),
        backup=back_up_column(deployment.table(fact.table), fact.table, fact.base.name),
        notes=(f"the type changes from {shown(fact)}",),
    )


def _fails(
    fact: ColumnTypeChanged,
    deployment: Deployment,
    rule: str,
    conversion: Conversion,
    severity: Severity,
) -> Finding:
    subject = fact.table.subject(fact.base.name)
    if severity is Severity.ERROR:
        message = f"the deploy would fail: {subject} cannot become {fact.head.type}"
        notes = (conversion.reason,)
    else:
        message = f"the deploy would fail on values of {subject} {conversion.reason}"
        notes = (f"the type changes from {shown(fact)}",)
    return Finding(
        rule=rule,
        subject=subject,
        effect=Effect.BREAKS_DEPLOY,
        severity=severity,
        message=message,
        was=fact.base.span,
        now=fact.head.span,
        sql=deployment.sql(fact),
        safer=_beside(fact),
        notes=notes,
    )


def _beside(fact: ColumnTypeChanged) -> tuple[str, ...]:
    return (
        (
            f"add a second column of type {fact.head.type}, fill it from"
            f" {fact.base.name}, and drop {fact.base.name} in a later push"
        ),
    )
