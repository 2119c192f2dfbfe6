"""What commits say: words that allow something, and what was published."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import NamedTuple

from schemadiff.git.comparison import Revision
from schemadiff.git.repository import Repository, short
from schemadiff.regex import regex

TRAILER = "Schemadiff-Allow"
_BROKEN = regex(r"[ \t]*\n[ \t]*")


class Trailer(NamedTuple):
    """The text after one trailer's colon, and the commit and person that say it."""

    commit: str
    author: str
    text: str


def trailers(
    repository: Repository, base: str | None, head: str, key: str
) -> list[Trailer]:
    """Return the trailers of the commits in head but not in base, oldest first.

    `key` is what stands before the colon: letters and hyphens.
    A squash merge puts whole messages into one, so a line counts wherever it stands
    in a message, also indented or behind a list mark; lines that are indented further
    continue it.
    """
    near = repository.line_between(base, head) if base else None
    if near is not None and not any(key.lower().encode() in c.lower() for c in near):
        return []
    excluded = [f"^{base}"] if base else []
    parts = repository.commands.run(
        "rev-list", "--reverse", "--encoding=UTF-8", "--regexp-ignore-case",
        "--extended-regexp", f"--grep=^[[:blank:]*+-]*{key}[[:blank:]]*:",
        "--format=%x00%H%x00%an <%ae>%x00%B%x00", head, *excluded, "--",
    ).text.split("\0")  # fmt: skip
    line = re.compile(
        rf"^([ \t]*)[ \t*+-]*{key}[ \t]*:[ \t]*(.*(?:\n\1[ \t]+\S.*)*)",
        re.IGNORECASE | re.MULTILINE,
    )
    return [
        Trailer(commit, author, _BROKEN.sub(" ", said).strip())
        for commit, author, message in zip(
            parts[1::4], parts[2::4], parts[3::4], strict=True
        )
        for _, said in line.findall(message.replace("\r\n", "\n"))
    ]


def is_cut_off(repository: Repository, base: str, head: str) -> bool:
    """Tell whether a shallow clone lacks commits between `base` and `head`."""
    if not repository.is_shallow():
        return False
    roots = repository.commands.run(
        "rev-list", "--max-parents=0", head, f"^{base}", "--"
    ).text.split()
    return any(set(repository.parents(each)) - {base} for each in roots)


def published(
    repository: Repository, head: str, subject: str, *, with_head: bool = False
) -> Iterator[Revision]:
    """Yield the commits before `head` with such a subject, newest first.

    `with_head` begins at `head` itself, for what is not committed yet.
    `subject` is a shell pattern for the whole first line; only the line of first
    parents is looked at, which is what was published.
    """
    skipped = 0 if with_head else 1
    lines = repository.commands.lines(
        "rev-list", "--first-parent", f"--skip={skipped}", "--encoding=UTF-8",
        "--format=%H %s", head, "--",
    )  # fmt: skip
    for line in lines:
        commit, _, said = line.decode("utf-8", "surrogateescape").partition(" ")
        if commit != "commit" and fnmatchcase(said, subject):  # Git heads each with one
            yield Revision(commit, short(commit))


def tagged(
    repository: Repository, head: str, name: str, *, with_head: bool = False
) -> Iterator[Revision]:
    """Yield the commits before `head` that a tag of such a name marks, newest first.

    `with_head` counts `head` itself too, for what is not committed yet.
    `name` is a shell pattern, such as `v*`. Newest is by the tag's date.
    """
    answer = repository.commands.run(
        "for-each-ref", f"--merged={head}", "--sort=-creatordate",
        "--format=%(refname)", "refs/tags/",
    )  # fmt: skip
    for ref in answer.text.split("\n"):
        tag = ref.removeprefix("refs/tags/")
        if tag and fnmatchcase(tag, name):
            commit = repository.resolve(ref)
            if commit and (with_head or commit != head):
                yield Revision(commit, tag)
