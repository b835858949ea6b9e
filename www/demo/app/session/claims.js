// Claims as a table for people.
import { element } from '../dom.js';
import { moment } from '../times.js';

const TIMES = ['auth_time', 'exp', 'iat', 'nbf'];

function readable(name, value) {
  if (TIMES.includes(name) && typeof value === 'number') return `${value} (${moment(value * 1000)})`;
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

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
