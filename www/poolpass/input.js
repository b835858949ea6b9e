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
  return attempt(name, () => {
    if (!isObject(value)) throw misuse(`The ${name} must be an object.`);
    return Object.fromEntries(Object.keys(value).map((key) => [key, attempt(key, () => value[key])]));
  });
}

/** A copy of a value as plain data. `dropFunctions` leaves out members that are functions, as JSON does. */
export function plain(value, path, { dropFunctions = false, depth = 0 } = {}) {
  return attempt(path, () => {
    if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
    if (typeof value === 'string') return wellFormed(value, path);
    if (typeof value !== 'object') throw misuse(`${path} must be plain data: objects, lists, texts, finite numbers, true, false, null.`);
    if (depth > DEEPEST) throw misuse(`${path} is nested too deeply.`);
    const below = (key) => (path ? `.${key}` : key);
    const within = (member, key) => plain(member, `${path}${key}`, { dropFunctions, depth: depth + 1 });
    const { toJSON } = value;
    if (typeof toJSON === 'function') return within(toJSON.call(value), '');
    if (value instanceof String || value instanceof Number || value instanceof Boolean) return within(value.valueOf(), '');
    if (!Array.isArray(value) && Object.prototype.toString.call(value) !== '[object Object]') {
      throw misuse(`${path || 'The input'} must be plain data, and is ${Object.prototype.toString.call(value)}.`);
    }
    if (Array.isArray(value)) return Array.from(value, (element, at) => within(element, `[${at}]`));
    return Object.fromEntries(
      Object.keys(value)
        .map((key) => [wellFormed(key, path), attempt(path + below(key), () => value[key])])
        .filter(([, member]) => member !== undefined && !(dropFunctions && typeof member === 'function'))
        .map(([key, member]) => [key, within(member, below(key))]),
    );
  });
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
  if (HALF_A_PAIR.test(text)) throw misuse(`${path || 'The input'} has half of a surrogate pair in it, which cannot be sent.`);
  return text;
}

/** Runs something that may run code of the app. An exception becomes an error that names the path. */
export function attempt(path, read) {
  try {
    return read();
  } catch (thrown) {
    throw isPoolpassError(thrown) ? thrown : misuse(`${path || 'The input'} cannot be read.`, thrown);
  }
}
