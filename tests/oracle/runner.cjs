// Runs programs in Node: one program per line of input, what it exports per line of
// output. `node runner.cjs FOLDER`, where FOLDER holds node_modules with esbuild.
//
// Packages are symbols that write down what is done with them, as the evaluator
// keeps them: `text("a").notNull()`.
"use strict";

const path = require("node:path");
const readline = require("node:readline");
const vm = require("node:vm");
const { createRequire } = require("node:module");

const home = path.resolve(process.argv[2]);
const need = createRequire(path.join(home, "runner.js"));
const esbuild = need("esbuild");

const TEXT = Symbol("text");
const ENDINGS = ["", ".ts", ".tsx", ".js", ".mts", ".cts", ".json", "/index.ts"];

function symbolic(text) {
  return new Proxy(function () {}, {
    get: (_, name) => {
      if (name === TEXT) return text;
      if (typeof name === "symbol") return undefined;
      return symbolic(text === "*" ? String(name) : `${text}.${String(name)}`);
    },
    apply: (_, self, given) => {
      if (Array.isArray(given[0]) && given[0].raw) {
        const [strings, ...values] = given;
        const parts = values.map((each, at) => `{${shown(each)}}${strings[at + 1]}`);
        return symbolic(`${text}\`${strings[0]}${parts.join("")}\``);
      }
      return symbolic(`${text}(${given.map((each) => shown(each)).join(", ")})`);
    },
    construct: (_, given) => symbolic(`new ${text}(${given.map((each) => shown(each)).join(", ")})`),
    has: () => true,
  });
}

function shown(value, seen = []) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol") return "symbol";
  if (typeof value !== "object" && typeof value !== "function") return String(value);
  const text = value[TEXT];
  if (text !== undefined) return text;
  if (typeof value === "function") return `function ${value.name}`;
  if (seen.includes(value)) return "again";
  const inner = (each) => shown(each, [...seen, value]);
  if (Array.isArray(value)) return `[${Array.from(value, inner).join(", ")}]`;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "Date") return `Date(${value.getTime()})`;
  if (kind === "RegExp") return "regex{}";
  if (kind === "Error") return `new ${value.name}(${JSON.stringify(value.message)})`;
  if (kind === "Set") return `set{${[...value].map(inner).join(", ")}}`;
  if (kind === "Map") return `map{${[...value].map(inner).join(", ")}}`;
  const pairs = Object.keys(value).map((key) => `${key}: ${inner(value[key])}`);
  return `{${pairs.join(", ")}}`;
}

function resolved(files, from, specifier) {
  if (!specifier.startsWith(".")) return undefined;
  const base = path.posix.join(path.posix.dirname(from), specifier);
  const plain = base.replace(/\.([cm]?)js$/, ".$1ts");
  for (const stem of [base, plain])
    for (const ending of ENDINGS) if (stem + ending in files) return stem + ending;
  throw new Error(`no ${specifier}`);
}

function packaged() {
  const found = new Proxy({ __esModule: true }, {
    get: (target, name) => {
      if (name in target || typeof name === "symbol") return target[name];
      return symbolic(String(name));
    },
    getPrototypeOf: () => found,
  });
  return found;
}

function exported(files, entry) {
  const context = vm.createContext({ console: { log() {} }, process: { env: {} } });
  const loaded = new Map();
  const load = (name) => {
    if (loaded.has(name)) return loaded.get(name).exports;
    const module = { exports: {} };
    loaded.set(name, module);
    if (name.endsWith(".json")) return (module.exports = JSON.parse(files[name]));
    const loader = name.endsWith("x") ? "tsx" : "ts";
    const options = { loader, format: "cjs", target: "node20" };
    const { code } = esbuild.transformSync(files[name], options);
    const wrapper = `(function (exports, require, module) {${code}\n})`;
    const required = (specifier) => {
      const found = resolved(files, name, specifier);
      return found === undefined ? packaged() : load(found);
    };
    const run = vm.runInContext(wrapper, context);
    run.call(module.exports, module.exports, required, module);
    return module.exports;
  };
  context.start = () => load(entry);
  const all = vm.runInContext("start()", context, { timeout: 1000 });
  return Object.fromEntries(Object.keys(all).map((name) => [name, shown(all[name])]));
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { files, entry } = JSON.parse(line);
    let answer;
    try {
      answer = { exports: exported(files, entry) };
    } catch (problem) {
      answer = { thrown: String((problem && problem.message) ?? problem) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}

main();
