// A list of things that can be removed one by one, with the line of code that removed the last one.
import { whileBusy } from '../busy.js';
import { codeLine } from '../code-line.js';
import { element } from '../dom.js';
import { problemBox } from '../problem.js';

/**
 * @param empty said if there is none
 * @param describe returns the name of a thing and a line about it
 * @param word the text of the button
 * @param remove removes a thing
 * @param isFixed whether a thing can't be removed here
 */
export function removable({ empty, describe, word, remove, isFixed = () => false }) {
  const problem = problemBox();
  const list = element('ul', { class: 'attributes' });
  const none = element('p', { class: 'quiet' });
  const line = codeLine(word);
  line.element.hidden = true;

  function entry(thing) {
    const [name, about] = describe(thing);
    const button = element('button', { type: 'button' }, word, element('span', { class: 'unseen' }, ` ${name}`));
    button.addEventListener('click', () =>
      whileBusy(button, async () => {
        problem.clear();
        await remove(thing).catch(problem.show);
      }),
    );
    return element('li', {}, element('div', {}, element('span', { class: 'value' }, name), element('span', { class: 'quiet' }, about)), !isFixed(thing) && element('div', { class: 'actions' }, button));
  }

  return {
    element: element('div', { class: 'stack' }, problem.element, none, list, line.element),
    line: {
      show(text) {
        line.element.hidden = false;
        line.show(text);
      },
    },
    show(things) {
      none.textContent = things.length > 0 ? '' : empty;
      list.replaceChildren(...things.map(entry));
    },
    clear() {
      problem.clear();
      none.textContent = '';
      list.replaceChildren();
      line.element.hidden = true;
    },
  };
}
