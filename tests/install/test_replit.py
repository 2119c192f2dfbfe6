"""The check in front of a publish: put into `.replit`, run, and taken out again."""

import subprocess
import tomllib

import pytest

from tests.install.conftest import LOSS, Command, Project

NAME = ".replit"
CHECK = "schemadiff check --base published"
PUBLISHED = "Published your App"
DEPLOYMENT = """\
modules = ["nodejs-20", "web", "postgresql-16"]  # as Replit writes it
run = "npm run dev"

[deployment]
deploymentTarget = "autoscale"
BUILD
run = ["npm", "run", "start"]

[[ports]]
localPort = 5000
externalPort = 80
"""


def replit(build: str) -> bytes:
    return DEPLOYMENT.replace("BUILD", build).encode()


def build_in(project: Project) -> list[str]:
    document = tomllib.loads((project.path / NAME).read_text())
    found: list[str] = document["deployment"]["build"]
    return found


def publish(project: Project) -> int:
    """Run the build command as a publish does; its code decides."""
    done = subprocess.run(
        build_in(project),
        cwd=project.path,
        env=project.environment,
        capture_output=True,
        check=False,
    )
    return done.returncode


BUILDS: list[tuple[str, list[str]]] = [
    (
        'build = ["npm", "run", "build"]',
        ["sh", "-c", f"{CHECK} || exit; npm run build"],
    ),
    (
        "build = ['sh', '-c', 'npm run build; npm run db:push']",
        ["sh", "-c", f"{CHECK} || exit; npm run build; npm run db:push"],
    ),
    (
        'build = ["/bin/bash", "-lc", "echo $0", "name"] # kept',
        ["/bin/bash", "-lc", f"{CHECK} || exit; echo $0", "name"],
    ),
    (
        '  build="npm ci && npm run build"',
        ["sh", "-c", f"{CHECK} || exit; npm ci && npm run build"],
    ),
    (
        'build = [\n  "echo", # first\n  "it\'s [deployment]",\n]',
        ["sh", "-c", f"""{CHECK} || exit; echo 'it'"'"'s [deployment]'"""],
    ),
    (
        "build = '''\nmake\nbuild = 1\n'''",
        ["sh", "-c", f"{CHECK} || exit; make\nbuild = 1\n"],
    ),
    ("", ["sh", "-c", CHECK]),
    ("build = []", ["sh", "-c", CHECK]),
]


@pytest.mark.parametrize(("build", "judged"), BUILDS, ids=lambda each: str(each)[:40])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_only_the_build_changes_and_comes_back_byte_for_byte(
    project: Project, command: Command, build: str, judged: list[str], ending: str
) -> None:
    before = replit(build).replace(b"\n", ending.encode())
    path = project.path / NAME
    path.write_bytes(before)
    path.chmod(0o640)
    done = command("install", "--replit")
    assert done.code == 0
    assert [each.replace("\r", "") for each in build_in(project)] == judged
    after = path.read_bytes()
    head, _, tail = before.partition(build.replace("\n", ending).encode() or b"\0")
    assert not build or (after.startswith(head) and after.endswith(tail))
    assert (path.stat().st_mode & 0o777) == 0o640
    again = command("install", "--replit")
    assert (again.code, path.read_bytes()) == (0, after)
    undone = command("uninstall")
    assert (undone.code, path.read_bytes()) == (0, before)


@pytest.mark.parametrize("text", ["[deployment]", "[deployment]\nbuild = 'a'"])
def test_a_file_without_a_last_newline_comes_back_without_one(
    project: Project, command: Command, text: str
) -> None:
    path = project.path / NAME
    path.write_text(text)
    assert command("install", "--replit").code == 0
    assert CHECK in build_in(project)[-1]
    assert command("uninstall").code == 0
    assert path.read_text() == text


def test_a_publish_stops_where_it_would_lose_data(
    project: Project, command: Command
) -> None:
    (project.path / NAME).write_bytes(replit('build = ["touch", "built"]'))
    command("install", "--replit")
    project.commit({"a.txt": "a"}, PUBLISHED)
    project.commit({"b.txt": "b"}, "Change nothing of the schema")
    assert publish(project) == 0
    assert (project.path / "built").exists()
    (project.path / "built").unlink()
    project.commit(LOSS)
    assert publish(project) == 1
    assert not (project.path / "built").exists()


def test_a_publish_stops_where_nothing_can_be_judged(
    project: Project, command: Command
) -> None:
    (project.path / NAME).write_bytes(replit('build = "touch built; true"'))
    command("install", "--replit")
    (project.path / ".git").rename(project.path.parent / "elsewhere")
    assert publish(project) == 2
    assert not (project.path / "built").exists()


def test_what_was_changed_since_stays_and_only_the_check_goes(
    project: Project, command: Command
) -> None:
    path = project.path / NAME
    path.write_bytes(replit('build = ["npm", "run", "build"]'))
    command("install", "--replit")
    path.write_text(path.read_text().replace("npm run build", "npm run all", 1))
    path.write_text(path.read_text().replace("; npm run build", "; npm run all"))
    assert command("uninstall").code == 0
    assert build_in(project) == ["sh", "-c", "npm run all"]
    assert CHECK not in path.read_text()


def test_a_check_that_a_person_put_elsewhere_is_theirs(
    project: Project, command: Command
) -> None:
    text = replit(f'build = "npm ci && {CHECK}"')
    (project.path / NAME).write_bytes(text)
    assert command("install", "--replit").out == (
        "schemadiff: .replit judges every publish already\n"
    )
    done = command("uninstall")
    assert done.code == 1
    assert ".replit still calls schemadiff: take it out there" in done.out
    assert (project.path / NAME).read_bytes() == text


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (None, 2, "there is no .replit"),
        ('run = "npm start"\n', 1, "has no [deployment]"),
        ("[deployment\n", 2, "is not valid TOML"),
        ("[deployment]\nbuild = 5\n", 2, "the build command is no text"),
        ('deployment = { build = "a" }\n', 2, "has no line of its own"),
        ('[deployment]\n"build" = "a"\n', 2, "by hand"),
        ("text = '''\n[deployment]\n'''\n[deployment]\nbuild = 'a'\n", 2, "by hand"),
    ],
)
def test_what_cannot_be_changed_is_left_and_said(
    project: Project, command: Command, text: str | None, code: int, said: str
) -> None:
    path = project.path / NAME
    if text is not None:
        path.write_text(text)
    done = command("install", "--replit")
    assert done.code == code
    assert said in done.out
    assert (path.read_text() if path.exists() else None) == text


def test_the_deploy_is_still_seen_behind_the_check(
    project: Project, command: Command
) -> None:
    build = 'build = ["sh", "-c", "npm run build && npx drizzle-kit push --force"]'
    (project.path / NAME).write_bytes(replit(build))
    command("install", "--replit")
    project.commit({}, "Judge what is published")
    project.commit(LOSS)
    assert ".replit runs drizzle-kit push" in " ".join(command("check").out.split())


def test_before_the_first_publish_nothing_can_be_judged_and_that_is_said(
    project: Project, command: Command
) -> None:
    (project.path / NAME).write_bytes(replit('build = "touch built"'))
    said = command("install", "--replit").out
    assert "publish once without the check" in said
    assert publish(project) == 2
    project.commit(message=PUBLISHED)
    assert publish(project) == 0


def test_a_missing_python_is_said(project: Project, command: Command) -> None:
    (project.path / NAME).write_bytes(replit('build = "a"'))
    assert 'add "python-3.12"' in command("install", "--replit").out


TABLES = """\
modules = ["nodejs-24"]

[env]
args = ["not", "this"]

[deployment]
router = "application"
{deployment}
[deployment.postBuild]
args = ["pnpm", "store", "prune"]
env = {{ "CI" = "true" }}

[[workflows.workflow.tasks]]
task = "shell.exec"
args = "npm run dev"
"""
"""As applications made of several packages have it."""


@pytest.mark.parametrize(
    ("args", "judged"),
    [
        ('args = ["pnpm", "-r", "build"]\n', f"{CHECK} || exit; pnpm -r build"),
        (
            'env = { "CI" = "true" }\nargs = [\n  "bash", "-c", # all\n  "a; b"\n]\n',
            f"{CHECK} || exit; a; b",
        ),
        ('env = { "CI" = "true" }\n', CHECK),
    ],
)
def test_a_table_of_its_own_for_the_build_is_changed_like_a_value(
    project: Project, command: Command, args: str, judged: str
) -> None:
    text = TABLES.format(deployment=f"\n[deployment.build]\n{args}")
    path = project.path / NAME
    path.write_text(text)
    done = command("install", "--replit")
    assert (done.code, "  deployment.build.args = [" in done.out) == (0, True)
    before, after = tomllib.loads(text), tomllib.loads(path.read_text())
    changed = after["deployment"]["build"].pop("args")
    before["deployment"]["build"].pop("args", None)
    assert (before, changed[-1]) == (after, judged)
    assert command("install", "--replit").out.endswith("judges every publish already\n")
    assert command("uninstall").code == 0
    assert path.read_text() == text


@pytest.mark.parametrize(
    "build",
    ['build = { args = ["make"], env = { "A" = "1" } }', 'build.args = ["make"]'],
)
def test_a_table_without_a_line_of_its_own_is_left_and_said(
    project: Project, command: Command, build: str
) -> None:
    text = TABLES.format(deployment=f"{build}\n")
    (project.path / NAME).write_text(text)
    done = command("install", "--replit")
    assert done.code == 2
    assert "[deployment.build] has no line of its own" in done.out
    assert (project.path / NAME).read_text() == text
