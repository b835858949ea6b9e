// Loading the wasm: once, on first use, and never at import.
import { PoolpassError } from './error.js';
import init, { onPanic } from './poolpass.js';

let loading;
let death;
const crashListeners = new Set();

export function load(source) {
  loading ??= instantiate(source).catch((error) => {
    loading = undefined; // the next call tries again
    throw error;
  });
  return loading;
}

async function instantiate(given) {
  // The wasm's futures run on it. If a page has replaced it by one that throws, that shows here and not inside.
  globalThis.queueMicrotask?.(() => {});
  // Evaluated only if nothing is given: a classic bundle has no import.meta.url.
  const source = given ?? new URL('./poolpass_bg.wasm', import.meta.url);
  const seen = {};
  try {
    await init({ module_or_path: await read(source, seen) });
  } catch (cause) {
    throw unloadable(seen, cause);
  }
  onPanic(() => {
    death = new PoolpassError({
      name: 'InternalError',
      code: 'internal',
      message: 'poolpass has crashed and cannot continue. Reload the page, and please report this.',
    });
    for (const reject of crashListeners) reject(death);
  });
}

/** Throws if the wasm has crashed: its state can't be trusted. */
export function assertAlive() {
  if (death) throw death;
}

/** What wasm-bindgen's `init` takes. `seen` is filled with what an error has to say. */
async function read(source, seen) {
  const isRequest = typeof source === 'string' || source instanceof URL || source instanceof globalThis.Request;
  if (isRequest) seen.url = withoutQuery(source.url ?? source);
  // Node's fetch takes no file: URLs.
  const fs = source.protocol === 'file:' && globalThis.process?.getBuiltinModule?.('node:fs');
  if (fs) return fs.readFileSync(source);
  const wasm = isRequest ? await fetch(source) : source;
  if (wasm instanceof globalThis.Response) {
    Object.assign(seen, { url: withoutQuery(wasm.url || seen.url || 'The given response'), status: wasm.status, type: wasm.headers.get('content-type') ?? 'none' });
    if (!wasm.ok) throw new Error(`HTTP status ${wasm.status}`);
  }
  return wasm;
}

/** An address for an error: a query may hold a signature. */
const withoutQuery = (url) => String(url).split(/[?#]/)[0].slice(0, 200);

function unloadable({ url, status, type }, cause) {
  let problem = 'load() was given something else';
  let recoverySuggestion = 'Serve poolpass_bg.wasm beside index.js, or pass its URL or bytes to load().';
  if (status) problem = `${url} answered with status ${status}, content type ${type}`;
  else if (url) problem = `${url} cannot be fetched`;
  if (/html/.test(type)) {
    recoverySuggestion =
      "The server sent a page instead of the file. With Vite, add optimizeDeps: { exclude: ['poolpass'] } to vite.config.js. " + recoverySuggestion;
  } else if (status === 200) {
    recoverySuggestion = "Allow 'wasm-unsafe-eval' in script-src of the Content Security Policy. " + recoverySuggestion;
  }
  const message = `The wasm file cannot be loaded: ${problem}.`;
  return new PoolpassError({ name: 'WasmLoadException', code: 'wasm_load', message, status, retryable: true, recoverySuggestion }, cause);
}

/** Calls back if the wasm dies, at once if it has; returns how to forget about it. */
export function onDeath(reject) {
  if (death) reject(death);
  crashListeners.add(reject);
  return () => void crashListeners.delete(reject);
}
