"""Syntax to values: a lazy partial evaluator for TypeScript that knows no Drizzle."""
