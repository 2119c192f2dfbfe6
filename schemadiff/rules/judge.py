"""Judge every change as the deploy would carry it out."""

from collections.abc import Iterator, Sequence

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.behaviours import Behaviours, possible
from schemadiff.deploy.filters import FiltersChanged
from schemadiff.deploy.kit_version import kit_version
from schemadiff.diff.changes import Change
from schemadiff.record import replace
from schemadiff.rules.catalogue import rules_for
from schemadiff.rules.context import Context
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.finding import Effect, Finding, Severity
from schemadiff.rules.rule import Fact

_HARM = (
    Effect.EXPOSES,
    Effect.BREAKS_DEPLOY,
    Effect.UNREADABLE,
    Effect.ALTERS,
    Effect.DESTROYS,
)


def judge(changes: Sequence[Change], context: Context) -> tuple[Finding, ...]:
    """Return every objection, one per rule and subject, in the order of changes.

    Where the project may deploy in several ways, or its drizzle-kit may behave
    in several, each is judged and the worst stands.
    """
    worst: dict[tuple[str, str], Finding] = {}
    for way in context.deploy.ways:
        for behaviours in possible(context.deploy.kit, way):
            deployment = _deployment(changes, context, behaviours)
            for found in (*_findings(deployment), *_objections(deployment)):
                finding = _with_assumptions(found, deployment)
                key = finding.rule, str(finding.subject)
                known = worst.get(key)
                if known is None or _harm(finding) > _harm(known):
                    worst[key] = finding
    return tuple(worst.values())


def _deployment(
    changes: Sequence[Change], context: Context, behaviours: Behaviours
) -> Deployment:
    """Return the deploy of what is left to do: migrations may plan a change."""
    if behaviours.way is Way.MIGRATIONS and context.plan.files:
        from schemadiff.rules.planned import carried_out, unplanned  # noqa: PLC0415

        rest = unplanned(changes, context.plan, behaviours)
        changes = (*rest, *carried_out((*changes, *rest), context, behaviours))
    return Deployment(changes, context, behaviours)


def _findings(deployment: Deployment) -> Iterator[Finding]:
    context = deployment.context
    facts: list[Fact] = [*deployment.changes, *context.config_changes]
    if context.base_filters != context.head_filters:
        facts.append(FiltersChanged(context.base_filters, context.head_filters))
    for fact in facts:
        for rule in rules_for(fact):
            for finding in rule.judge(fact, deployment):
                yield _placed(finding, deployment)


def _placed(finding: Finding, deployment: Deployment) -> Finding:
    if not deployment.context.plan.files:
        return finding
    from schemadiff.rules.objections import (  # noqa: PLC0415 - for migrations only
        at_its_statement,
        not_performed,
    )

    if deployment.behaviours.way is Way.MIGRATIONS:
        return at_its_statement(finding, deployment)
    return not_performed(finding, deployment)


def _objections(deployment: Deployment) -> Iterator[Finding]:
    if deployment.behaviours.way is Way.MIGRATIONS:
        from schemadiff.rules.objections import objections  # noqa: PLC0415 - few deploy so

        yield from objections(deployment)


def _with_assumptions(finding: Finding, deployment: Deployment) -> Finding:
    """Say which of several possible deploys a finding is about."""
    deploy, behaviours = deployment.context.deploy, deployment.behaviours
    notes = []
    if kit_version(deploy.kit) is None:
        notes.append(
            f"as drizzle-kit {behaviours.line} does it: which version the project runs"
            " is not known"
        )
    if len(deploy.ways) > 1:
        notes.append(f"where the deploy is by {behaviours.way}")
    return replace(finding, notes=(*finding.notes, *notes)) if notes else finding


def _harm(finding: Finding) -> tuple[bool, int]:
    return finding.severity is Severity.ERROR, _HARM.index(finding.effect)
