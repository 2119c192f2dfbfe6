"""A config that is gone: drizzle-kit stops before it looks at anything."""

from collections.abc import Iterator

from schemadiff.deploy.assumption import Way
from schemadiff.deploy.config_changes import ConfigDropped
from schemadiff.rules.deployment import Deployment
from schemadiff.rules.failure import Failure
from schemadiff.subject import Subject


def config_needed(fact: ConfigDropped, deployment: Deployment) -> Iterator[Failure]:
    """Yield why a deploy needs its config.

    drizzle-kit ends with "does not exist" and exit code 1. Without `push` it may be
    that the application runs the migrations, which needs none; beside another config
    it may be that no command names this one.
    """
    by_push = deployment.behaviours.way is Way.PUSH
    is_certain = by_push and not fact.others
    cause = f"drizzle-kit finds no config: {fact.path} is gone"
    if not is_certain:
        cause = f"drizzle-kit is run with {fact.path}, which is gone"
    yield Failure(
        Subject(place=fact.path),
        cause,
        "put the config back, or name its new place in schemadiff.toml (configs)",
        was=fact.span,
        is_certain=is_certain,
    )
