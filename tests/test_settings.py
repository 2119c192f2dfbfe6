"""What `schemadiff.toml` may say, and what is said of anything else."""

import pytest

from schemadiff.deploy.assumption import Way
from schemadiff.errors import SchemadiffError
from schemadiff.rules.finding import Severity
from schemadiff.settings import Settings, parse_settings, read_settings
from tests.memory_files import MemoryFiles

EVERYTHING = """\
configs = ["apps/api/drizzle.config.ts"]
exclude = ["old/drizzle.config.ts"]
schema = "src/db/*.ts"
deploy = ["push", "migrations"]
drizzle-kit = "0.31.4"
protect = ["main", "release/*"]
missing-base = "warning"
published = "v*"

[rules]
add-unique = "off"
drop-policy = "error"
drop-column = "warning"
"""


def complaint(text: str | bytes) -> SchemadiffError:
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(SchemadiffError) as caught:
        parse_settings(raw)
    return caught.value


def test_without_a_file_everything_is_as_usual() -> None:
    assert read_settings(MemoryFiles({})) == Settings()
    assert parse_settings(b"") == Settings()


def test_everything_that_can_be_said() -> None:
    settings = parse_settings(EVERYTHING.encode())
    assert settings.configs == ("apps/api/drizzle.config.ts",)
    assert settings.exclude == ("old/drizzle.config.ts",)
    assert settings.schema == ("src/db/*.ts",)
    assert settings.ways == (Way.PUSH, Way.MIGRATIONS)
    assert settings.kit == "0.31.4"
    assert settings.protect == ("main", "release/*")
    assert settings.missing_base is Severity.WARNING
    assert settings.published == "v*"
    assert settings.severities == {
        "add-unique": None,
        "drop-policy": Severity.ERROR,
        "drop-column": Severity.WARNING,
    }


def test_a_byte_order_mark_and_crlf_are_fine() -> None:
    text = b"\xef\xbb\xbf" + EVERYTHING.replace("\n", "\r\n").encode()
    assert parse_settings(text) == parse_settings(EVERYTHING.encode())


def test_no_protected_branch_is_another_thing_than_no_word_about_it() -> None:
    assert parse_settings(b"protect = []").protect == ()
    assert parse_settings(b"").protect is None


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("protec = []", "schemadiff.toml:1: there is no setting 'protec'", "protect"),
        ("\n# x\nnonsense = 1", "schemadiff.toml:3: there is no setting", "configs"),
        ("[rule]\na = 1", "schemadiff.toml:1: there is no setting 'rule'", "rules"),
        (
            '[rules]\n"drop-colum" = "off"',
            "schemadiff.toml:2: there is no rule 'drop-colum'",
            "drop-column",
        ),
        (
            'rules = { drop-colum = "off" }',
            "schemadiff.toml:1: there is no rule 'drop-colum'",
            "drop-column",
        ),
        (
            '[rules]\ndrop-column = "never"',
            'schemadiff.toml:2: rules.drop-column is not "error", "warning" or "off"',
            'rules.add-unique = "off"',
        ),
        ("[rules]\ndrop-column = false", "schemadiff.toml:2: rules.drop-column", ""),
        ("rules = 3", "schemadiff.toml:1: rules is not", ""),
        ("protect = 3", "schemadiff.toml:1: protect is not a list", 'protect = ["main'),
        ("protect = [1]", "schemadiff.toml:1: protect is not a list", ""),
        ('protect = [""]', "schemadiff.toml:1: protect is not a list", ""),
        ('\ndeploy = "ftp"', "schemadiff.toml:2: deploy is not", 'deploy = "push"'),
        ('deploy = ["push", 1]', "schemadiff.toml:1: deploy is not", ""),
        ("drizzle-kit = 0.31", "schemadiff.toml:1: drizzle-kit is not a version", ""),
        ('drizzle-kit = "latest"', "schemadiff.toml:1: drizzle-kit is not a ver", ""),
        ('missing-base = "off"', "schemadiff.toml:1: missing-base is not", ""),
        ("published = true", "schemadiff.toml:1: published is not", ""),
    ],
)
def test_a_mistake_is_said_with_its_line_and_the_way_out(
    text: str, message: str, remedy: str
) -> None:
    error = complaint(text)
    assert error.message.startswith(message)
    assert error.remedy is not None
    assert remedy in error.remedy


def test_what_is_not_toml_is_said_with_its_place() -> None:
    assert "(at line 2" in complaint("deploy = 'push'\nnot toml").message
    assert "not valid TOML" in complaint(b"\xff\xfe\x00").message
    assert "not valid TOML" in complaint("a = " + "[" * 5000).message


def test_a_named_config_must_be_there() -> None:
    files = MemoryFiles({"schemadiff.toml": 'configs = ["a/drizzle.config.ts"]'})
    with pytest.raises(SchemadiffError, match=r"a/drizzle\.config\.ts, which HEAD"):
        read_settings(files)


def test_severities_follow_the_project_and_the_run() -> None:
    chosen = {"add-unique": None, "drop-column": Severity.WARNING}
    settings = Settings(severities=chosen)
    assert settings.severity("add-unique", Severity.WARNING) is None
    assert settings.severity("drop-column", Severity.ERROR) is Severity.WARNING
    assert settings.severity("drop-table", Severity.ERROR) is Severity.ERROR
    strict = Settings(severities=chosen, strict=True)
    assert strict.severity("drop-column", Severity.ERROR) is Severity.ERROR
    assert strict.severity("add-unique", Severity.WARNING) is None
    lenient = Settings(lenient=True)
    assert lenient.severity("drop-table", Severity.ERROR) is Severity.WARNING
