import { element } from '../dom.js';

/** A row of a list of facts, as written in code. */
export function fact(name, text) {
  return element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, text)));
}
