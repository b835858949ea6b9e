// Claims and attributes as a table for people.
import { element } from '../dom.js';
import { moment } from '../times.js';

const TIMES = ['auth_time', 'exp', 'iat', 'nbf'];

function readable(name, value) {
  if (TIMES.includes(name) && typeof value === 'number') return `${value} (${moment(value * 1000)})`;
  return inWords(value);
}

/** A value of JSON. Members of an object are named; each object of an array has a line of its own. */
function inWords(value) {
  if (Array.isArray(value)) return value.map(inWords).join(value.some(isObject) ? '\n' : ', ');
  return isObject(value) ? Object.entries(value).map(([name, member]) => `${name}: ${inWords(member)}`).join(', ') : String(value);
}

const isObject = (value) => typeof value === 'object' && value !== null;

/** A table of names and values. */
export function claimsTable(caption, claims) {
  const rows = Object.entries(claims).map(([name, value]) =>
    element('tr', {}, element('th', { scope: 'row' }, name), element('td', {}, readable(name, value))),
  );
  return element(
    'table',
    {},
    element('caption', { class: 'unseen' }, caption),
    element('colgroup', {}, element('col'), element('col')),
    element('thead', { class: 'unseen' }, element('tr', {}, element('th', { scope: 'col' }, 'Name'), element('th', { scope: 'col' }, 'Value'))),
    element('tbody', {}, ...rows),
  );
}
