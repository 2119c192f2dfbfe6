// Fills or reads the database of a witness: `node witness.cjs HOME DATABASE seed|rows|sql:…`,
// where HOME/node_modules holds PGlite. `rows` prints every column's values as text, and
// what else there is; `seed` gives every table six rows before it does, as awkward as
// the types allow: NULLs, duplicates, the longest and the largest values, negative ones.
"use strict";

const path = require("node:path");
const { createRequire } = require("node:module");

const [home, folder, task] = process.argv.slice(2);
const { PGlite } = createRequire(path.join(path.resolve(home), "witness.js"))(
  "@electric-sql/pglite",
);

const ROWS = 6;
const OURS = "not in ('pg_catalog', 'information_schema', 'drizzle', 'pg_toast')";
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

const COLUMNS = `
  select n.nspname as schema, c.relname as table, a.attname as column, a.attnum as number,
    format_type(a.atttypid, a.atttypmod) as type, t.typcategory as category,
    format_type(coalesce(nullif(t.typelem, 0), t.oid), null) as element,
    a.attnotnull as required, a.attidentity <> '' or a.attgenerated <> ''
      or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval%', false) as filled,
    array(select enumlabel::text from pg_enum e
      where e.enumtypid = coalesce(nullif(t.typelem, 0), t.oid) order by enumsortorder) as labels,
    exists(select from pg_index i where i.indrelid = c.oid and i.indisunique
      and a.attnum = i.indkey[i.indnkeyatts - 1]) as distinct,
    (select array[k.confrelid::regclass::text, f.attname::text] from pg_constraint k
      join pg_attribute f on f.attrelid = k.confrelid
        and f.attnum = k.confkey[array_position(k.conkey, a.attnum)]
      where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey) limit 1) as target,
    c.oid::regclass::text as relation
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where c.relkind = 'r' and n.nspname ${OURS} order by c.oid, a.attnum`;

const LARGEST = { smallint: "32767", integer: "2147483647", bigint: "9223372036854775807" };

function number(type, index) {
  const [, precision, scale] = /\((\d+),(-?\d+)\)/.exec(type) ?? [];
  if (precision === undefined) return `${index}.123456789`;
  const whole = index === 3 ? "9".repeat(precision - scale) : String(index);
  return Number(scale) ? `${whole}.${"123456789".repeat(9).slice(0, scale)}` : whole;
}

function value({ type, element, category, labels, distinct, target }, index) {
  if (category === "A") {
    const one = value({ type: element, element, category: "", labels, distinct }, index);
    return `{"${one}"}`;
  }
  if (labels.length) return labels[index % labels.length];
  const kind = type.replace(/\(.*?\)/, "");
  const day = `2024-01-0${index + 1}`;
  const time = "10:21:33.123456";
  const length = Number(/\((\d+)\)/.exec(type)?.[1] ?? 300);
  if (kind in LARGEST) {
    if (distinct || target) return String(index + 1);
    return [String(index + 1), "-7", "3", LARGEST[kind]][index] ?? String(index + 1);
  }
  if (kind === "numeric") return number(type, index);
  if (kind === "real" || kind === "double precision") return `${index}.123456789012345`;
  if (kind === "boolean") return index % 2 ? "true" : "false";
  if (kind === "date") return day;
  if (kind === "time without time zone" || kind === "time with time zone") return time;
  if (kind.startsWith("timestamp")) return `${day} ${time}`;
  if (kind === "interval") return `${index} days ${time}`;
  if (kind === "uuid") return `00000000-0000-4000-8000-00000000000${index}`;
  if (kind === "json" || kind === "jsonb") return `{"b": ${index}, "a": "x"}`;
  if (kind === "bytea") return `\\x0${index}`;
  return `${index}${"abcdefghij".repeat(31)}`.slice(0, length);
}

async function seed(database) {
  const { rows } = await database.query(COLUMNS);
  const waiting = new Map();
  for (const each of rows)
    waiting.set(each.relation, [...(waiting.get(each.relation) ?? []), each]);
  const written = new Set();
  while (waiting.size) {
    const isThere = (target, name) => !target || target[0] === name || written.has(target[0]);
    const isReady = ([name, columns]) => columns.every((each) => isThere(each.target, name));
    const ready = [...waiting].filter(isReady);
    for (const [name, columns] of ready.length ? ready : [...waiting].slice(0, 1)) {
      waiting.delete(name);
      written.add(name);
      for (let row = 0; row < ROWS; row++) {
        const given = columns.filter((each) => !each.filled);
        const values = given.map((each) => {
          if (row === ROWS - 1 && !each.required) return "null";
          const index = each.distinct || each.target ? row : Math.max(row - 1, 0);
          return `'${value(each, index)}'`;
        });
        const names = given.map((each) => quoted(each.column));
        const what = given.length ? `(${names}) values (${values})` : "default values";
        await database.exec(`insert into ${name} ${what}`);
      }
    }
  }
}

async function contents(database) {
  const { rows } = await database.query(COLUMNS);
  const found = {};
  for (const { schema, table, column, relation, type } of rows) {
    const name = quoted(column);
    const text = type.startsWith("character(") ? `format('%s', ${name})` : `${name}::text`;
    const values = await database.query(`select ${text} as value from ${relation} order by ctid`);
    const key = schema === "public" ? table : `${schema}.${table}`;
    (found[key] ??= {})[column] = values.rows.map((each) => each.value);
  }
  return found;
}

const OBJECTS = `
  select case c.relkind when 'S' then 'sequence ' else 'materialized view ' end
    || c.oid::regclass::text as object from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('m', 'S') and n.nspname ${OURS}
  union all select 'enum ' || t.oid::regtype::text from pg_type t where t.typtype = 'e'
  union all select 'policy ' || polname || ' on ' || polrelid::regclass::text from pg_policy
  union all select 'row security of ' || oid::regclass::text from pg_class where relrowsecurity
  union all select 'action of ' || conname || ': ' || confdeltype::text from pg_constraint
    where contype = 'f'`;

async function objects(database) {
  const { rows } = await database.query(OBJECTS);
  return rows.map((each) => each.object);
}

async function main() {
  const database = new PGlite(path.resolve(folder));
  if (task === "seed") await seed(database);
  else if (task.startsWith("sql:")) await database.exec(task.slice(4));
  const found = { rows: await contents(database), objects: await objects(database) };
  process.stdout.write(JSON.stringify(found));
  await database.close();
}

main();
