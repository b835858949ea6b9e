// Sessions: every sign-in of the user that has not ended, here and on other devices.
import { quoted } from '../code-line.js';
import { moment } from '../times.js';
import { accountAction, part } from './action.js';
import { removable } from './removable.js';

const TYPES = { TOKEN: 'App', SSO: 'Hosted page' };

export function sessionsPart({ auth, notice }) {
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
    element: part('Sessions', 'Every sign-in that has not ended, on all devices.', list.element, show.element),
    load,
    clear() {
      list.clear();
      show.clear();
    },
  };
}
