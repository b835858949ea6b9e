// `warmUpOnFocus`.

/** Calls back once, when a password field of the page has the focus. */
export function whenPasswordIsFocused(signal, act) {
  const { document } = globalThis;
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  const focused = ({ target }) => {
    if (target?.type !== 'password') return;
    stop.abort();
    act();
  };
  document?.addEventListener('focusin', focused, { signal: stop.signal });
  // It may have had the focus before the wasm came.
  focused({ target: document?.activeElement });
}
