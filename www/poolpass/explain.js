// The texts of an error that the wasm or another tab describes. Loaded with the first one, by explained.js.
import * as texts from './errors.js';
import { loadError } from './load_error.js';

/**
 * The errors of this JavaScript alone have their texts here. They are not added by spreading: terser would make one literal with two
 * `__proto__`, which is a syntax error.
 */
const MESSAGES = Object.assign(Object.create(null), texts.MESSAGES, {
  no_window: [
    '{} needs a page, and there is none here.',
    '{} needs a browser here: on a server, all visitors would share one session.',
  ],
});
const SUGGESTIONS = Object.assign(Object.create(null), texts.SUGGESTIONS, {
  no_window: 'Call it in a page, not in a worker or on a server.',
  'no_window.createAuth':
    "In React and Next.js, call it in useEffect. In Node.js, for one user, set storage: 'memory' or your own storage.",
});

/**
 * The members of a PoolpassError. Only a wasm that cannot be loaded has a cause. What has no number or no row here keeps the text
 * that it came with.
 */
export function explain(error, cause) {
  if (cause) return loadError(error, cause);
  const { code, number, detail = '', reason, name } = error;
  const words = [reason, name, detail].map((word) => `${code}.${word}`);
  return {
    ...error,
    message: MESSAGES[code]?.[number]?.replace('{}', () => detail) ?? error.message,
    recoverySuggestion: error.recoverySuggestion ?? SUGGESTIONS[[...words, code].find((key) => key in SUGGESTIONS)],
  };
}
