"""The grammar of overrides: `RULE:SUBJECT`, several, with or without a reason.

Commas separate, but not inside double quotes, and not inside a reason unless what
follows them is an override too.
"""

import re
from collections.abc import Iterator, Sequence

from schemadiff.errors import SchemadiffError
from schemadiff.overrides.override import Override
from schemadiff.regex import regex

_FORM = 'the form is RULE:SUBJECT, for example "drop-column:clients.email"'
_TRAILER_FORM = "the form is Schemadiff-Allow: RULE SUBJECT \N{EM DASH} reason"
PLACEHOLDER = "REASON"
"""What reports print where a person is to write why; no reason by itself."""
_TOKEN = regex(
    r'(?P<quoted>"(?:[^"]|"")*")'
    "|(?P<reason>\\s+(?:\N{EM DASH}|\N{EN DASH}|--)\\s+)"
    "|(?P<comma>,)"
    '|(?P<loose>")'
    "|(?P<plain>.)",
    re.DOTALL,
)
_RULE = regex(r"([A-Za-z][A-Za-z0-9-]*)(?:\s*:\s*|\s+)(\S.*)", re.DOTALL)
_QUOTED = regex(r'"(?:[^"]|"")*"')
_NEXT = regex(r"\s*([a-z0-9]+(?:-[a-z0-9]+)+)(?::(?=\S)|(\s))")


def parse(text: str, origin: str, rules: Sequence[str]) -> Iterator[Override]:
    """Yield the overrides that `text` holds, separated by commas.

    `rules` are the known rule ids, and `origin` says where `text` was said. Raises
    `SchemadiffError` for an override that has another form, names no rule, or
    uses a wildcard.
    """
    yield from _parsed(text, origin, rules, _FORM)


def _parsed(
    text: str, origin: str, rules: Sequence[str], form: str
) -> Iterator[Override]:
    for body, reason in _pieces(text, origin, rules, form):
        if body or reason:
            yield _override(body, reason, origin, rules, form)


def parse_trailer(text: str, origin: str, rules: Sequence[str]) -> Iterator[Override]:
    """Yield what the text of a `Schemadiff-Allow` trailer allows.

    A trailer lasts, so it needs a reason; the last one holds for those before it
    that have none of their own.
    """
    found = list(_parsed(text, origin, rules, _TRAILER_FORM))
    if not found:
        raise SchemadiffError(f"{origin}: it names nothing", _TRAILER_FORM)
    reason = None
    complete = []
    for each in reversed(found):
        reason = each.reason or reason
        if reason in (None, PLACEHOLDER):
            raise SchemadiffError(
                f"{origin}: {each.rule} {each.subject} gives no reason", _TRAILER_FORM
            )
        complete.append(Override(each.rule, each.subject, reason, origin))
    yield from reversed(complete)


def _pieces(
    text: str, origin: str, rules: Sequence[str], form: str
) -> Iterator[tuple[str, str | None]]:
    """Yield each override with its reason, both still as text."""
    body, reason = "", None
    for token in _TOKEN.finditer(text):
        kind, said = token.lastgroup, token.group()
        if kind == "comma" and (reason is None or _begins(text, token.end(), rules)):
            yield body.strip(), reason and reason.strip()
            body, reason = "", None
        elif reason is not None:
            reason += said
        elif kind == "reason":
            reason = ""
        elif kind == "loose":
            raise SchemadiffError(
                f"{origin}: a double quote is not closed in {text.strip()!r}", form
            )
        else:
            body += said
    yield body.strip(), reason and reason.strip()


def _begins(text: str, position: int, rules: Sequence[str]) -> bool:
    """Tell whether an override begins there, rather than more of a reason."""
    match = _NEXT.match(text, position)
    return match is not None and (match[1] in rules or match[2] is None)


def _override(
    body: str, reason: str | None, origin: str, rules: Sequence[str], form: str
) -> Override:
    match = _RULE.fullmatch(body)
    if match is None:
        raise SchemadiffError(f"{origin}: {body!r} is not an override", form)
    rule, subject = match.groups()
    if rule not in rules:
        import difflib  # noqa: PLC0415 - only to complain

        near = difflib.get_close_matches(rule, rules, n=3)
        raise SchemadiffError(
            f"{origin}: there is no rule {rule!r}",
            f"did you mean {' or '.join(near)}?" if near else "see `schemadiff rules`",
        )
    if "*" in _QUOTED.sub("", subject):
        raise SchemadiffError(
            f"{origin}: {subject!r} holds a wildcard, and every loss must be named",
            form,
        )
    return Override(rule, subject, reason or None, origin)
