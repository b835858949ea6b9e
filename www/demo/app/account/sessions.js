// Sessions: every sign-in of the user that has not ended, here and on other devices.
import { quoted } from '../code-line.js';
import { poolThatHas, usePool } from '../pools.js';
import { moment } from '../times.js';
import { accountAction, missing, part } from './action.js';
import { removable } from './removable.js';

const LEAD = 'Every sign-in that has not ended, on all devices.';
const TYPES = { TOKEN: 'App', SSO: 'Hosted page' };

export function sessionsPart({ auth, notice, settings }) {
  if (!settings.has('sessions')) {
    const pool = poolThatHas('sessions');
    return { element: part('Sessions', LEAD, missing('list of sessions', pool, () => usePool(pool.userPoolId, '#account'))), clear() {} };
  }

  const list = removable({
    empty: 'There are no sessions.',
    describe: ({ sessionType, isCurrentSession, lastActiveDate }) => [
      (TYPES[sessionType] ?? sessionType) + (isCurrentSession ? ', this one' : ''),
      lastActiveDate ? `last used ${moment(lastActiveDate)}` : '',
    ],
    word: 'End',
    // Signing out ends it.
    isFixed: ({ isCurrentSession }) => isCurrentSession,
    async remove({ sessionId }) {
      list.line.show(`await auth.revokeSession({ sessionId: ${quoted(sessionId)} });`);
      await auth.revokeSession({ sessionId });
      notice.say('The session is ended.');
      await load();
    },
  });

  async function load() {
    const { sessions } = await auth.listSessions();
    list.show(sessions);
  }

  const show = accountAction({ name: 'List the sessions', code: () => 'const { sessions } = await auth.listSessions();', run: load });
  return {
    element: part('Sessions', LEAD, list.element, show.element),
    load,
    clear() {
      list.clear();
      show.clear();
    },
  };
}
