"""What `schemadiff.toml`, at the repository's root, says."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schemadiff.deploy.assumption import Way
from schemadiff.errors import SchemadiffError
from schemadiff.rules.finding import Severity
from schemadiff.source import Files

PATH = "schemadiff.toml"
OFF = "off"


@dataclass(frozen=True, slots=True)
class Settings:
    """The project's own word on how it is to be judged.

    `configs` are paths of Drizzle configs and `schema` paths or patterns of schema
    files, both from the repository's root; what is in `exclude` is no config.
    `ways` and `kit` say how the project deploys. `severities` maps rule ids; None
    switches a rule off. `protect` are patterns of branches, and of tags, on which
    findings are errors; None means every branch. `strict` makes every warning an
    error, `lenient` every error a warning, for this run.
    """

    configs: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    schema: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    kit: str | None = None
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    protect: tuple[str, ...] | None = None
    missing_base: Severity = Severity.ERROR
    published: str = "Published your App"
    strict: bool = False
    lenient: bool = False

    def severity(self, rule: str, default: Severity) -> Severity | None:
        """Return how a finding counts; None when its rule is switched off."""
        chosen = self.severities.get(rule, default)
        if chosen is None:
            return None
        if self.lenient:
            return Severity.WARNING
        return Severity.ERROR if self.strict else chosen


_KEYS = {
    "configs": "a list of paths",
    "exclude": "a list of paths",
    "schema": "a list of paths or patterns",
    "deploy": '"push", "migrations" or a list of both',
    "drizzle-kit": 'a version such as "0.31.4"',
    "rules": 'a table of rule = "error", "warning" or "off"',
    "protect": "a list of branch patterns",
    "missing-base": '"error" or "warning"',
    "published": "the subject of the commits that a publish leaves, or a tag pattern",
}


def read_settings(files: Files) -> Settings:
    """Return the settings of a revision; the defaults when it has none.

    Raises `SchemadiffError` for what is not TOML, not known or of another type.
    """
    raw = files.read(PATH)
    return Settings() if raw is None else parse_settings(raw)


def parse_settings(raw: bytes) -> Settings:
    """Return what the text of a `schemadiff.toml` says."""
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        document = tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemadiffError(f"{PATH} is not valid TOML: {error}") from error
    for key in document:
        if key not in _KEYS:
            raise _unknown("setting", key, _KEYS)
    ways = _texts(document, "deploy")
    for way in ways:
        if way not in Way.__members__.values():
            raise _wrong("deploy")
    kit = document.get("drizzle-kit")
    if kit is not None and not isinstance(kit, str):
        raise _wrong("drizzle-kit")
    protect = _texts(document, "protect") if "protect" in document else None
    return Settings(
        configs=_texts(document, "configs"),
        exclude=_texts(document, "exclude"),
        schema=_texts(document, "schema"),
        ways=tuple(Way(each) for each in ways),
        kit=kit,
        severities=_severities(document.get("rules", {})),
        protect=protect,
        missing_base=_missing_base(document),
        published=_published(document),
    )


def _texts(document: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = document.get(key, [])
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise _wrong(key)
    texts = [each for each in values if isinstance(each, str)]
    if len(texts) != len(values):
        raise _wrong(key)
    return tuple(texts)


def _severities(rules: object) -> Mapping[str, Severity | None]:
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415 - heavy, rarely used

    if not isinstance(rules, dict):
        raise _wrong("rules")
    known = [rule.id for rule in RULES]
    found: dict[str, Severity | None] = {}
    for rule, value in rules.items():
        if rule not in known:
            raise _unknown("rule", rule, known)
        if value not in (*Severity.__members__.values(), OFF):
            raise _wrong("rules")
        found[rule] = None if value == OFF else Severity(value)
    return found


def _missing_base(document: Mapping[str, object]) -> Severity:
    value = document.get("missing-base", Severity.ERROR)
    if value not in Severity.__members__.values():
        raise _wrong("missing-base")
    return Severity(str(value))


def _published(document: Mapping[str, object]) -> str:
    value = document.get("published", Settings().published)
    if not isinstance(value, str):
        raise _wrong("published")
    return value


def _wrong(key: str) -> SchemadiffError:
    return SchemadiffError(f"{PATH}: {key} must be {_KEYS[key]}")


def _unknown(kind: str, name: str, known: Iterable[str]) -> SchemadiffError:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3)
    remedy = f"did you mean {' or '.join(near)}?" if near else ", ".join(sorted(names))
    return SchemadiffError(f"{PATH}: there is no {kind} {name!r}", remedy)
