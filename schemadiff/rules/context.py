"""Everything that changes are judged by, besides themselves."""

from collections.abc import Callable
from dataclasses import field

from schemadiff.deploy.assumption import Deploy
from schemadiff.deploy.config_changes import ConfigChange
from schemadiff.deploy.filters import Filters
from schemadiff.migrations.plan import Plan
from schemadiff.model import Schema
from schemadiff.record import record


@record
class Context:
    """The two whole schemas, read only when a rule asks, and the deploy.

    `base` is the schema as the database has it before the deploy. What is read
    already is in `base_read` and `head_read`, which may lack whole tables, but no
    part of a table that they have. The filters are those of the two configs, and
    `config_changes` what else these say differently. `plan` is what the migrations that
    are added would run, where migrations are deployed.
    """

    base: Callable[[], Schema]
    head: Callable[[], Schema]
    deploy: Deploy
    base_filters: Filters = field(default_factory=Filters)
    head_filters: Filters = field(default_factory=Filters)
    base_read: Schema = field(default_factory=Schema)
    head_read: Schema = field(default_factory=Schema)
    plan: Plan = field(default_factory=Plan)
    config_changes: tuple[ConfigChange, ...] = ()
