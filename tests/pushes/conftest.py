"""A project with a small schema, pushed once, and a column dropped since."""

import os

import pytest

from tests.install.conftest import BESIDE_PYTHON, CONFIG, LOSS, SCHEMA, Project
from tests.repositories import Sandbox


@pytest.fixture
def project(repository: Sandbox) -> Project:
    made = Project(repository.path, made=True)
    path = BESIDE_PYTHON + os.pathsep + repository.environment["PATH"]
    made.environment["PATH"] = path
    made.commit({"drizzle.config.ts": CONFIG, "schema.ts": SCHEMA})
    made.remote()
    made.git("push", "--quiet", "--set-upstream", "origin", "main")
    made.commit(LOSS)
    return made
