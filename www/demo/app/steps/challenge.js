// A step of a sign-in: one screen for each, in the same place.
import { actionButton } from '../busy.js';
import { answerLine } from '../challenge/line.js';
import { factsOf, screenOf } from '../challenge/screens.js';
import { codeLine } from '../code-line.js';
import { element, heading } from '../dom.js';
import { taskForm } from '../form/form.js';
import { authenticatorHelp } from '../help/authenticator.js';
import { inboxHelp } from '../help/inbox.js';

/** After these the kit has no step any more that could be answered. */
const OVER = ['session_expired', 'session_used', 'no_sign_in', 'superseded'];

export function challengeStep({ emulator, go, notice, signIn }) {
  const title = heading('Sign in');
  const place = element('section', { class: 'card' });
  const help = element('div', { class: 'stack' });
  let open;

  const startAgain = (kind) => {
    const button = element('button', { type: 'button', class: kind }, 'Start again');
    button.addEventListener('click', () => go('sign-in', { username: open.username, notice: 'Sign in again from the beginning.' }));
    return button;
  };

  function wayOut(error, input) {
    if (OVER.includes(error.reason)) return startAgain('primary');
    if (!error.retryable || !input) return undefined;
    const again = element('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => (input.focus(), input.select()));
    return again;
  }

  function helpFor({ help: kind, secretOfApp }, username, use) {
    if (kind === 'inbox') {
      const inbox = inboxHelp(emulator, { addressee: () => username, use, empty: 'There is no code yet. Check again in a moment.' });
      inbox.read();
      return [inbox.element];
    }
    return kind === 'app' ? [authenticatorHelp(emulator, secretOfApp ? { secret: secretOfApp } : { user: username }, use).element] : [];
  }

  function show({ nextStep, username }) {
    open = { nextStep, username };
    const screen = screenOf(nextStep);
    const input = screen.fields.find((field) => field.input)?.input;
    const form = taskForm({
      label: screen.title,
      fields: screen.fields,
      submitText: screen.submitText,
      wayOut: (error) => wayOut(error, input),
      async submit(values) {
        notice.say('');
        await signIn.answer(screen.answer(values));
      },
    });
    const line = codeLine('this step');
    const showLine = () => line.show(answerLine(screen.answer(Object.fromEntries(new FormData(form.element))), screen.secret));
    for (const event of ['input', 'change']) form.element.addEventListener(event, showLine);
    showLine();
    const use = (code) => {
      input.value = code;
      showLine();
      notice.say('The code was filled in.');
      form.element.querySelector('[type=submit]').focus();
    };
    title.textContent = screen.title;
    place.replaceChildren(
      title,
      element('p', { class: 'lead' }, screen.lead),
      factsOf(screen.facts),
      ...(screen.beside ? [screen.beside] : []),
      form.element,
      startAgain(''),
      line.element,
    );
    help.replaceChildren(...helpFor(screen, username, use));
  }

  return {
    get title() {
      return title.textContent;
    },
    heading: title,
    help,
    element: place,
    /** Before the step is shown, since its heading gets the focus. */
    prepare: show,
    isOpen: () => open !== undefined,
    leave() {
      open = undefined;
      place.replaceChildren(title);
      help.replaceChildren();
    },
  };
}
