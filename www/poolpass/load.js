// Loading the wasm: its first part once, on first use, and never at import; its second part when the first asks for it.
import { adopt, explained, unloadable } from './shared.js';

/**
 * Makes the functions that load a wasm. For `start`, `seen` has what auth.js knows: the `source`, and the `response` that it has
 * already requested, or the `cause` why there is no source; `shared` is what shared.js takes over.
 */
export function starter(init, importDeferred) {
  let first;
  let loading;

  async function start(seen, shared) {
    adopt(shared);
    try {
      if (typeof seen.source === 'string') seen.url = withoutQuery(seen.source);
      if (seen.cause) throw seen.cause;
      first = await init({ module_or_path: await read(await (seen.response ?? seen.source), seen) });
    } catch (cause) {
      // This stays if even the texts of errors cannot be loaded.
      const error = { name: 'WasmLoadException', code: 'wasm_load', reason: 'unreachable', retryable: true };
      throw await explained({ ...error, seen }, cause);
    }
  }

  function loadDeferred() {
    loading ??= importDeferred()
      .then(({ load }) => load(first))
      .catch((cause) => {
        loading = undefined; // the next call tries again
        throw unloadable(cause);
      });
    return loading;
  }

  return { start, loadDeferred };
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
