"""What may stand on the command line."""

from collections.abc import Sequence
from types import SimpleNamespace

from schemadiff import __version__
from schemadiff.report.formats import FORMATS, TEXT

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    import argparse
    from typing import TypeAlias

    Parsed: TypeAlias = argparse.Namespace | SimpleNamespace

    # typeshed has no public name for it.
    Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

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
  schemadiff install                        judge every push from this repository
  schemadiff explain drop-column            what a rule objects to, and the safe way
  git -c schemadiff.allow="drop-column:clients.email" push
                                            push with one named finding allowed
"""


def read_arguments(arguments: Sequence[str]) -> "Parsed":
    """Return what the command line says; `command` is the command that was given.

    Leaves the program where it says nothing that is known, or asks for help.
    """
    return _of_hooks(arguments) or parser().parse_args(arguments)


def _of_hooks(arguments: Sequence[str]) -> SimpleNamespace | None:
    """Return what a usual line of a hook says; None for any other.

    To load argparse, and to tell it of everything else, would take 5 ms of each push.
    """
    judging = {"allow": [], "strict": False, "format": TEXT}
    match arguments:
        case ["check"]:
            return SimpleNamespace(command="check", base=None, head=None, **judging)
        case ["check", "--base", base] if base[:1] != "-":
            return SimpleNamespace(command="check", base=base, head=None, **judging)
        case ["pre-push", remote, url] if "-" not in (remote[:1], url[:1]):
            return SimpleNamespace(
                command="pre-push", remote=remote, url=url, **judging
            )
        case _:
            return None


def parser() -> "argparse.ArgumentParser":
    """Return the parser of every command line."""
    import argparse  # noqa: PLC0415 - hooks do without

    made = argparse.ArgumentParser(
        prog="schemadiff",
        description="Stops a push whose deploy would destroy data in a Drizzle"
        " Postgres database.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    made.add_argument("--version", action="version", version=__version__)
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_judgement(commands)
    _add_pages(commands)
    _add_hooks(commands)
    _add_doctor(commands)
    return made


def _add_judgement(commands: "Commands") -> None:
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


def _add_pages(commands: "Commands") -> None:
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


def _add_hooks(commands: "Commands") -> None:
    install = commands.add_parser(
        "install",
        help="have every push from this repository judged",
        description="Write Git's pre-push hook, keeping and running the one that is"
        " there. Where husky, lefthook or simple-git-hooks look after the hooks,"
        " nothing is written: the lines to give them are printed, and the exit code"
        " is 1.",
        allow_abbrev=False,
    )
    install.add_argument(
        "--force",
        action="store_true",
        help="write into a folder of hooks that others share, too (core.hooksPath)",
    )
    install.add_argument(
        "--replit",
        action="store_true",
        help="judge every publish instead: put the check in front of the build command"
        " in .replit",
    )
    uninstall = commands.add_parser(
        "uninstall",
        help="take the hook away, and put back what was there before",
        description="Remove what `schemadiff install` wrote. The exit code is 1 where"
        " something still calls schemadiff that is not its own to remove.",
        allow_abbrev=False,
    )
    uninstall.add_argument(
        "--force",
        action="store_true",
        help="remove it from a folder of hooks that others share, too",
    )


def _add_doctor(commands: "Commands") -> None:
    doctor = commands.add_parser(
        "doctor",
        help="say what is installed and seen here, and what is missing",
        description="Say which hooks would run, what would be judged, and how, and"
        " what is missing. The exit code is 0 where nothing is, 1 where something is"
        " missing or unreadable, and 2 where there is no repository to look at, or"
        " its settings mean nothing.",
        allow_abbrev=False,
    )
    doctor.add_argument("--json", action="store_true", help="as one JSON document")


def _add_judging(parser: "argparse.ArgumentParser") -> None:
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
