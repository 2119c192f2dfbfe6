"""The diagnosis for people: what there is, then what is missing and its remedy."""

import textwrap
from collections.abc import Iterator

from schemadiff.doctor.diagnosis import Diagnosis, SeenProject
from schemadiff.git.repository import short
from schemadiff.report.escape import visible

_LABEL = 10
_MANY = 6
_TO_COPY = (" ", "git ", "schemadiff", "pre-commit ", "prek ", "chmod ", "pip ")


def render(diagnosis: Diagnosis, width: int) -> str:
    """Return the diagnosis as text; prose is wrapped at `width`, commands never are."""
    lines = [
        *_about(diagnosis, width),
        *_judged_by(diagnosis, width),
        *_missing(diagnosis, width),
    ]
    return "".join(f"{line}\n" for line in lines)


def _about(found: Diagnosis, width: int) -> Iterator[str]:
    versions, place = found.versions, found.repository
    yield from _field(
        "installed",
        f"schemadiff {versions.schemadiff}, Python {versions.python},"
        f" Git {versions.git}",
        width,
    )
    yield from _field("repository", place.root, width)
    at = f" at {short(place.commit)}" if place.commit else ", no commit yet"
    where = {"work tree": "the work tree", "HEAD": "HEAD", None: "nothing"}
    read = f"read: {where.get(place.files, place.files)}"
    said = f"{place.head or 'HEAD'}{at}; {read}"
    yield from _field("", "; ".join([said, *place.states]), width)
    if found.settings:
        yield from _field("settings", found.settings, width)
    yield from _listed("hooks", _hooks(found), width)
    yield from _field("CI", _ci(found), width)


def _hooks(found: Diagnosis) -> list[str]:
    lines = []
    for hook in found.hooks:
        judging = "judges pushes" if hook.judges else "runs"
        whose = f" ({hook.owner})" if hook.owner != "schemadiff" else ""
        through = [each.path for each in found.tools if each.owner == hook.owner]
        if not hook.judges and through:
            judging += f" what {' and '.join(through)} says"
        lines.append(f"{hook.path}{whose} {judging}")
    for tool in found.tools:
        has = "has schemadiff" if tool.at_push else "has no schemadiff"
        lines.append(f"{tool.path} ({tool.owner}) {has} at pre-push")
    return lines or ["none"]


def _ci(found: Diagnosis) -> str:
    if not found.ci:
        return "no file of a build machine names schemadiff (no fault)"
    return f"{', '.join(found.ci)} names schemadiff"


def _judged_by(found: Diagnosis, width: int) -> Iterator[str]:
    for project in found.projects:
        yield from _listed("project", list(_project(project)), width)
    base = found.base
    if base is not None:
        yield from _field(
            "base", f"{_commit(base.label, base.commit, base.date)}", width
        )
    if found.base_note:
        yield from _field("" if base else "base", found.base_note, width)
    published = found.published
    if published is not None:
        label = published.label.removeprefix("published ")
        said = _commit(label, published.commit, published.date)
        how = "its build is judged first" if found.is_publish_judged else ""
        yield from _field("published", "; ".join(filter(None, (said, how))), width)
    for note in found.notes:
        yield from _field("note", note, width)


def _commit(label: str, commit: str, date: str) -> str:
    where = "" if label == short(commit) else f", {short(commit)}"
    return f"{label}{where} of {date}"


def _project(project: SeenProject) -> Iterator[str]:
    if project.dialect not in (None, "postgresql"):
        yield f"{project.config} is for {project.dialect} and is not judged"
        return
    names = list(project.files[:_MANY])
    if len(project.files) > _MANY:
        names.append(f"and {len(project.files) - _MANY} more")
    tables = f"{project.tables} table{'' if project.tables == 1 else 's'}"
    yield project.config + (f" ({project.source})" if project.source else "")
    files = ", ".join(names) or "no schema file"
    source = f" ({project.files_source})" if project.files_source else ""
    yield f"{files}{source}; {tables}"
    if project.kit:
        yield f"drizzle-kit {project.kit} ({project.kit_source})"
    yield f"deploys by {' and '.join(project.ways)} ({project.evidence})"


def _missing(found: Diagnosis, width: int) -> Iterator[str]:
    for lack in found.lacks:
        yield ""
        yield from _field("missing", lack.what, width)
        for index, line in enumerate(lack.remedy):
            yield from _remedy("" if index else "remedy", line, width)
    yield ""
    count = len(found.lacks)
    said = f"{count} thing{'' if count == 1 else 's'} missing or unreadable"
    last = f"schemadiff: {said if count else 'nothing is missing'}"
    yield from textwrap.wrap(last, width, subsequent_indent="  ")


def _remedy(label: str, line: str, width: int) -> Iterator[str]:
    """Yield what to copy as it is, and what is only said as other prose."""
    if not line or line.startswith(_TO_COPY):
        yield f"{label:>{_LABEL}}  {visible(line)}".rstrip()
    else:
        yield from _field(label, line, width)


def _listed(label: str, texts: list[str], width: int) -> Iterator[str]:
    for index, text in enumerate(texts):
        yield from _field("" if index else label, text, width)


def _field(label: str, text: str, width: int) -> Iterator[str]:
    lines = textwrap.wrap(
        visible(text),
        width - _LABEL - 2,
        break_long_words=False,
        break_on_hyphens=False,
    )
    for index, line in enumerate(lines or [""]):
        yield f"{'' if index else label:>{_LABEL}}  {line}"
