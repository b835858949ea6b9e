// Loading the wasm: once, on first use, and never at import.
import { PoolpassError } from './error.js';
import init, { initSync, onPanic } from './poolpass.js';

let loading;
let death;
const mourners = new Set();

export function load(source) {
  loading ??= instantiate(source).catch((cause) => {
    loading = undefined; // the next call tries again
    throw new PoolpassError(
      {
        name: 'WasmLoadException',
        code: 'wasm_load',
        message: 'The wasm file cannot be loaded.',
        retryable: true,
        recoverySuggestion:
          "Serve poolpass_bg.wasm beside index.js, allow 'wasm-unsafe-eval' in script-src, or pass load() its URL or bytes.",
      },
      cause,
    );
  });
  return loading;
}

async function instantiate(source) {
  // The wasm's futures are run by it. If a page has replaced it by one that throws, that shows here and not inside.
  globalThis.queueMicrotask?.(() => {});
  const url = new URL('./poolpass_bg.wasm', import.meta.url);
  const fs = source === undefined && url.protocol === 'file:' && globalThis.process?.getBuiltinModule?.('node:fs');
  // Node's fetch takes no file: URLs.
  if (fs) initSync({ module: fs.readFileSync(url) });
  else await init({ module_or_path: source ?? url });
  onPanic(() => {
    death = new PoolpassError({
      name: 'InternalError',
      code: 'bug',
      message: 'poolpass has crashed and cannot go on; reload the page and please report it.',
    });
    for (const reject of mourners) reject(death);
  });
}

/** Throws if the wasm has died: nothing in it can be relied on any more. */
export function assertAlive() {
  if (death) throw death;
}

/** Calls back if the wasm dies, at once if it has; returns how to forget about it. */
export function onDeath(reject) {
  if (death) reject(death);
  mourners.add(reject);
  return () => void mourners.delete(reject);
}
