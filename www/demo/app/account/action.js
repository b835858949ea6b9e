// One action of the account: a form, and under it the line of code that it runs.
import { codeLine } from '../code-line.js';
import { element } from '../dom.js';
import { taskForm } from '../form/form.js';

/**
 * @param name the text of the button
 * @param fields the fields, as `form/field.js` makes them
 * @param code returns the line for the values by field name, without secrets
 * @param run receives the values
 * @param kind the look of the button
 */
export function accountAction({ name, fields = [], code, run, kind = '' }) {
  const form = taskForm({ label: name, fields, submitText: name, kind, submit: run });
  const line = codeLine(name);
  const showLine = () => line.show(code(Object.fromEntries(new FormData(form.element))));
  for (const event of ['input', 'change']) form.element.addEventListener(event, showLine);
  showLine();
  return {
    element: element('div', { class: 'action' }, form.element, line.element),
    /** After values were set by a program. */
    showLine,
    clear() {
      form.problem.clear();
      form.element.reset();
      showLine();
    },
  };
}

/** A part of the account: `lead` says what it is for, `actions` are cleared when another user signs in. */
export function part(title, lead, ...contents) {
  const id = `account-${title.toLowerCase().replace(/\W+/g, '-')}`;
  return element(
    'section',
    { class: 'card', 'aria-labelledby': id },
    element('h2', { id }, title),
    element('p', { class: 'lead' }, lead),
    ...contents,
  );
}

/** What a pool does not have: where to find it. */
export function missing(what, pool, change) {
  const button = element('button', { type: 'button' }, `Use the ${pool.title.toLowerCase()}`);
  button.addEventListener('click', change);
  return element('div', { class: 'missing' }, element('p', {}, `This user pool has no ${what}.`), button);
}
