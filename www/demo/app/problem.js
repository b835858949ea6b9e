// Errors in words: what happened, what to do, and the name for programs.
import { element, newId } from './dom.js';

// The kit names the method and the field for developers. These texts are for users.
const WORDS = [
  [/^Empty\w+Username$/, 'Enter your user name.'],
  [/^Empty\w+Password$/, 'Enter your password.'],
  [/^Empty\w+Code$/, 'Enter the code.'],
  [/^EmptyChallengeResponse$/, 'Enter your answer.'],
];

const FIELDS = [
  [/Username/, 'username'],
  [/^(Empty|Invalid)\w*Password/, 'password'],
  [/^(CodeMismatch|ExpiredCode|EnableSoftwareToken|EmptyChallengeResponse|Empty\w+Code$)/, 'code'],
];

const REASONS = {
  access_denied: 'The sign-in was denied or canceled.',
};

const matching = (table, name = '') => table.find(([pattern]) => pattern.test(name))?.[1];

/** Some servers send only the name of their error. */
const wordsOf = ({ message, reason }) => (message === reason ? (REASONS[reason] ?? message) : message);

/** The field that an error is about, if any. */
export const fieldOf = (error) => matching(FIELDS, error.name);

/** A box that shows one error. It takes the focus and is read out. */
export function problemBox() {
  const id = newId('problem');
  const box = element('div', { id, class: 'problem', role: 'alert', tabindex: '-1', hidden: true });
  return {
    id,
    element: box,
    /** `wayOut` is a button to go on from there. */
    show(error, wayOut) {
      box.replaceChildren(
        element('p', { class: 'what' }, matching(WORDS, error.name) ?? wordsOf(error)),
        ...(error.recoverySuggestion ? [element('p', {}, error.recoverySuggestion)] : []),
        element('p', { class: 'name' }, element('code', {}, [error.name, error.code, error.reason].filter(Boolean).join(' · '))),
        ...(wayOut ? [wayOut] : []),
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
