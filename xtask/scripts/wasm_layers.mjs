// Where a wasm's bytes are, by its name section: each function's body counts for the module that its name begins with.
// What the optimiser has inlined counts for the caller. Generic code of the standard library bears no name of ours, and
// counts for the standard library even if it exists for one of our types only.

/** Bytes of each layer of `src/`, of each other crate, and of what is no code; the sum is the file without its names. */
export function layersOf(wasm) {
  const { sections, importedFunctions, bodies, names } = read(wasm);
  const layers = new Map();
  const add = (label, bytes) => layers.set(label, (layers.get(label) ?? 0) + bytes);
  bodies.forEach((bytes, index) => add(labelOf(names.get(importedFunctions + index)), bytes));
  const code = bodies.reduce((sum, bytes) => sum + bytes, 0);
  const size = (...ids) => sections.filter(({ id }) => ids.includes(id)).reduce((sum, { bytes }) => sum + bytes, 0);
  add('data (texts, tables)', size(11));
  add('types, imports, exports, tables', wasm.length - size(10, 11, 'name') + (size(10) - code));
  return Object.fromEntries([...layers].sort(([, a], [, b]) => b - a));
}

const STANDARD = ['core', 'alloc', 'std'];
const BINDINGS = ['wasm_bindgen', 'js_sys', 'web_sys', 'wasm_bindgen_futures'];

function labelOf(name) {
  if (!name) return 'without a name';
  const ours = /\b(poolpass(?:_\w+)?)::(\w+)/.exec(name);
  if (ours) {
    const [, crate, module] = ours;
    if (crate !== 'poolpass') return `${crate.replace('poolpass_', '')} (crate)`;
    // A type at the crate's root, such as `poolpass::Client`, is written without its module.
    return /^[a-z]/.test(module) ? module : 'lib';
  }
  const crate = /^[<&*()[\]\s]*(?:dyn\s+|impl\s+|mut\s+)*(\w+)(?:\[[0-9a-f]+\])?(?=::|>|\b.*::)/.exec(name)?.[1];
  if (!crate || !name.includes('::')) return 'bindings';
  if (STANDARD.includes(crate) || !/^[a-z]/.test(crate)) return 'core, alloc, std';
  if (/^(usize|isize|[iu]\d+|bool|char|str)$/.test(crate)) return 'core, alloc, std';
  return BINDINGS.includes(crate) ? 'bindings' : crate;
}

/** https://webassembly.github.io/spec/core/binary/modules.html and, for the names, its appendix on custom sections. */
function read(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return Buffer.from(wasm.buffer, wasm.byteOffset + at - length, length).toString();
  };
  const limits = () => {
    const hasMaximum = wasm[at++] & 1;
    number();
    if (hasMaximum) number();
  };

  const sections = [];
  const bodies = [];
  const names = new Map();
  let importedFunctions = 0;
  while (at < wasm.length) {
    const start = at;
    let id = wasm[at++];
    const size = number();
    const end = at + size;
    if (id === 0) id = text();
    if (id === 2) {
      for (let count = number(); count > 0; count -= 1) {
        text();
        text();
        const kind = wasm[at++];
        if (kind === 0) importedFunctions += 1;
        if (kind === 0) number();
        else if (kind === 1) { at += 1; limits(); }
        else if (kind === 2) limits();
        else at += 2; // a global's type, or a tag's
      }
    } else if (id === 10) {
      for (let count = number(); count > 0; count -= 1) {
        const length = number();
        bodies.push(length);
        at += length;
      }
    } else if (id === 'name') {
      while (at < end) {
        const part = wasm[at++];
        const length = number();
        const partEnd = at + length;
        if (part === 1) {
          for (let count = number(); count > 0; count -= 1) names.set(number(), text());
        }
        at = partEnd;
      }
    }
    at = end;
    sections.push({ id, bytes: end - start });
  }
  return { sections, importedFunctions, bodies, names };
}
