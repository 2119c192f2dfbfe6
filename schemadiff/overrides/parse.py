"""The grammar of overrides: `RULE:SUBJECT`, several, with or without a reason."""

import difflib
import re
from collections.abc import Iterable, Iterator

from schemadiff.errors import SchemadiffError
from schemadiff.overrides.override import Override

_FORM = 'the form is RULE:SUBJECT, for example "drop-column:clients.email"'
_PIECES = re.compile(r'(?:"(?:[^"]|"")*"|[^,"])+')
_REASON = re.compile("\\s+(?:\N{EM DASH}|\N{EN DASH}|--)\\s+")
_RULE = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]*)(?:\s*:\s*|\s+)(\S.*?)\s*\Z", re.DOTALL)


def parse(text: str, origin: str, rules: Iterable[str]) -> Iterator[Override]:
    """Yield the overrides that `text` holds, separated by commas.

    `rules` are the known rule ids. Raises `SchemadiffError` for an override that
    has another form, names no rule, or uses a wildcard.
    """
    for piece in _PIECES.findall(text):
        if piece.strip():
            yield parse_one(piece, origin, rules)


def parse_one(text: str, origin: str, rules: Iterable[str]) -> Override:
    """Return the one override that `text` is."""
    body, *reason = _REASON.split(text.strip(), maxsplit=1)
    match = _RULE.match(body)
    if match is None:
        raise SchemadiffError(f"{origin}: {text.strip()!r} is not an override", _FORM)
    rule, subject = match.groups()
    known = list(rules)
    if rule not in known:
        near = difflib.get_close_matches(rule, known, n=3)
        raise SchemadiffError(
            f"{origin}: there is no rule {rule!r}",
            f"did you mean {' or '.join(near)}?" if near else "see `schemadiff rules`",
        )
    if "*" in re.sub(r'"(?:[^"]|"")*"', "", subject):
        raise SchemadiffError(
            f"{origin}: {subject!r} holds a wildcard, and every loss must be named",
            _FORM,
        )
    return Override(rule, subject, reason[0].strip() if reason else None, origin)
