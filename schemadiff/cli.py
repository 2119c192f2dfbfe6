"""The command line: arguments and exit codes, and nothing heavy before it is needed."""

import gc
import os
import sys
from collections.abc import Sequence

from schemadiff import __version__
from schemadiff.arguments import read_arguments
from schemadiff.errors import SchemadiffError
from schemadiff.report.formats import TEXT

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from typing import NoReturn

    from schemadiff.arguments import Parsed
    from schemadiff.git.comparison import Comparison
    from schemadiff.git.repository import Repository

_PUBLISHED = "published"
_APOLOGY = """\
schemadiff {version} failed, and this is its own fault, not yours. Sorry.

  {kind}: {error}

Nothing was judged. To push anyway: git push --no-verify
Please report it with the lines above, `schemadiff --version`, and what was pushed.
Set SCHEMADIFF_TRACEBACK=1 to see where it failed.
"""


def command() -> "NoReturn":
    """Run schemadiff as this process, and end it."""
    # Everything that is made is needed until the end, which comes soon; taking it all
    # apart then would take a tenth of the whole time.
    gc.disable()
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run schemadiff and return its exit code."""
    _make_output_safe()
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except SchemadiffError as error:
        _complain(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SCHEMADIFF_TRACEBACK"):
            raise
        _apologize(error)
        return 3


def _make_output_safe() -> None:
    """Write what a terminal's encoding lacks with escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _say(text: str) -> None:
    """Print, unless nobody reads any more, which changes no verdict."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes once more at the end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(error: SchemadiffError) -> None:
    from schemadiff.report.escape import visible  # noqa: PLC0415 - only to complain

    sys.stdout.flush()
    sys.stderr.write(f"schemadiff: {visible(error.message)}\n")
    if error.remedy:
        sys.stderr.write(f"  {visible(error.remedy)}\n")


def _apologize(error: Exception) -> None:
    from schemadiff.report.escape import visible  # noqa: PLC0415 - only to complain

    kind = type(error).__name__
    said = visible(str(error), newlines=True)
    sys.stderr.write(_APOLOGY.format(version=__version__, kind=kind, error=said))


def _run(arguments: Sequence[str]) -> int:
    parsed = read_arguments(arguments)
    commands = {
        "check": _check,
        "pre-push": _pre_push,
        "rules": _rules,
        "explain": _explain,
        "schema": _schema,
        "install": _install,
        "uninstall": _uninstall,
        "doctor": _doctor,
    }
    return commands[parsed.command](parsed)


def _check(parsed: "Parsed") -> int:
    from schemadiff.git.environment import is_commit_hook, is_push  # noqa: PLC0415

    explicit = parsed.base is not None or parsed.head is not None
    if not explicit and is_commit_hook(os.environ):
        return 0
    from schemadiff.git.repository import Repository  # noqa: PLC0415
    from schemadiff.judgement import ALLOW, Request, judge_all  # noqa: PLC0415

    is_here = parsed.head in (None, "HEAD") and not is_push(os.environ)
    repository = Repository.begin(config=ALLOW, place=is_here)
    try:
        usual = not (explicit or parsed.strict or parsed.format != TEXT)
        if usual and _judged_earlier(repository):
            return 0
        found = _comparisons(repository, parsed.base, parsed.head)
        request = Request(
            os.environ,
            allow=parsed.allow,
            strict=parsed.strict,
            renderer=parsed.format,
            looks_at_work_tree=is_here,
        )
        code, text = judge_all(repository, found, request)
    finally:
        repository.close()
    _say(text)
    return code


def _judged_earlier(repository: "Repository") -> bool:
    """Tell, and say, whether another hook of ours has judged this very push."""
    if os.environ.get("PRE_COMMIT") != "1":
        return False
    from schemadiff.install.earlier import judged_earlier  # noqa: PLC0415 - quiet path
    from schemadiff.report.escape import visible  # noqa: PLC0415

    hook = judged_earlier(repository, os.environ)
    if hook is not None:
        _say(f"schemadiff: judged by {visible(hook.name)}, which ran before\n")
    return hook is not None


def _comparisons(
    repository: "Repository", base: str | None, head: str | None
) -> "list[Comparison]":
    if base == _PUBLISHED:
        from schemadiff.published import since_published  # noqa: PLC0415

        repository.opened()
        return [since_published(repository, head)]
    from schemadiff.deployed import checked  # noqa: PLC0415

    return checked(repository, base, head, os.environ)


def _pre_push(parsed: "Parsed") -> int:
    from schemadiff.git.repository import Repository  # noqa: PLC0415
    from schemadiff.judgement import ALLOW, Request, judge_all  # noqa: PLC0415

    given = sys.stdin.buffer.read()
    repository = Repository.begin(config=ALLOW)
    try:
        from schemadiff.deployed import (  # noqa: PLC0415
            deployed_refs,
            judged_refs,
            unfetched_blocks,
        )
        from schemadiff.git.pushes import (  # noqa: PLC0415
            lines_of,
            push_comparisons,
            updates,
        )

        repository.opened()
        lines = lines_of(given)
        heads = {each.remote_ref: each.local_oid for each in updates(lines)}
        found = push_comparisons(
            repository,
            parsed.remote,
            parsed.url or parsed.remote,
            lines,
            judged_refs(repository, heads),
            deployed_refs(repository),
            unfetched_blocks=unfetched_blocks(repository, heads.values()),
        )
        request = Request(
            os.environ,
            allow=parsed.allow,
            strict=parsed.strict,
            renderer=parsed.format,
        )
        code, text = judge_all(repository, found, request)
    finally:
        repository.close()
    _say(text)
    return code


def _rules(parsed: "Parsed") -> int:  # noqa: ARG001 - takes no arguments
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415 - quiet path

    width = max(len(rule.id) for rule in RULES)
    _say("".join(f"{rule.id:<{width}}  {rule.summary}\n" for rule in RULES))
    return 0


def _explain(parsed: "Parsed") -> int:
    import difflib  # noqa: PLC0415 - quiet path

    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415

    pages = {rule.id: rule.page for rule in RULES}
    if parsed.rule not in pages:
        near = difflib.get_close_matches(parsed.rule, pages, n=3)
        remedy = f"did you mean {' or '.join(near)}?" if near else None
        raise SchemadiffError(
            f"there is no rule {parsed.rule!r}", remedy or "see `schemadiff rules`"
        )
    _say(f"# {parsed.rule}\n\n{pages[parsed.rule].strip()}\n")
    return 0


def _schema(parsed: "Parsed") -> int:
    from schemadiff.understood import shown_schema  # noqa: PLC0415 - quiet path

    code, text = shown_schema(parsed.revision, parsed.config, parsed.format)
    _say(text)
    return code


def _install(parsed: "Parsed") -> int:
    from schemadiff.git.repository import Repository  # noqa: PLC0415 - quiet path
    from schemadiff.install.installing import install  # noqa: PLC0415
    from schemadiff.install.replit import install_replit  # noqa: PLC0415

    repository = Repository.open()
    try:
        if parsed.replit:
            done = install_replit(repository.work_tree)
        else:
            done = install(repository, force=parsed.force)
    finally:
        repository.close()
    _say(done.text)
    return done.code


def _uninstall(parsed: "Parsed") -> int:
    from schemadiff.git.repository import Repository  # noqa: PLC0415 - quiet path
    from schemadiff.install.uninstalling import uninstall  # noqa: PLC0415

    repository = Repository.open()
    try:
        done = uninstall(repository, force=parsed.force)
    finally:
        repository.close()
    _say(done.text)
    return done.code


def _doctor(parsed: "Parsed") -> int:
    from schemadiff.doctor import json, text  # noqa: PLC0415 - quiet path
    from schemadiff.doctor.examining import examine  # noqa: PLC0415
    from schemadiff.git.repository import Repository  # noqa: PLC0415
    from schemadiff.report.terminal import style_of  # noqa: PLC0415

    repository = Repository.open()
    try:
        found = examine(repository, os.environ)
    finally:
        repository.close()
    width = style_of(sys.stdout, os.environ).width
    _say(json.render(found) if parsed.json else text.render(found, width))
    return found.code


if __name__ == "__main__":
    command()
