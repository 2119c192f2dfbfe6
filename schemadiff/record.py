"""Frozen values that cost next to nothing to declare.

`@record` is `@dataclass(frozen=True, slots=True)` without generated source code. A
frozen dataclass with slots takes half a millisecond to declare, and there are so
many that they were a fifth of the time of a whole push. Type checkers treat the
two alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, field
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")


class _Fields(NamedTuple):
    """What a record knows of its fields, those of its bases first."""

    names: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = MappingProxyType({})
    factories: Mapping[str, Callable[[], Any]] = MappingProxyType({})
    compared: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@overload
def record(cls: type[T]) -> type[T]: ...
@overload
def record(*, eq: bool = True, frozen: bool = True) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: Any = None, *, eq: bool = True, frozen: bool = True) -> Any:
    """Make a class with annotations a value with slots, frozen unless said otherwise.

    Records are equal when they have the same class and equal fields;
    `field(compare=False)` leaves one out. Without `eq` each equals itself alone. What
    is neither frozen nor without `eq` cannot be hashed.
    """
    if cls is None:
        return lambda made: _made(made, eq=eq, frozen=frozen)
    return _made(cls, eq=eq, frozen=frozen)


def _made(cls: type[T], *, eq: bool, frozen: bool) -> type[T]:
    own = tuple(cls.__annotations__)
    namespace = dict(cls.__dict__)
    fields = _fields(cls, own, namespace)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    methods: dict[str, Any] = {
        "__init__": _init(cls.__name__, fields),
        "__repr__": _repr(fields.shown),
    }
    if eq:
        values = _values(fields.compared)
        methods["__eq__"] = _eq(values)
        methods["__hash__"] = _hash(values) if frozen else None
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        namespace.setdefault(name, method)
    namespace["__slots__"] = own
    namespace["__match_args__"] = fields.names
    namespace["__record__"] = fields
    namespace["__qualname__"] = cls.__qualname__
    made: type[T] = type(cls.__name__, cls.__bases__, namespace)
    return made


def _fields(
    cls: type[object], own: tuple[str, ...], namespace: dict[str, Any]
) -> _Fields:
    above: _Fields = getattr(cls, "__record__", _Fields())
    defaults, factories = dict(above.defaults), dict(above.factories)
    compared, shown = list(above.compared), list(above.shown)
    for name in own:
        given = namespace.pop(name, MISSING)
        is_field = isinstance(given, Field)
        if is_field and given.default_factory is not MISSING:
            factories[name] = given.default_factory
        elif (default := given.default if is_field else given) is not MISSING:
            defaults[name] = default
        if not is_field or given.compare:
            compared.append(name)
        if not is_field or given.repr:
            shown.append(name)
    names = (*above.names, *own)
    return _Fields(names, defaults, factories, tuple(compared), tuple(shown))


def replace(value: T, **changes: object) -> T:
    """Return `value` with some fields changed."""
    names: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined]
    kept = {name: getattr(value, name) for name in names if name not in changes}
    return type(value)(**kept, **changes)


def _init(owner: str, fields: _Fields) -> Callable[..., None]:
    store = object.__setattr__
    names, defaults, factories, *_ = fields
    known = frozenset(names)
    count = len(names)

    def init(self: object, *given: object, **named: object) -> None:
        if len(given) == count and not named:
            for name, value in zip(names, given, strict=True):
                store(self, name, value)
            return
        if len(given) > count or not known.issuperset(named):
            raise TypeError(f"{owner} takes {', '.join(names)}")
        for name, value in zip(names, given, strict=False):
            if name in named:
                raise TypeError(f"{owner} got {name} twice")
            store(self, name, value)
        for name in names[len(given) :]:
            if name in named:
                store(self, name, named[name])
            elif name in defaults:
                store(self, name, defaults[name])
            elif name in factories:
                store(self, name, factories[name]())
            else:
                raise TypeError(f"{owner} needs {name}")

    return init


def _values(names: tuple[str, ...]) -> Callable[[object], object]:
    return attrgetter(*names) if names else lambda _: ()


def _eq(values: Callable[[object], object]) -> Callable[[object, object], bool]:
    def eq(self: object, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return False
        return self is other or bool(values(self) == values(other))

    return eq


def _hash(values: Callable[[object], object]) -> Callable[[object], int]:
    return lambda self: hash(values(self))


def _repr(names: tuple[str, ...]) -> Callable[[object], str]:
    def text(self: object) -> str:
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({parts})"

    return text


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot change")
