"""Row-level security policies and roles, with those that packages bring along.

Source: drizzle-orm 0.45.4 `pg-core/policies.js`, `pg-core/roles.js`,
`neon/rls.js`.
"""

from collections.abc import Mapping

from schemadiff.drizzle.sql import Raw, Sql
from schemadiff.drizzle.symbolic import not_known
from schemadiff.drizzle.trouble import NotKnown, Refused
from schemadiff.drizzle.world import Outside, Resolved, Thing, World, argument
from schemadiff.record import record
from schemadiff.typescript.values import (
    NULL,
    UNDEFINED,
    Array,
    Call,
    Host,
    Member,
    Value,
)


@record(eq=False, frozen=False)
class RoleThing(Thing):
    """A role; an existing one is used by name and never made."""

    name: str
    options: Mapping[str, Value]
    made: Call
    existing: bool = False

    def get(self, world: World, member: Member) -> Resolved:
        """Return the role's name."""
        if member.name == "name":
            return self.name
        return Outside(member, f"asks a role for .{member.name}")

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Mark the role as an existing one."""
        if name == "existing":
            self.existing = True
            return self
        return Outside(call, f"calls .{name}() of a role, which is not known")


@record(eq=False, frozen=False)
class PolicyThing(Thing):
    """A policy, and the table it has been linked to, if any."""

    name: Value
    options: Mapping[str, Value]
    made: Call
    linked: Value | Thing = UNDEFINED
    trouble: NotKnown | None = None

    def method(self, world: World, name: str, call: Call) -> Resolved:
        """Link the policy to a table."""
        if name == "link":
            try:
                self.linked = world.argument(call, 0)
            except NotKnown as trouble:
                self.trouble = trouble
            return self
        return Outside(call, f"calls .{name}() of a policy, which is not known")


def _role(world: World, call: Call) -> Resolved:
    name = world.text(argument(call, 0), "a role's name")
    return RoleThing(name, world.options(argument(call, 1)), call)


def _policy(world: World, call: Call) -> Resolved:
    return PolicyThing(argument(call, 0), _policy_options(world, call), call)


def _policy_options(world: World, call: Call) -> Mapping[str, Value]:
    given = world.resolve(argument(call, 1))
    if given is NULL:
        return {}
    return world.options(argument(call, 1))


def role_names(world: World, to: Value) -> list[str]:
    """Return the names of the roles that a policy is for, in the given order."""
    found = world.certain(to)
    if isinstance(found, RoleThing):
        return [found.name]
    if isinstance(found, str):
        return [found] if found else ["public"]
    if isinstance(found, Array):
        for hole in found.holes:
            raise NotKnown.because(hole)
        return [name for item in found.items for name in role_names(world, item)]
    if found is UNDEFINED or found is NULL:
        return ["public"]
    raise not_known(to, "is not a role")


def _crud(world: World, call: Call) -> Resolved:
    options = world.options(argument(call, 0))
    role = options.get("role", UNDEFINED)
    names = "-".join(role_names(world, role))
    read = _condition(world, options.get("read", UNDEFINED), "read", call)
    modify = _condition(world, options.get("modify", UNDEFINED), "modify", call)
    policies: list[Value] = []

    def add(command: str, **conditions: Sql | None) -> None:
        given = {key: Host(each) for key, each in conditions.items() if each}
        if given:
            settings: dict[str, Value] = {"for": command, "to": role, **given}
            name = f"crud-{names}-policy-{command}"
            policies.append(Host(PolicyThing(name, settings, call)))

    add("select", using=read)
    add("insert", withCheck=modify)
    add("update", using=modify, withCheck=modify)
    add("delete", using=modify)
    return Array(policies, call.span)


def _condition(world: World, value: Value, side: str, call: Call) -> Sql | None:
    found = world.resolve(value)
    if found is UNDEFINED:
        raise Refused(f"crudPolicy requires a {side} policy", call.span)
    if found is NULL:
        return None
    if isinstance(found, bool):
        return Sql([Raw("true" if found else "false")], call.span)
    if isinstance(found, Sql):
        return found
    raise not_known(value, "is not a condition")


def _neon_auth_uid(world: World, call: Call) -> Resolved:
    before, after = Raw("(select auth.user_id() = "), Raw(")")
    return Sql([before, argument(call, 0), after], call.span)


MAKERS = {
    "pgRole": _role,
    "pgPolicy": _policy,
    "neon.crudPolicy": _crud,
    "crudPolicy": _crud,
    "neon.authUid": _neon_auth_uid,
}
