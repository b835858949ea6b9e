// A form that does one thing: busy meanwhile, errors in words, and nothing typed is ever lost to one.
import { whileBusy } from '../busy.js';
import { element } from '../dom.js';
import { fieldOf, problemBox } from '../problem.js';

/**
 * @param label what the form is, for screen readers
 * @param fields the fields, as `field.js` makes them
 * @param submitText what the button says
 * @param submit takes the values by field name
 */
export function taskForm({ label, fields, submitText, submit }) {
  const problem = problemBox();
  const button = element('button', { type: 'submit', class: 'primary' }, submitText);
  // No browser bubbles: what is missing is told by the kit, in the same place as everything else.
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
        problem.show(error);
      }
    });
  });

  return { element: form, problem };
}
