"""The ready-made objects of `drizzle-orm/neon` and `drizzle-orm/supabase`.

Source: drizzle-orm 0.45.4 `neon/rls.js`, `neon/neon-auth.js`, `supabase/rls.js`.
"""

from collections.abc import Callable, Iterator, Mapping

from schemadiff.drizzle.sql import Raw, Sql
from schemadiff.drizzle.world import Resolved, Thing, World
from schemadiff.source import Span
from schemadiff.typescript.values import (
    Array,
    Call,
    Member,
    Moment,
    Object,
    Property,
    Symbol,
    Value,
)

_SPAN = Span("drizzle-orm", 1, 1, 0, 0)
_MOMENT = Moment("drizzle-orm", 0, 0)


def _made(name: str, *arguments: Value) -> Call:
    return Call(Symbol("drizzle-orm/pg-core", name), arguments, _SPAN, _MOMENT)


def _then(value: Value, name: str, *arguments: Value) -> Call:
    return Call(Member(value, name, _SPAN), arguments, _SPAN, _MOMENT)


def _object(**values: Value) -> Object:
    return Object({key: Property(each, _SPAN) for key, each in values.items()}, _SPAN)


def _table(schema: str, table: str, columns: Object) -> Call:
    return _then(_made("pgSchema", schema), "table", table, columns)


def _zoned(name: str) -> Call:
    return _made("timestamp", name, _object(withTimezone=True))


def _auth_users() -> Call:
    key = _then(_then(_made("uuid"), "primaryKey"), "notNull")
    return _table(
        "auth",
        "users",
        _object(
            id=key,
            email=_made("varchar", _object(length=255.0)),
            phone=_then(_made("text"), "unique"),
            emailConfirmedAt=_zoned("email_confirmed_at"),
            phoneConfirmedAt=_zoned("phone_confirmed_at"),
            lastSignInAt=_zoned("last_sign_in_at"),
            createdAt=_zoned("created_at"),
            updatedAt=_zoned("updated_at"),
        ),
    )


def _realtime_messages() -> Call:
    events: list[Value] = ["presence", "broadcast", "postgres_changes"]
    extension = _made("text", _object(enum=Array(events, _SPAN)))
    return _table(
        "realtime",
        "messages",
        _object(
            id=_then(_made("bigserial", _object(mode="bigint")), "primaryKey"),
            topic=_then(_made("text"), "notNull"),
            extension=_then(extension, "notNull"),
        ),
    )


def _users_sync() -> Call:
    return _table(
        "neon_auth",
        "users_sync",
        _object(
            rawJson=_then(_made("jsonb", "raw_json"), "notNull"),
            id=_then(_then(_made("text"), "primaryKey"), "notNull"),
            name=_made("text"),
            email=_made("text"),
            createdAt=_zoned("created_at"),
            deletedAt=_zoned("deleted_at"),
            updatedAt=_zoned("updated_at"),
        ),
    )


def _role(name: str) -> Callable[[World], Resolved]:
    return _value(lambda: _then(_made("pgRole", name), "existing"))


def _value(make: Callable[[], Call]) -> Callable[[World], Resolved]:
    return lambda world: world.resolve(make())


def _fragment(text: str) -> Callable[[World], Resolved]:
    return lambda world: Sql([Raw(text)])  # noqa: ARG005


CONSTANTS: Mapping[str, Callable[[World], Resolved]] = {
    "neon.authenticatedRole": _role("authenticated"),
    "neon.anonymousRole": _role("anonymous"),
    "neon.usersSync": _value(_users_sync),
    "supabase.anonRole": _role("anon"),
    "supabase.authenticatedRole": _role("authenticated"),
    "supabase.serviceRole": _role("service_role"),
    "supabase.postgresRole": _role("postgres_role"),
    "supabase.supabaseAuthAdminRole": _role("supabase_auth_admin"),
    "supabase.authUsers": _value(_auth_users),
    "supabase.realtimeMessages": _value(_realtime_messages),
    "supabase.authUid": _fragment("(select auth.uid())"),
    "supabase.realtimeTopic": _fragment("realtime.topic()"),
}
"""What the packages export, by package and name."""


def ready_made(world: World, package: str) -> Iterator[Thing]:
    """Yield every ready-made object that `package` exports."""
    prefix = package.rsplit("/", 1)[-1] + "."
    for name in CONSTANTS:
        if name.startswith(prefix):
            found = world.resolve(Symbol(package, name.removeprefix(prefix)))
            if isinstance(found, Thing):
                yield found
