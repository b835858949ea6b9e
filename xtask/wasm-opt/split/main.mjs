// Splits a wasm in two: what `Loaded::run` alone reaches (src/platform/deferred.rs) becomes a second file, which JavaScript loads when
// the first asks for it. Panics lose their messages.
//
//     node main.mjs <wasm with names> <the linker's map of it> <first> <second, a script>
//
// The second file imports the memory, the table, globals and functions of the first under the module name `first`. It fills in the
// table's entries that the first leaves out, and the first calls it through the table only. It has no exports. The table's name has a
// hash of the build, so that parts of different builds do not join.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { deflateSync } from 'node:zlib';
import { splitData } from './constants.mjs';
import { withoutPanicMessages } from './panics.mjs';
import { assemble, bytes, names, read, signature } from './wat.mjs';

const DEFERRED = /poolpass::platform::deferred::Loaded::run(::|<)/;

const [input, map, firstFile, secondFile] = process.argv.slice(2);
const whole = read(fs.readFileSync(input));
const forms = withoutPanicMessages(whole);
const functions = new Map(forms.filter(({ kind }) => kind === 'func').map((form) => [form.name, form]));
const table = readTable(forms);
const build = createHash('sha256').update(fs.readFileSync(input)).digest('hex').slice(0, 16);

const exported = forms.filter(({ kind }) => kind === 'export').flatMap(({ text }) => reference(text, 'func'));
const started = forms.filter(({ kind }) => kind === 'start').map(({ name }) => name);
const first = reached([...exported, ...started, ...table.entries.filter((name) => name && !isDeferred(name))]);
const moved = [...functions.keys()].filter((name) => !first.has(name));
if (!moved.some(isDeferred)) throw new Error(`${input}: no function is deferred: has Loaded::run another name?`);
const isMoved = new Set(moved);
const data = splitData(whole, forms, fs.readFileSync(map, 'utf8'), isMoved);

fs.writeFileSync(firstFile, bytes(assemble(firstModule(), []), true));
fs.writeFileSync(secondFile, script(secondModule()));

function isDeferred(name) {
  return DEFERRED.test(name);
}

/** What is reached from functions by direct calls, without deferred code. */
function reached(names) {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name) || !functions.has(name)) return;
    found.add(name);
    functions.get(name).calls.forEach(visit);
  };
  names.forEach(visit);
  return found;
}

function firstModule() {
  const kept = forms.filter(({ kind, name }) => kind !== 'elem' && kind !== 'data' && !(kind === 'func' && isMoved.has(name)));
  const exports = shared().map(({ kind, name }, at) => `(export "${exportName(kind, at)}" (${kind} ${name}))`);
  return [...kept.map(({ text }) => text), ...data.first, ...elements((name) => !isMoved.has(name)), ...exports];
}

function secondModule() {
  const types = forms.filter(({ kind }) => kind === 'type').map(({ text }) => text);
  const imports = shared().map(({ kind, name, signature }, at) => `(import "first" "${exportName(kind, at)}" (${kind} ${name} ${signature}))`);
  return [...types, ...imports, ...data.second, ...elements((name) => isMoved.has(name)), ...moved.map((name) => functions.get(name).text)];
}

/** The second module as a script. */
function script(texts) {
  const text = deflateSync(bytes(assemble(texts, []), false), { level: 9, memLevel: 9 }).toString('base64');
  return `import { add } from './second_wasm.js';\n\nexport const load = (first) => add('${text}', first);\n`;
}

/** What the first module exports for the second. */
function shared() {
  const bodies = moved.map((name) => functions.get(name).text).join('\n');
  const used = (name) => new RegExp(`[( ]${escaped(name)}[) \\n]`).test(bodies);
  const callees = new Set(moved.flatMap((name) => functions.get(name).calls));
  return forms.flatMap(({ kind, name, text }) => {
    if (kind === 'memory') return [{ kind, name, signature: /\(memory \S+ (.*)\)$/.exec(text)[1] }];
    if (kind === 'table' && name === table.name) return [{ kind, name, signature: /\(table \S+ (.*)\)$/.exec(text)[1] }];
    if (kind === 'global' && used(name)) return [{ kind, name, signature: /^\(global \S+ (\(mut \w+\)|\w+)/.exec(text)[1] }];
    if (kind === 'func' && callees.has(name) && !isMoved.has(name)) return [{ kind, name, signature: signature(text) }];
    if (kind === 'import' && callees.has(name)) return [{ kind: 'func', name, signature: signature(text) }];
    return [];
  });
}

/** The table's entries that belong to a module, as runs without gaps. */
function elements(belongs) {
  const runs = [];
  table.entries.forEach((name, at) => {
    if (!name || !belongs(name)) return;
    const last = runs.at(-1);
    if (last && last.at + last.names.length === at) last.names.push(name);
    else runs.push({ at, names: [name] });
  });
  return runs.map(({ at, names }) => `(elem (table ${table.name}) (i32.const ${at}) func ${names.join(' ')})`);
}

function readTable(forms) {
  const segments = forms.filter(({ kind }) => kind === 'elem');
  const entries = [];
  let name;
  for (const { text } of segments) {
    const found = /^\(elem \S+ (?:\(table (\S+)\) )?\(i32\.const (\d+)\) (?:func )?(.*)\)$/s.exec(text);
    if (!found) throw new Error(`an element segment of an unknown form: ${text.slice(0, 80)}`);
    name = found[1] ?? forms.find(({ kind }) => kind === 'table').name;
    names(found[3]).forEach((entry, at) => (entries[Number(found[2]) + at] = entry));
  }
  return { name, entries: Array.from(entries) };
}

/** What an export exports, if it is of this kind. */
function reference(text, kind) {
  return text.includes(`(${kind} `) ? names(text.slice(text.indexOf(`(${kind} `))).slice(0, 1) : [];
}

/** The name that the first module exports something under. */
function exportName(kind, at) {
  return kind === 'table' ? `table ${build}` : letters(at);
}

/** a, b, … z, aa, ab, … */
function letters(at) {
  return (at >= 26 ? letters(Math.floor(at / 26) - 1) : '') + String.fromCharCode(97 + (at % 26));
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
