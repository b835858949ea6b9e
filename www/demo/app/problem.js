// Errors in words: what happened, what to do, and the name that programs match on.
import { element, newId } from './dom.js';

// The kit names the method and the field to the developer; a person is told what to do.
const WORDS = [
  [/^Empty\w+Username$/, 'Enter your user name.'],
  [/^Empty\w+Password$/, 'Enter your password.'],
  [/^Empty\w+Code$/, 'Enter the code.'],
];

const FIELDS = [
  [/Username/, 'username'],
  [/^(Empty|Invalid)\w*Password/, 'password'],
  [/^(CodeMismatch|ExpiredCode|Empty\w+Code$)/, 'code'],
];

const REASONS = {
  access_denied: 'The sign-in was refused there, or given up.',
};

const matching = (table, name = '') => table.find(([pattern]) => pattern.test(name))?.[1];

/** A server need not say more than the name of its error. */
const wordsOf = ({ message, reason }) => (message === reason ? (REASONS[reason] ?? message) : message);

/** The field that an error is about, if it is about one. */
export const fieldOf = (error) => matching(FIELDS, error.name);

/** A box that shows one error, takes the focus and is read out. */
export function problemBox() {
  const id = newId('problem');
  const box = element('div', { id, class: 'problem', role: 'alert', tabindex: '-1', hidden: true });
  return {
    id,
    element: box,
    show(error) {
      box.replaceChildren(
        element('p', { class: 'what' }, matching(WORDS, error.name) ?? wordsOf(error)),
        ...(error.recoverySuggestion ? [element('p', {}, error.recoverySuggestion)] : []),
        element('p', { class: 'name' }, element('code', {}, [error.name, error.code, error.reason].filter(Boolean).join(' · '))),
      );
      box.hidden = false;
      box.focus();
    },
    clear() {
      box.hidden = true;
      box.replaceChildren();
    },
  };
}
