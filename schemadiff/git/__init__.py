"""Revisions, trees and pushes; GitPython stays in here."""
