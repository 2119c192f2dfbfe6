"""The command line: arguments and exit codes, and nothing heavy before it is needed."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence

from schemadiff import __version__
from schemadiff.errors import SchemadiffError
from schemadiff.report.formats import FORMATS, TEXT

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from schemadiff.git.comparison import Comparison
    from schemadiff.git.repository import Repository

_EPILOG = """\
exit codes:
  0    nothing blocks
  1    an error finding that nobody allowed
  2    could not judge: bad arguments, unknown revision, bad settings, missing objects
  3    a bug of schemadiff
  130  interrupted

examples:
  schemadiff check                          HEAD against what was pushed before
  schemadiff check --base main --head HEAD  any two revisions
  schemadiff check --format github          annotations in a GitHub workflow
  schemadiff explain drop-column            what a rule objects to, and the safe way
  git -c schemadiff.allow="drop-column:clients.email" push
                                            push with one named finding allowed
"""
_APOLOGY = """\
schemadiff {version} failed, and this is its own fault, not yours. Sorry.

  {kind}: {error}

Nothing was judged. To push anyway: git push --no-verify
Please report it with the lines above, `schemadiff --version`, and what was pushed.
Set SCHEMADIFF_TRACEBACK=1 to see where it failed.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run schemadiff and return its exit code."""
    # Everything that is made is needed until the end, which comes soon.
    gc.disable()
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
    parsed = _parser().parse_args(arguments)
    commands = {
        "check": _check,
        "pre-push": _pre_push,
        "rules": _rules,
        "explain": _explain,
        "schema": _schema,
    }
    return commands[parsed.command](parsed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="schemadiff",
        description="Stops a push whose deploy would destroy data in a Drizzle"
        " Postgres database.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="judge what changed between two revisions",
        description="Compare two revisions; by default HEAD with what was pushed"
        " before. Hooks and CI call this.",
        allow_abbrev=False,
    )
    check.add_argument(
        "--base",
        metavar="REVISION",
        help="what is deployed; `published` is the last publish (default: what was"
        " pushed before)",
    )
    check.add_argument(
        "--head",
        metavar="REVISION",
        help="what is judged; also WORKTREE or INDEX (default: HEAD)",
    )
    _add_judging(check)
    push = commands.add_parser(
        "pre-push",
        help="judge a push, as Git's pre-push hook",
        description="Read Git's pre-push lines from standard input.",
        allow_abbrev=False,
    )
    push.add_argument("remote", help="the remote's name, as Git passes it")
    push.add_argument("url", nargs="?", default="", help="the remote's URL")
    _add_judging(push)
    commands.add_parser("rules", help="list the rules")
    explain = commands.add_parser(
        "explain",
        help="show a rule's page: what it objects to, why, and the safe way",
        allow_abbrev=False,
    )
    explain.add_argument("rule", metavar="RULE", help="such as drop-column")
    schema = commands.add_parser(
        "schema", help="print the schema as it was understood", allow_abbrev=False
    )
    schema.add_argument("revision", metavar="REVISION", nargs="?", default="WORKTREE")
    schema.add_argument("--config", metavar="PATH", help="one Drizzle config only")
    schema.add_argument("--format", choices=("text", "json", "drizzle"), default="text")
    return parser


def _add_judging(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--allow",
        action="append",
        default=[],
        metavar="RULE:SUBJECT",
        help="let one named finding through; may be repeated",
    )
    parser.add_argument("--strict", action="store_true", help="warnings block too")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default=TEXT,
        help="how to report: %(choices)s (default: %(default)s)",
    )


def _check(parsed: argparse.Namespace) -> int:
    from schemadiff.git.environment import is_commit_hook  # noqa: PLC0415 - quiet path

    explicit = parsed.base is not None or parsed.head is not None
    if not explicit and is_commit_hook(os.environ):
        return 0
    from schemadiff.git.repository import Repository  # noqa: PLC0415
    from schemadiff.judgement import Request, judge_all  # noqa: PLC0415

    repository = Repository.open()
    try:
        found = _comparisons(repository, parsed.base, parsed.head)
        is_push = bool(found[0].remote)
        request = Request(
            os.environ,
            allow=parsed.allow,
            strict=parsed.strict,
            renderer=parsed.format,
            looks_at_work_tree=not is_push and parsed.head in (None, "HEAD"),
        )
        code, text = judge_all(repository, found, request)
    finally:
        repository.close()
    _say(text)
    return code


def _comparisons(
    repository: "Repository", base: str | None, head: str | None
) -> "list[Comparison]":
    from schemadiff.deployed import PUBLISHED, judged_refs, published_base  # noqa: PLC0415
    from schemadiff.git.ci import built_ref  # noqa: PLC0415
    from schemadiff.git.inputs import comparisons  # noqa: PLC0415

    if base == PUBLISHED:
        publish = published_base(repository, head)
        found = comparisons(repository, publish.commit, head, os.environ)
        return [each._replace(base=publish) for each in found]
    pushed = os.environ.get("PRE_COMMIT_REMOTE_BRANCH", "")
    heads = {
        built_ref(os.environ): "HEAD",
        pushed: os.environ.get("PRE_COMMIT_TO_REF", "HEAD"),
    }
    judged = judged_refs(repository, heads)
    return comparisons(repository, base, head, os.environ, judged)


def _pre_push(parsed: argparse.Namespace) -> int:
    from schemadiff.deployed import judged_refs, unfetched_blocks  # noqa: PLC0415
    from schemadiff.git.pushes import (  # noqa: PLC0415
        lines_of,
        push_comparisons,
        updates,
    )
    from schemadiff.git.repository import Repository  # noqa: PLC0415
    from schemadiff.judgement import Request, judge_all  # noqa: PLC0415

    lines = lines_of(sys.stdin.buffer.read())
    repository = Repository.open()
    try:
        heads = {each.remote_ref: each.local_oid for each in updates(lines)}
        found = push_comparisons(
            repository,
            parsed.remote,
            parsed.url or parsed.remote,
            lines,
            judged_refs(repository, heads),
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


def _rules(parsed: argparse.Namespace) -> int:  # noqa: ARG001 - takes no arguments
    from schemadiff.rules.catalogue import RULES  # noqa: PLC0415 - quiet path

    width = max(len(rule.id) for rule in RULES)
    _say("".join(f"{rule.id:<{width}}  {rule.summary}\n" for rule in RULES))
    return 0


def _explain(parsed: argparse.Namespace) -> int:
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


def _schema(parsed: argparse.Namespace) -> int:
    from schemadiff.understood import shown_schema  # noqa: PLC0415 - quiet path

    code, text = shown_schema(parsed.revision, parsed.config, parsed.format)
    _say(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
