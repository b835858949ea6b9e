// The texts of an error that the wasm or another tab describes. Loaded with the first one, by explained.js.
import { MESSAGES, SUGGESTIONS } from './errors.js';

/** The members of a PoolpassError. Texts that came with the error stay. */
export function explain(error) {
  const { code, number = 0, detail = '', reason, name } = error;
  const words = [reason, name, detail].map((word) => `${code}.${word}`);
  return {
    ...error,
    message: error.message ?? MESSAGES[code]?.[number]?.replace('{}', () => detail) ?? '',
    recoverySuggestion: error.recoverySuggestion ?? SUGGESTIONS[[...words, code].find((key) => key in SUGGESTIONS)],
  };
}
