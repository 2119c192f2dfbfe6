"""Projects written differently that mean the same: spacing, comments, quotes."""

import random
import re
from collections.abc import Iterator

from schemadiff.typescript.syntax import Trees

_WHOLE = frozenset({"string", "template_string", "regex", "number"})
_WORD = re.compile(r"[\w$]")
_PLAIN = re.compile(r"'[^'\"\\\n]*'\Z")


def reformatted(text: str, dice: random.Random) -> str:
    """Return the same tokens with other blanks, comments and quotes between them."""
    written = ""
    for token in _tokens(text):
        again = token
        if _PLAIN.match(token) and dice.random() < 0.5:
            again = f'"{token[1:-1]}"'
        touches = _WORD.match(written[-1:]) and _WORD.match(again)
        written += _between(written, dice, is_needed=bool(touches)) + again
    return written + "\n"


def _between(written: str, dice: random.Random, *, is_needed: bool) -> str:
    choices = [" ", "  ", "\t"]
    if not written.endswith("?"):  # the grammar fails at a comment in `n? : string`
        choices.append(" /* ; ' ` */ ")
    if written.endswith((",", "{", "(", ";", "[")):
        choices += ["\n", "\n\n  ", " // it's\n", "\r\n"]
    if not is_needed and not written.endswith(("<", ">", "=", "?", "&", "|", "+", "-")):
        choices += ["", ""]
    return dice.choice(choices)


def _tokens(text: str) -> Iterator[str]:
    """Yield the tokens of a file without its comments, texts in one piece."""
    source = Trees().source("a.ts", "", text.encode())
    stack = [source.root]
    while stack:
        each = stack.pop()
        if each.child_count == 0 or each.type in _WHOLE:
            if each.type != "comment" and source.text(each).strip():
                yield source.text(each)
        else:
            stack.extend(reversed(each.children))
