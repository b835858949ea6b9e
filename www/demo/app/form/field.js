// Labelled form fields.
import { element, newId } from '../dom.js';

/** A text field; attributes beyond the label and the hint go to the `input`. */
export function textField({ name, label, hint, ...attributes }, ...beside) {
  const id = newId(name);
  const hintId = `${id}-hint`;
  const input = element('input', {
    id,
    name,
    type: 'text',
    autocapitalize: 'none',
    spellcheck: 'false',
    'aria-describedby': hint && hintId,
    ...attributes,
  });
  return {
    input,
    element: element(
      'div',
      { class: 'field' },
      element('label', { for: id }, label),
      element('div', { class: 'box' }, input, ...beside),
      hint && element('p', { id: hintId, class: 'hint' }, hint),
    ),
  };
}

/** A password field with a button that shows the password. */
export function passwordField(settings) {
  const word = element('span', {}, 'Show');
  const reveal = element('button', { type: 'button', class: 'reveal' }, word, element('span', { class: 'unseen' }, ' password'));
  const field = textField({ name: 'password', type: 'password', ...settings }, reveal);
  field.hide = () => {
    field.input.type = 'password';
    word.textContent = 'Show';
  };
  reveal.addEventListener('click', () => {
    if (field.input.type === 'text') return field.hide();
    field.input.type = 'text';
    word.textContent = 'Hide';
  });
  return field;
}

/** A choice of one: `options` are `[value, label, explanation]`. The first one is the default. */
export function choiceField({ name, legend, options }) {
  const choices = options.map(([value, label, explanation], index) => {
    const id = newId(name);
    const input = element('input', { id, type: 'radio', name, value, checked: index === 0, 'aria-describedby': `${id}-hint` });
    return element(
      'div',
      { class: 'choice' },
      input,
      element('label', { for: id }, label),
      element('p', { id: `${id}-hint`, class: 'hint' }, explanation),
    );
  });
  const whole = element('fieldset', {}, element('legend', {}, legend), element('div', { class: 'choices' }, ...choices));
  return {
    element: whole,
    /** The chosen value, for fields outside a form. */
    value: () => whole.querySelector(':checked').value,
    choose(value) {
      for (const input of whole.querySelectorAll('input')) input.checked = input.value === value;
    },
  };
}

/** A choice of one from a menu: `options` are `[value, label]`. The first one is the default. */
export function selectField({ name, label, options }) {
  const id = newId(name);
  const input = element('select', { id, name });
  const field = {
    input,
    element: element('div', { class: 'field' }, element('label', { for: id }, label), element('div', { class: 'box' }, input)),
    offer(next) {
      input.replaceChildren(...next.map(([value, text]) => element('option', { value }, text)));
    },
  };
  field.offer(options);
  return field;
}
