// The texts of an error that the wasm or another tab describes. Loaded with the first one, by explained.js.
import { MESSAGES, SUGGESTIONS } from './errors.js';

/** The members of a PoolpassError. What has no number or no row here keeps the text that it came with. */
export function explain(error) {
  const { code, number, detail = '', reason, name } = error;
  const words = [reason, name, detail].map((word) => `${code}.${word}`);
  return {
    ...error,
    message: MESSAGES[code]?.[number]?.replace('{}', () => detail) ?? error.message,
    recoverySuggestion: error.recoverySuggestion ?? SUGGESTIONS[[...words, code].find((key) => key in SUGGESTIONS)],
  };
}
