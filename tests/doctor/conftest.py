"""Repositories as the tests of installing have them."""

from tests.install.conftest import command, project

__all__ = ["command", "project"]
