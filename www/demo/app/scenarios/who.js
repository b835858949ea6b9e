// An identity of the identity pool: its ID, its role, and when its credentials expire.
import { actionButton } from '../busy.js';
import { element } from '../dom.js';
import { problemBox } from '../problem.js';
import { fromNow, moment } from '../times.js';
import { roleOf } from './caller.js';

const TICK_MS = 1_000;
const NAMES = ['Identity ID', 'Role', 'Access key ID', 'Expires'];

/** Sends no request until a button is pressed. */
export function whoAmI(auth, settings, { name, found }) {
  const problem = problemBox();
  const values = {};
  const rows = NAMES.map((row) => {
    values[row] = element('dd', {});
    return element('div', {}, element('dt', {}, row), values[row]);
  });
  const facts = element('dl', { class: 'facts', hidden: true }, ...rows);
  let expiration;

  setInterval(() => {
    if (expiration) tellTime();
  }, TICK_MS);

  function tellTime() {
    const text = `${fromNow(expiration)} (${moment(expiration)})`;
    if (values['Expires'].textContent !== text) values['Expires'].textContent = text;
  }

  async function ask(input) {
    const credentials = await auth.getCredentials(input);
    const role = await roleOf(auth, settings);
    values['Identity ID'].textContent = credentials.identityId;
    values.Role.textContent = role;
    values['Access key ID'].textContent = `${credentials.accessKeyId.slice(0, 8)}…`;
    expiration = credentials.expiration.getTime();
    tellTime();
    facts.hidden = false;
    found?.({ identityId: credentials.identityId, role });
  }

  const actions = element(
    'div',
    { class: 'actions' },
    actionButton(name, () => ask(), problem, 'primary'),
    actionButton('Get new credentials', () => ask({ forceRefresh: true }), problem),
  );
  return {
    element: element('div', { class: 'who' }, problem.element, actions, facts),
    clear() {
      problem.clear();
      facts.hidden = true;
      expiration = undefined;
      for (const value of Object.values(values)) value.textContent = '';
    },
  };
}
