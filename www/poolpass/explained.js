// Errors as the wasm and other tabs describe them: a code and words. The texts are loaded with the first one.
import { isPoolpassError, PoolpassError } from './error.js';

/** An error waits no longer for its texts, in milliseconds. */
const PATIENCE_MS = 3000;

let explain;

/** The PoolpassError for an error's description. Without the texts, which may be out of reach too, its message is short. */
export async function explained(error, cause) {
  if (isPoolpassError(error)) return error;
  if (!explain) await load();
  return new PoolpassError(explain ? explain(error, cause) : withMessage(error), cause);
}

/** Takes the texts from an entry point that has them with it. */
export function adoptTexts(given) {
  explain = given;
}

/** A description with a message in any case. */
export function withMessage(error) {
  const { code, reason, detail } = error;
  return { message: [code, reason, detail].filter(Boolean).join(': '), ...error };
}

async function load() {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, {})));
  try {
    const loaded = await Promise.race([import('./explain.js'), late]);
    explain ??= loaded.explain;
  } catch {
    // The next error tries again.
  } finally {
    clearTimeout(timer);
  }
}
