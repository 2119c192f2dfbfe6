"""The formats of reports, each in its own file, which is read when it is asked for."""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

TYPE_CHECKING = False  # the quiet path does without the module typing
if TYPE_CHECKING:
    from typing import TextIO

    from schemadiff.outcome import Report

TEXT = "text"
FORMATS = (TEXT, "json", "github", "sarif", "markdown")


def render(
    reports: "Sequence[Report]",
    form: str,
    stream: "TextIO",
    environ: Mapping[str, str],
) -> str:
    """Return the reports in one of the formats, as `stream` can show them."""
    if form == TEXT:
        from schemadiff.report import terminal, text  # noqa: PLC0415 - when asked for

        return text.render(reports, terminal.style_of(stream, environ))
    renderer: Callable[[Sequence[Report]], str] = import_module(
        f"schemadiff.report.{form}"
    ).render
    return renderer(reports)
