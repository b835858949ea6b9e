// WebAssembly's text format, as binaryen writes it, cut into its top-level forms.
import binaryen from 'binaryen';

const { SIMD128, MutableGlobals, BulkMemory, BulkMemoryOpt, SignExt, NontrappingFPToInt, Multivalue, ReferenceTypes } = binaryen.Features;
/** What the kit's wasm uses. */
const FEATURES = SIMD128 | MutableGlobals | BulkMemory | BulkMemoryOpt | SignExt | NontrappingFPToInt | Multivalue | ReferenceTypes;

binaryen.setDebugInfo(true);

/** The forms of a wasm. */
export function read(bytes) {
  return topLevel(binaryen.readBinary(new Uint8Array(bytes)).emitText());
}

/** A module of these texts of forms, after these passes. */
export function assemble(texts, passes) {
  const module = binaryen.parseText(`(module\n${texts.join('\n')}\n)`);
  module.setFeatures(FEATURES);
  module.runPasses([...passes, 'remove-unused-module-elements']);
  if (!module.validate()) throw new Error('the module is not valid');
  return module;
}

/** The bytes of a module, with the names of functions or without. */
export function bytes(module, hasNames) {
  binaryen.setDebugInfo(hasNames);
  const bytes = module.emitBinary();
  binaryen.setDebugInfo(true);
  return bytes;
}

/** The module's forms: each with its kind, its name, and for functions what they call. */
export function topLevel(text) {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, at) => (/^ \(/.test(line) ? [at] : []));
  return starts.map((start, at) => {
    const end = starts[at + 1] ?? lines.findLastIndex((line) => line === ')');
    const text = lines.slice(start, end).filter((line) => !/^ ;/.test(line)).join('\n').trim();
    const kind = /^\((\w+)/.exec(text)[1];
    const name = names(kind === 'import' ? text.slice(text.lastIndexOf('(func')) : text)[0];
    const calls = kind === 'func' ? [...text.matchAll(/\((?:return_)?(?:call|ref\.func) (\$"(?:[^"\\]|\\.)*"|\$[^\s()]+)/g)].map(([, callee]) => callee) : [];
    return { kind, name, text, calls };
  });
}

export function names(text) {
  return text.match(/\$"(?:[^"\\]|\\.)*"|\$[^\s()]+/g) ?? [];
}

/** The parameters and results of a function, without their names. */
export function signature(text) {
  const from = text.slice(text.lastIndexOf('(func') >= 0 && text.startsWith('(import') ? text.lastIndexOf('(func') : 0);
  const head = from.split('\n')[0];
  return [...head.matchAll(/\((param|result)((?: \$"(?:[^"\\]|\\.)*"| \$[^\s()]+| \w+)*)\)/g)]
    .map(([, kind, types]) => `(${kind} ${types.replace(/\$"(?:[^"\\]|\\.)*"|\$[^\s()]+/g, '').trim()})`)
    .join(' ');
}

/** Every number in a form, also as half of a larger one: a reference to a constant is one of them. */
export function numbersIn(text) {
  const bodies = text.replace(/\$"(?:[^"\\]|\\.)*"|\$[^\s()]+/g, '');
  return [...bodies.matchAll(/-?\b(?:0x[\da-f]+|\d+)\b/g)].flatMap(([word]) => {
    const number = word.startsWith('-') ? -BigInt(word.slice(1)) : BigInt(word);
    return [number, number >> 32n].map((half) => Number(BigInt.asUintN(32, half)));
  });
}

/** The bytes of a string in the text format. */
export function unescaped(text) {
  const letter = { t: 9, n: 10, r: 13, '"': 34, "'": 39, '\\': 92 };
  return [...text.matchAll(/\\([0-9a-f]{2})|\\(.)|([^\\])/gs)].flatMap(([, hex, escape, plain]) =>
    hex ? [parseInt(hex, 16)] : escape ? [letter[escape]] : [...Buffer.from(plain)],
  );
}
