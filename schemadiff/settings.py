"""What `schemadiff.toml`, at the repository's root, says."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase

from schemadiff.deploy.assumption import Way
from schemadiff.errors import SchemadiffError
from schemadiff.record import record
from schemadiff.regex import regex
from schemadiff.rules.finding import Severity
from schemadiff.source import Files

PATH = "schemadiff.toml"
OFF = "off"
_SHORT = regex(r"\Arefs/(?:heads|tags)/")


@record
class Settings:
    """The project's own word on how it is to be judged.

    `configs` are paths of Drizzle configs and `schema` paths or patterns of schema
    files, both from the repository's root; what is in `exclude` is no config.
    `ways` and `kit` say how the project deploys. `severities` maps rule ids; None
    switches a rule off. `protect` are patterns of branches, and of tags, on which
    findings are errors; None means every branch. `missing_base` is how bad a remote's
    tip is that is not here. `published` is a pattern for the subjects of the commits
    that a publish leaves, `published_tag` one for tags, which then count instead.
    `strict` makes every warning an error, `lenient` every error a warning, for this
    run.
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
    published_tag: str | None = None
    strict: bool = False
    lenient: bool = False

    def protects(self, refs: Sequence[str]) -> bool:
        """Tell whether findings are errors on one of these refs of a remote.

        Patterns are of names, or of full ones: `refs/tags/v*` means no branch.
        Without `protect` every branch is protected and no tag is.
        """
        if self.protect is None:
            return any(not each.startswith("refs/tags/") for each in refs)
        names = {*refs, *(_SHORT.sub("", each) for each in refs)}
        return any(
            fnmatchcase(name, pattern) for name in names for pattern in self.protect
        )

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
    "drizzle-kit": "a version",
    "rules": '"error", "warning" or "off"',
    "protect": "a list of branch patterns",
    "missing-base": '"error" or "warning"',
    "published": "a pattern for the subjects of the commits that a publish leaves",
    "published-tag": "a pattern for tags",
}
_EXAMPLES = {
    "configs": 'configs = ["apps/api/drizzle.config.ts"]',
    "exclude": 'exclude = ["packages/old/drizzle.config.ts"]',
    "schema": 'schema = ["src/db/schema/*.ts"]',
    "deploy": 'deploy = "push"',
    "drizzle-kit": 'drizzle-kit = "0.31.4"',
    "rules": 'rules.add-unique = "off"',
    "protect": 'protect = ["main", "release/*"]',
    "missing-base": 'missing-base = "warning"',
    "published": 'published = "Published your App"',
    "published-tag": 'published-tag = "v*"',
}


def read_settings(files: Files) -> Settings:
    """Return the settings of a revision; the defaults when it has none.

    Raises `SchemadiffError` for what is not TOML, not known or of another type, and
    for a config that the revision does not have.
    """
    raw = files.read(PATH)
    if raw is None:
        return Settings()
    settings = parse_settings(raw)
    for path in settings.configs:
        if files.entry(path) is None:
            raise SchemadiffError(
                f"{PATH}: configs names {path}, which {files.label} does not have",
                "write paths from the repository's root",
            )
    return settings


def parse_settings(raw: bytes) -> Settings:
    """Return what the text of a `schemadiff.toml` says."""
    import tomllib  # noqa: PLC0415 - only where there is a file

    try:
        text = raw.decode("utf-8-sig")
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SchemadiffError(
            f"{PATH} is not valid TOML: {error}", "see https://toml.io"
        ) from error
    written = _Written(text, document)
    for key in document:
        if key not in _KEYS:
            raise written.unknown("setting", key, _KEYS)
    return Settings(
        configs=written.texts("configs"),
        exclude=written.texts("exclude"),
        schema=written.texts("schema"),
        ways=tuple(Way(each) for each in written.texts("deploy", among=Way)),
        kit=_kit(written),
        severities=_severities(written),
        protect=written.texts("protect") if "protect" in document else None,
        missing_base=Severity(
            written.text("missing-base", among=Severity) or Severity.ERROR
        ),
        published=written.text("published") or Settings().published,
        published_tag=written.text("published-tag"),
    )


class _Written:
    """A document and its text, so that a complaint can name the line."""

    def __init__(self, text: str, document: Mapping[str, object]) -> None:
        self.document = document
        self._lines = text.splitlines()

    def text(self, key: str, among: Iterable[str] = ()) -> str | None:
        """Return a text, one of `among` if there are any; None if there is none."""
        value = self.document.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value:
            raise self.wrong(key)
        if among and value not in [str(each) for each in among]:
            raise self.wrong(key)
        return value

    def texts(self, key: str, among: Iterable[str] = ()) -> tuple[str, ...]:
        """Return a list of texts; one text counts as a list of it."""
        value = self.document.get(key, [])
        values = value if isinstance(value, list) else [value]
        allowed = [str(each) for each in among]
        for each in values:
            if not isinstance(each, str) or not each:
                raise self.wrong(key)
            if allowed and each not in allowed:
                raise self.wrong(key)
        return tuple(values)

    def wrong(self, key: str, name: str | None = None) -> SchemadiffError:
        """Return the complaint that a value is of another kind."""
        place = self._place(name or key)
        what = f"{key}.{name}" if name else key
        return SchemadiffError(
            f"{place}: {what} is not {_KEYS[key]}", f"for example: {_EXAMPLES[key]}"
        )

    def unknown(self, kind: str, name: str, known: Iterable[str]) -> SchemadiffError:
        """Return the complaint that a name means nothing."""
        names = list(known)
        import difflib  # noqa: PLC0415 - only to complain

        near = difflib.get_close_matches(name, names, n=3)
        remedy = f"did you mean {' or '.join(near)}?"
        return SchemadiffError(
            f"{self._place(name)}: there is no {kind} {name!r}",
            remedy if near else f"there are: {', '.join(sorted(names))}",
        )

    def _place(self, name: str) -> str:
        """Return the file with the line that sets `name`, where one plainly does."""
        key = re.compile(rf"""(?:^|[\s.{{,\["'])({re.escape(name)})["']?\s*[=.\]]""")
        for number, line in enumerate(self._lines, 1):
            if key.search(line):
                return f"{PATH}:{number}"
        return PATH


def _kit(written: _Written) -> str | None:
    from schemadiff.deploy.kit_version import kit_version  # noqa: PLC0415 - rarely set

    kit = written.text("drizzle-kit")
    if kit is not None and kit_version(kit) is None:
        raise written.wrong("drizzle-kit")
    return kit


def _severities(written: _Written) -> Mapping[str, Severity | None]:
    rules = written.document.get("rules", {})
    if not isinstance(rules, dict):
        raise written.wrong("rules")
    if not rules:
        return {}
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415 - heavy, rarely used

    known = [rule.id for rule in RULES]
    found: dict[str, Severity | None] = {}
    for rule, value in rules.items():
        if rule not in known:
            raise written.unknown("rule", rule, known)
        if value not in (*map(str, Severity), OFF):
            raise written.wrong("rules", rule)
        found[rule] = None if value == OFF else Severity(value)
    return found
