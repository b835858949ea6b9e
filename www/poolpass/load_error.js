// The error for a wasm that cannot be loaded: its URL, what came instead, and the line to add.

const INLINE = "import { createAuth } from 'poolpass/inline'";
const MANIFEST = `"content_security_policy": { "extension_pages": "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" }`;

/**
 * The members of the PoolpassError. `seen` has what is known: `source`, unless the script cannot tell it, and the `url`, `status`
 * and content `type` of a response. `cause` is what was thrown.
 */
export function loadError({ seen, ...error }, cause) {
  const [reason, problem, recoverySuggestion] = explain(seen, cause);
  const { status } = seen;
  const retryable = reason === 'unreachable' || status >= 500 || status === 408 || status === 429;
  return { ...error, reason, message: `The wasm file cannot be loaded: ${problem}.`, status, retryable, recoverySuggestion };
}

function explain({ source, url, status, type }, cause) {
  const { location, WebAssembly } = globalThis;
  const answer = `${url} answered with status ${status}, content type ${type}`;
  if (!WebAssembly) return ['no_webassembly', 'WebAssembly is missing', 'Use a browser with WebAssembly. Lockdown Mode turns it off.'];
  // The words of Chromium and Safari, and of Firefox.
  if (/unsafe-eval|blocked by CSP/.test(cause?.message)) {
    const advice = /-extension:/.test(location?.protocol) ? `Add to manifest.json: ${MANIFEST}` : "Add 'wasm-unsafe-eval' to script-src.";
    return ['blocked_by_policy', 'the Content Security Policy does not allow WebAssembly', advice];
  }
  if (source === undefined) return ['no_url', 'this script does not know its own URL', `Use ${INLINE}, or call load(url) first.`];
  if (status >= 300) return [status === 404 ? 'not_found' : 'http_error', answer, `Serve the file there, call load(url) first, or use ${INLINE}.`];
  if (/html/.test(type)) {
    const vite = "The server sent a page instead of the file. With Vite, add to vite.config.js: optimizeDeps: { exclude: ['poolpass'] }.";
    return ['not_found', answer, `${vite} Elsewhere, use ${INLINE}, or call load(url) first.`];
  }
  const connection = 'Check the connection, and allow the host in connect-src of the Content Security Policy.';
  // Every browser speaks of imports where the wasm and its script do not fit together.
  if (status && cause instanceof TypeError && !/import/i.test(cause.message)) return ['unreachable', `${answer}, and broke off`, connection];
  const outdated = 'Serve the poolpass_bg.wasm of the same version as the script. If it is, the browser is too old.';
  if (status) return ['invalid_wasm', answer, outdated];
  if (!url) return ['invalid_wasm', 'the source is not the wasm of this version', outdated];
  if (url.startsWith('file:')) return ['not_found', `${url} cannot be read`, `Keep the file beside the script, or use ${INLINE}.`];
  if (!location && !URL.canParse(url)) {
    const advice = `Call createAuth in the browser: with React or Next.js in useEffect. On a server, use ${INLINE}.`;
    return ['no_browser', `${url} has no host, as this is not a browser`, advice];
  }
  return ['unreachable', `${url} cannot be fetched`, connection];
}
