// Records schemas with an installed drizzle-kit: one project per line of input,
// one answer per line of output. `node recorder.cjs FOLDER`, where FOLDER holds
// node_modules with drizzle-orm, drizzle-kit and tsx.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");
const { createRequire } = require("node:module");

const home = path.resolve(process.argv[2]);
const need = createRequire(path.join(home, "recorder.js"));
need("tsx/cjs/api").register();
const kit = path.join(home, "node_modules/drizzle-kit/package.json");
const { version } = JSON.parse(fs.readFileSync(kit, "utf8"));
const api = need(version.startsWith("0.") ? "drizzle-kit/api" : "drizzle-kit/api-postgres");

class Exit extends Error {}
const answer = process.stdout.write.bind(process.stdout);
const said = [];
console.log = (...parts) => said.push(parts.join(" "));
console.warn = console.error = console.log;
process.exit = () => {
  throw new Exit(said.join("\n"));
};

async function record({ files, entries, casing }, folder) {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
  const all = {};
  entries.forEach((entry, index) => {
    const loaded = need(path.join(folder, entry));
    for (const [name, value] of Object.entries(loaded)) all[`${index}:${name}`] = value;
  });
  return api.generateDrizzleJson(all, undefined, undefined, casing ?? undefined);
}

async function main() {
  fs.mkdirSync(path.join(home, "projects"), { recursive: true });
  let count = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const folder = path.join(home, "projects", `${process.pid}-${count++}`);
    said.length = 0;
    let result;
    try {
      result = { snapshot: await record(JSON.parse(line), folder) };
      result = JSON.parse(JSON.stringify(result));
    } catch (problem) {
      result = { refused: String(problem && problem.message) };
    }
    fs.rmSync(folder, { recursive: true, force: true });
    answer(JSON.stringify(result) + "\n");
  }
}

main();
