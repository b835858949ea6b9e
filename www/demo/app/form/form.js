// A form with one task. It is busy while it works, shows errors in words, and keeps everything that was typed.
import { whileBusy } from '../busy.js';
import { element } from '../dom.js';
import { fieldOf, problemBox } from '../problem.js';

/**
 * @param label the name of the form, for screen readers
 * @param fields the fields, as `field.js` makes them
 * @param submitText the text of the button
 * @param submit receives the values by field name
 * @param kind the look of the button
 * @param wayOut returns a button for an error, to go on from there
 */
export function taskForm({ label, fields, submitText, submit, kind = 'primary', wayOut = () => undefined }) {
  const problem = problemBox();
  const button = element('button', { type: 'submit', class: kind }, submitText);
  // The kit reports missing values in the problem box, so the browser's own messages are turned off.
  const form = element(
    'form',
    { method: 'post', novalidate: true, 'aria-label': label },
    problem.element,
    ...fields.map((field) => field.element),
    button,
  );

  function mark(error) {
    const input = fields.find((field) => field.input?.name === fieldOf(error))?.input;
    input?.setAttribute('aria-invalid', 'true');
    input?.setAttribute('aria-errormessage', problem.id);
  }

  function unmark(input) {
    input?.removeAttribute('aria-invalid');
    input?.removeAttribute('aria-errormessage');
  }

  form.addEventListener('input', ({ target }) => unmark(target));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    whileBusy(button, async () => {
      problem.clear();
      for (const field of fields) {
        field.hide?.();
        unmark(field.input);
      }
      try {
        await submit(Object.fromEntries(new FormData(form)));
      } catch (error) {
        mark(error);
        problem.show(error, wayOut(error));
      }
    });
  });

  return { element: form, problem };
}
