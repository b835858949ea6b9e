// Reading inputs. Each member is read once, into plain data of our own: getters and Proxies of the app run here and nowhere
// else. JSON drops or changes some values in silence; here they are errors that name their path.
import { isPoolpassError, misuse } from './error.js';

/** The wasm reads no deeper. */
const DEEPEST = 32;
/** Half of a surrogate pair. It has no form in UTF-8, so the wasm would get U+FFFD: another password, for one. */
const HALF_A_PAIR = /\p{Surrogate}/u;

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy of an object, one level deep. */
export function members(value, name = 'input') {
  let at = name;
  try {
    if (!isObject(value)) throw misuse(`The ${name} must be an object.`);
    const copied = {};
    for (at of Object.keys(value)) add(copied, at, value[at]);
    return copied;
  } catch (thrown) {
    throw unreadable(at, thrown);
  }
}

/** A copy of a value as plain data. `functions` gets the members that are functions, by their paths; the copy has `true` for them. */
export function plain(value, path, functions) {
  return copy(value, path, functions, 0);
}

function copy(value, path, functions, depth) {
  if (typeof value === 'string') return wellFormed(value, path);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
  let at = path;
  try {
    if (depth > DEEPEST) throw misuse(`${path} is nested too deeply.`);
    const toJSON = value?.toJSON;
    if (typeof toJSON === 'function') return copy(toJSON.call(value), path, functions, depth + 1);
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return copy(value.valueOf(), path, functions, depth + 1);
    if (Array.isArray(value)) return Array.from(value, (element, index) => copy(element, `${path}[${index}]`, functions, depth + 1));
    const kind = Object.prototype.toString.call(value);
    if (kind !== '[object Object]') throw misuse(`${path || 'The input'} must be plain data, not ${kind}.`);
    const copied = {};
    for (const key of Object.keys(value)) {
      at = path ? `${path}.${wellFormed(key, path)}` : wellFormed(key, path);
      let member = value[key];
      if (member === undefined) continue;
      if (functions && typeof member === 'function') {
        functions[at] = member;
        member = true;
      }
      add(copied, key, copy(member, at, functions, depth + 1));
    }
    return copied;
  } catch (thrown) {
    throw unreadable(at, thrown);
  }
}

/** Adds a member, also one that is called `__proto__`. */
function add(object, key, value) {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true });
  else object[key] = value;
}

/** The error for an option that is unknown or of the wrong type. */
export function badOption(name) {
  return misuse(`The input has an option that is unknown or of the wrong type: ${name}`);
}

/** Checks an optional signal. */
export function signalOf(value) {
  if (value === undefined || isSignal(value)) return value;
  throw badOption('signal');
}

export function isSignal(value) {
  try {
    return value instanceof AbortSignal && typeof value.aborted === 'boolean';
  } catch {
    return false; // a Proxy, or something that only has the prototype
  }
}

function wellFormed(text, path) {
  if (HALF_A_PAIR.test(text)) throw misuse(`${path || 'The input'} has half of a surrogate pair.`);
  return text;
}

/** Runs something that may run code of the app. An exception becomes an error that names the path. */
export function attempt(path, read) {
  try {
    return read();
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
}

function unreadable(path, thrown) {
  return isPoolpassError(thrown) ? thrown : misuse(`${path || 'The input'} cannot be read.`, thrown);
}
