// The constants in memory: which of two modules needs which.
import { numbersIn, unescaped } from './wat.mjs';

/** Code may compute a reference from an address a little before a constant, in bytes. */
const SLACK = 8;
/** Where a constant goes. */
const [NOWHERE, FIRST, SECOND] = [0, 1, 2];
/** A run of zeros this long begins a new segment. */
const ZEROS = 8;

/**
 * The data segments of two modules. The constants that only the second refers to move there, and stay at their addresses. `whole` are
 * the forms before panics have lost their messages, `map` is the linker's.
 */
export function splitData(whole, forms, map, isMoved) {
  const image = readData(forms);
  const constants = readMap(map, image);
  const isConstant = (at) => constants.some(({ start, end }) => at + 4 > start && at < end);
  const wordAt = (at) => image.view.getUint32(at - image.start, true);
  const code = (forms, isOurs = () => true) => forms.filter(({ kind, name }) => kind === 'func' && isOurs(name)).flatMap(({ text }) => numbersIn(text));
  // What is not in the map, such as variables, stays.
  const variables = [];
  for (let at = image.start; at < image.end; at += 4) if (!isConstant(at)) variables.push(wordAt(at));

  /** The constants that these numbers may refer to, with those that they refer to. */
  const referred = (numbers, slack) => {
    const found = new Set();
    const visit = (number, slack) => {
      for (const constant of constants) {
        if (number < constant.start - slack || number >= constant.end || found.has(constant)) continue;
        found.add(constant);
        for (let at = Math.ceil(constant.start / 4) * 4; at + 4 <= constant.end; at += 4) visit(wordAt(at), 0);
      }
    };
    new Set(numbers).forEach((number) => visit(number, slack));
    return found;
  };
  const kept = referred([...variables, ...code(forms, (name) => !isMoved.has(name))], SLACK);
  // A constant that nobody seems to refer to is one whose address is computed: it stays.
  const used = (forms, isOurs) => [...referred(code(forms, isOurs), 0)].filter((constant) => !kept.has(constant));
  const place = new Uint8Array(image.end - image.start).fill(FIRST);
  const put = (constants, where) => constants.forEach(({ start, end }) => place.fill(where, start - image.start, end - image.start));
  put(used(whole), NOWHERE); // the messages of panics
  put(used(forms, (name) => isMoved.has(name)), SECOND);
  return { first: segments(image, (at) => place[at] === FIRST), second: segments(image, (at) => place[at] === SECOND) };
}

/** The constants by the linker's map. */
function readMap(text, image) {
  const lines = text.split('\n').map((line) => /^\s*([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)\s(\s*)(\S.*)$/.exec(line));
  let isConstant = false;
  const constants = [];
  for (const [, address, size, indent, name] of lines.filter(Boolean)) {
    const start = parseInt(address, 16);
    const end = start + parseInt(size, 16);
    if (indent === '') isConstant = name === '.rodata';
    else if (isConstant && name.startsWith('<internal>:')) constants.push(...strings(image, start, end));
    else if (isConstant && name.includes(':(.rodata')) constants.push({ start, end });
  }
  if (constants.length === 0) throw new Error('the linker’s map has no constants');
  return constants;
}

/** The strings that the linker has merged. Each ends with a zero. */
function strings(image, start, end) {
  const found = [];
  for (let at = start; at < end; at = found.at(-1).end) {
    const zero = image.bytes.indexOf(0, at - image.start) + image.start + 1;
    found.push({ start: at, end: Math.min(zero, end) });
  }
  return found;
}

/** The data of the bytes that belong to a module, without long runs of zeros. */
function segments(image, belongs) {
  const found = [];
  let current;
  let zeros = 0;
  for (let at = 0; at < image.bytes.length; at++) {
    if (!belongs(at) || (image.bytes[at] === 0 && !current)) {
      current = undefined;
      continue;
    }
    if (!current) found.push((current = { at, bytes: [] }));
    current.bytes.push(image.bytes[at]);
    zeros = image.bytes[at] === 0 ? zeros + 1 : 0;
    if (zeros > ZEROS) {
      current.bytes.splice(-zeros);
      current = undefined;
      zeros = 0;
    }
  }
  const hex = (byte) => `\\${byte.toString(16).padStart(2, '0')}`;
  return found.map(({ at, bytes }) => `(data (i32.const ${image.start + at}) "${bytes.map(hex).join('')}")`);
}

/** The memory at the start. */
function readData(forms) {
  const found = forms.filter(({ kind }) => kind === 'data').map(({ text }) => {
    const [, address, bytes] = /^\(data (?:\S+ )?\(i32\.const (\d+)\) "(.*)"\)$/s.exec(text) ?? [];
    if (bytes === undefined) throw new Error(`a data segment of an unknown form: ${text.slice(0, 80)}`);
    return { address: Number(address), bytes: unescaped(bytes) };
  });
  const start = Math.min(...found.map(({ address }) => address));
  const end = Math.ceil(Math.max(...found.map(({ address, bytes }) => address + bytes.length)) / 4) * 4;
  const bytes = new Uint8Array(end - start);
  found.forEach((segment) => bytes.set(segment.bytes, segment.address - start));
  return { start, end, bytes, view: new DataView(bytes.buffer) };
}
