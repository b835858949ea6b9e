// Remembering the configurations that the wasm has accepted. With one of them the next page needs no wasm (stored.js).
import { CHECKED, versioned } from './shared.js';

/** So many are remembered. */
const MOST = 4;

/** Remembers a configuration (JSON). A session in another storage is always its own to read. */
export function remember(config, { storage: kind, prefix }) {
  try {
    if (!prefix) return;
    const storage = globalThis[`${kind}Storage`];
    const others = JSON.parse(storage.getItem(CHECKED) ?? '[]').filter(([known]) => known !== versioned(config));
    storage.setItem(CHECKED, JSON.stringify([[versioned(config), prefix], ...others].slice(0, MOST)));
  } catch {
    // The next page load asks the wasm again.
  }
}
