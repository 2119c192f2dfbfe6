"""What realistic deploy files and scripts of every kind run."""

import json
from pathlib import Path
from typing import Any

import pytest

from schemadiff.deploy.way import deploy_of
from tests.memory_files import MemoryFiles

CASES = json.loads((Path(__file__).parent / "ways.json").read_text())
"""By a name: the way, the files, and the folder of the config."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_run_on_deploy_is_found(case: dict[str, Any]) -> None:
    texts = {
        path: "\n".join(text) if isinstance(text, list) else json.dumps(text)
        for path, text in case["files"].items()
    }
    folder = case.get("folder", "")
    deploy = deploy_of(MemoryFiles(texts), kit="0.31.11", directory=folder)
    is_known = deploy.evidence != "nothing in the project says how it deploys"
    assert ("+".join(deploy.ways) if is_known else "none") == case["way"]


WEB = {
    "package.json": "{}",
    "apps/web/package.json": json.dumps(
        {"scripts": {"build": "pnpm --filter db migrate && next build"}}
    ),
    "packages/db/package.json": json.dumps(
        {"scripts": {"migrate": "drizzle-kit migrate"}}
    ),
    "packages/db/drizzle.config.ts": "",
}


def test_another_package_that_runs_this_ones_scripts_counts() -> None:
    deploy = deploy_of(MemoryFiles(WEB), kit=None, directory="packages/db")
    assert deploy.evidence == (
        'the script "build" of apps/web/package.json runs the migrations'
    )


def test_a_package_with_a_database_of_its_own_does_not() -> None:
    files = MemoryFiles(WEB | {"apps/web/drizzle.config.ts": ""})
    deploy = deploy_of(files, kit=None, directory="packages/db")
    assert deploy.evidence == "nothing in the project says how it deploys"
