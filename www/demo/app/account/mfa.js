// Second factors: which are on, and which one is asked for first.
import { quoted } from '../code-line.js';
import { element } from '../dom.js';
import { selectField } from '../form/field.js';
import { accountAction, part } from './action.js';

const NAMES = { sms: 'SMS', email: 'E-mail', totp: 'Authenticator app' };
const STATES = [
  ['', 'Leave as it is'],
  ['ENABLED', 'On'],
  ['PREFERRED', 'On, and asked for first'],
  ['NOT_PREFERRED', 'On, not asked for first'],
  ['DISABLED', 'Off'],
];

export function mfaPart({ auth, notice, settings }) {
  const state = element('p', { class: 'state' });
  const types = Object.keys(NAMES).filter((type) => type === 'totp' || settings.has(type.toUpperCase()));

  async function load() {
    const { enabled = [], preferred } = await auth.fetchMFAPreference();
    const names = enabled.map((type) => NAMES[type.toLowerCase()] + (type === preferred ? ' (asked for first)' : ''));
    state.textContent = names.length > 0 ? `On: ${names.join(', ')}.` : 'No second factor is on.';
  }

  const wanted = (values) => Object.fromEntries(types.map((type) => [type, values[type]]).filter(([, value]) => value));
  const show = accountAction({ name: 'Show the second factors', code: () => 'await auth.fetchMFAPreference();', run: load });
  const update = accountAction({
    name: 'Save the second factors',
    fields: types.map((type) => selectField({ name: type, label: NAMES[type], options: STATES })),
    code: (values) => `await auth.updateMFAPreference({ ${Object.entries(wanted(values)).map(([type, value]) => `${type}: ${quoted(value)}`).join(', ')} });`,
    async run(values) {
      await auth.updateMFAPreference(wanted(values));
      update.clear();
      notice.say('The second factors are saved.');
      await load();
    },
  });

  return {
    element: part('Second factors (MFA)', 'What you are asked for after the password.', state, show.element, update.element),
    load,
    clear() {
      state.textContent = '';
      for (const action of [show, update]) action.clear();
    },
  };
}
