// Loading the wasm: once, on first use, and never at import.
import { loadError } from './load_error.js';
import init from './poolpass.js';

let loading;

/**
 * Loads the wasm from `given`, or else from what the entry point's `usual` returns. `usual` is not called without need: in a
 * classic script it throws.
 */
export function load(given, usual) {
  loading ??= instantiate(given, usual).catch((error) => {
    loading = undefined; // the next call tries again
    throw error;
  });
  return loading;
}

async function instantiate(given, usual) {
  const seen = {};
  try {
    seen.source = given ?? usual();
    await init({ module_or_path: await read(await seen.source, seen) });
  } catch (cause) {
    throw loadError(seen, cause);
  }
}

/** What wasm-bindgen's `init` takes. `seen` is filled with the facts for an error. */
async function read(source, seen) {
  const isRequest = typeof source === 'string' || source instanceof URL || source instanceof globalThis.Request;
  if (isRequest) seen.url = withoutQuery(source.url ?? source);
  // Node's fetch takes no file: URLs.
  const fs = seen.url?.startsWith('file:') && globalThis.process?.getBuiltinModule?.('node:fs');
  if (fs) return fs.readFileSync(new URL(source));
  const wasm = isRequest ? await fetch(source) : source;
  if (wasm instanceof globalThis.Response) {
    const type = wasm.headers.get('content-type') ?? 'none';
    Object.assign(seen, { url: withoutQuery(wasm.url || seen.url || 'the response'), status: wasm.status, type });
    if (!wasm.ok) throw new Error(`HTTP status ${wasm.status}`);
    if (type.includes('html')) throw new Error('a page came instead of the wasm');
  }
  return wasm;
}

/** A URL for an error: a query may contain a signature. */
const withoutQuery = (url) => String(url).split(/[?#]/)[0].slice(0, 200);
