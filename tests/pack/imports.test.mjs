// What the wasm asks of JavaScript: each import catches what it throws, or is known not to throw. An exception that passes
// through the wasm leaves futures that never finish, and a Web Lock that is never released.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files } from './tarball.mjs';

/** The imports that need not catch: what the glue does, and why it cannot throw. Arguments are `0`, `1`, … */
const CANNOT_THROW = {
  // Looking at a value without touching it.
  '!0': 'an operator that calls nothing',
  "typeof(0) === 'function'": 'an operator that calls nothing',
  "typeof(0) === 'string'": 'an operator that calls nothing',
  "typeof(0) === 'boolean' ? 0 : undefined": 'an operator that calls nothing',
  "typeof(0) === 'number' ? 0 : undefined": 'an operator that calls nothing',
  "typeof(0) === 'string' ? 0 : undefined": 'an operator that calls nothing',
  "typeof(0) === 'object' && 0 !== null": 'an operator that calls nothing',
  '0 === null': 'an operator that calls nothing',
  '0 === undefined': 'an operator that calls nothing',
  "typeof globalThis === 'undefined' ? undefined : globalThis": 'a name that every engine has, looked for by typeof',
  "typeof global === 'undefined' ? undefined : global": 'looked for by typeof',
  "typeof self === 'undefined' ? undefined : self": 'looked for by typeof',
  "typeof window === 'undefined' ? undefined : window": 'looked for by typeof',
  0: 'hands the value over as it is',
  // Values that the wasm itself has made.
  'new Array()': 'the language’s own, without arguments',
  'new Object()': 'the language’s own, without arguments',
  'new Function(string(0, 1))': 'an empty text is a valid body, and no promise lets it come to that',
  'new Uint8Array(bytes(0, 1))': 'a copy of the wasm’s memory',
  'string(0, 1)': 'a copy of the wasm’s memory',
  '0.push(1)': 'on an array that was just made',
  'Array.of(0)': 'the language’s own, of one value',
  '0.length': 'of a string or an array, whose type was checked or which was just made',
  '0[1]': 'of an array that Reflect.ownKeys has made',
  '0._wbg_cb_unref()': 'on a function of the glue',
  closure: 'a function of the glue around one of the wasm',
  // Promises, which what follows relies on anyway: without them no asynchronous function returns.
  'new Promise(executor)': 'a promise takes in what its executor throws',
  'Promise.resolve(0)': 'of undefined',
  'Promise.race(0)': 'of an array; what its elements throw rejects the promise',
  '0.then(1)': 'on a promise that the glue has made',
  '0.then(1, 2)': 'on a promise that the glue has made',
  // The scheduler of the futures.
  '0.queueMicrotask': 'of the global object',
  'queueMicrotask(0)': 'of a function of the glue; looked for before',
  // How the wasm starts and how it fails.
  'externref table': 'fills the glue’s own table',
  'throw new Error(string(0, 1))': 'the glue’s own error, of a closure that is called after its end',
};

const glue = files().get('poolpass.js').toString();
const imports = read(glue);

test('the glue is read whole: what the wasm imports, no more and no less', async () => {
  const module = await WebAssembly.compile(files().get('poolpass_bg.wasm'));
  const wanted = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'function');
  assert.deepEqual([...imports.keys()].sort(), wanted.map(({ name }) => name).sort());
});

test('each import catches what JavaScript throws, or cannot throw', () => {
  const uncaught = [...imports].filter(([, { catches, does }]) => !catches && !(does in CANNOT_THROW));
  assert.deepEqual(uncaught.map(([name, { does }]) => `${name}: ${does}`), []);
});

test('the list of what cannot throw has nothing that is not imported', () => {
  const found = new Set([...imports.values()].filter(({ catches }) => !catches).map(({ does }) => does));
  assert.deepEqual(Object.keys(CANNOT_THROW).filter((does) => !found.has(does)), []);
});

test('an import that may throw is found', () => {
  const added = '        __wbg_aborted_4d0bedfeb38a1497: function(arg0) {\n            const ret = arg0.aborted;\n            return ret;\n        },\n';
  const [[, { catches, does }]] = read(`function __wbg_get_imports() {\n    const import0 = {\n${added}    };\n}`);
  assert.deepEqual([catches, does], [false, '0.aborted']);
  assert.ok(!(does in CANNOT_THROW));
});

/** The imports by name: whether they catch, and the one thing that they do. */
function read(glue) {
  const [table] = glue.match(/const import0 = \{\n[^]*?\n {4}\};/);
  const entries = table.matchAll(/^ {8}(__wb\w+): function\([^)]*\) \{([^]*?)\n? {0,8}\},$/gm);
  return new Map(Array.from(entries, ([, name, body]) => [name, { catches: /^ return handleError\(function /.test(body), does: deed(name, body) }]));
}

/** What an import does, freed from how its arguments and its result cross. */
function deed(name, body) {
  if (name === '__wbindgen_init_externref_table') return 'externref table';
  if (/const ret = makeMutClosure\(/.test(body)) return 'closure';
  if (/const ret = new Promise\(cb0\);/.test(body)) return 'new Promise(executor)';
  const lines = body.split('\n').map((line) => line.trim());
  const crossing = /^(\/\/.*|return (ret|isLikeNone\(ret\) \? 0 : addToExternrefTable0\(ret\));|return isLikeNone\(ret\) .*;|const (obj|v|val) = arg[01];|var (ptr|len)1 = .*|getDataViewMemory0\(\)\.set\w+\(.*|)$/;
  return lines
    .filter((line) => !crossing.test(line))
    .join(' ')
    .replace(/^const ret = /, '')
    .replace(/;$/, '')
    .replace(/getStringFromWasm0\(/g, 'string(')
    .replace(/getArrayU8FromWasm0\(/g, 'bytes(')
    .replace(/\b(obj|v|val)\b/g, 'arg0')
    .replace(/\barg(\d)( >>> 0)?/g, '$1');
}
