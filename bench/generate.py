"""Generated schemas of any size, for the benchmark."""

from pathlib import Path

_IMPORTS = """\
import { boolean, index, integer, jsonb, numeric, pgTable, serial, text, timestamp,
  varchar } from "drizzle-orm/pg-core";
"""
_TABLE = """\

export const table{n} = pgTable("table_{n}", {{
  id: serial("id").primaryKey(),
  ownerId: integer("owner_id").notNull(){reference},
  title: text("title").notNull(),
  slug: varchar("slug", {{ length: 120 }}).notNull().unique(),
  body: text("body"),
  price: numeric("price", {{ precision: 12, scale: 2 }}).default("0"),
  isActive: boolean("is_active").default(true).notNull(),
  settings: jsonb("settings").default({{}}).notNull(),
  createdAt: timestamp("created_at", {{ withTimezone: true }}).defaultNow().notNull(),
  updatedAt: timestamp("updated_at", {{ withTimezone: true }}).defaultNow().notNull(),
}}, (t) => [index("table_{n}_owner_idx").on(t.ownerId)]);
"""


def tables(start: int, end: int) -> str:
    """Return the source of the tables from `start` up to `end`, exclusive."""
    parts = [_IMPORTS]
    for n in range(start, end):
        reference = f".references(() => table{n - 1}.id)" if n > start else ""
        parts.append(_TABLE.format(n=n, reference=reference))
    return "".join(parts)


def write_schema(folder: Path, count: int, files: int) -> list[Path]:
    """Write `count` tables over `files` files below `folder`; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    size = count // files
    paths = []
    for number in range(files):
        path = folder / f"part{number}.ts"
        path.write_text(tables(number * size, (number + 1) * size))
        paths.append(path)
    return paths


def drop_a_column(path: Path) -> None:
    """Take one column out of the first table of a file."""
    text = path.read_text()
    path.write_text(text.replace('  body: text("body"),\n', "", 1))
