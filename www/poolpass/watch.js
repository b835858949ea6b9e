// What other tabs, the user or another script do to `localStorage`.

/** Written for a moment, for the tab that cleared the storage: a browser sends it no event. */
const HINT = 'poolpass.v1.cleared';
/** Longer than a removal that belongs to a write takes to be followed by it. */
const PAUSE_MS = 250;

/**
 * Calls `hear` with the messages of the other tabs, which they write under `eventKey` if there is one, and `recheck` after
 * the storage was cleared or a stored session removed. Returns how to stop.
 */
export function watchStorage(eventKey, hear, recheck) {
  let timer;
  const heard = ({ key, newValue, storageArea }) => {
    if (key !== null && key === eventKey && newValue) hear(newValue, true);
    const isCleared = key === null;
    const isRemoved = newValue === null && /^poolpass\.v1\..*\.session(\.|$)/.test(key);
    if (!isCleared && !isRemoved && (key !== HINT || newValue === null)) return;
    if (isCleared) hint(storageArea);
    clearTimeout(timer);
    timer = setTimeout(recheck, PAUSE_MS);
  };
  listen('addEventListener', heard);
  return () => {
    clearTimeout(timer);
    listen('removeEventListener', heard);
  };
}

/** Without events, the next call notices. */
function listen(method, heard) {
  try {
    globalThis[method]?.('storage', heard);
  } catch {
    // Replaced by something that throws.
  }
}

function hint(storage) {
  try {
    storage.setItem(HINT, '1');
    storage.removeItem(HINT);
  } catch {
    // A storage that can't be written has no session to lose either.
  }
}
