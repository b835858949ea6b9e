// Devices: list them, remember this one, forget one.
import { quoted } from '../code-line.js';
import { poolThatHas, usePool } from '../pools.js';
import { moment } from '../times.js';
import { accountAction, missing, part } from './action.js';
import { removable } from './removable.js';

const LEAD = 'A remembered device takes the place of the code.';

export function devicesPart({ auth, notice, settings }) {
  if (!settings.has('devices')) {
    const pool = poolThatHas('devices');
    return { element: part('Devices', LEAD, missing('remembered devices', pool, () => usePool(pool.userPoolId, '#account'))), clear() {} };
  }

  const list = removable({
    empty: 'No device is known.',
    describe: ({ id, name, lastAuthenticatedDate }) => [name ?? id, `last sign-in ${moment(lastAuthenticatedDate)}`],
    word: 'Forget',
    async remove({ id }) {
      list.line.show(`await auth.forgetDevice({ device: { id: ${quoted(id)} } });`);
      await auth.forgetDevice({ device: { id } });
      notice.say('The device is forgotten.');
      await load();
    },
  });

  const load = async () => list.show(await auth.fetchDevices());

  const show = accountAction({ name: 'List the devices', code: () => 'await auth.fetchDevices();', run: load });
  const remember = accountAction({
    name: 'Remember this device',
    code: () => 'await auth.rememberDevice();',
    async run() {
      await auth.rememberDevice();
      notice.say('This device is remembered. The next sign-in needs no code.');
      await load();
    },
  });
  const forget = accountAction({
    name: 'Forget this device',
    code: () => 'await auth.forgetDevice();',
    async run() {
      await auth.forgetDevice();
      notice.say('This device is forgotten.');
      await load();
    },
  });

  return {
    element: part('Devices', LEAD, list.element, show.element, remember.element, forget.element),
    load,
    clear() {
      list.clear();
      for (const action of [show, remember, forget]) action.clear();
    },
  };
}
