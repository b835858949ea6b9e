// Asks whether to remember this device, where the pool leaves it to the user.
import { actionButton } from '../busy.js';
import { codeLine } from '../code-line.js';
import { card, element } from '../dom.js';
import { problemBox } from '../problem.js';

export function rememberCard({ auth, notice }) {
  const problem = problemBox();
  const line = codeLine('remembering', 'await auth.rememberDevice();');
  async function remember() {
    await auth.rememberDevice();
    clear();
    notice.say('This device is remembered. The next sign-in needs no code.');
  }
  const actions = element(
    'div',
    { class: 'actions' },
    actionButton('Remember this device', remember, problem, 'primary'),
    actionButton('Not now', async () => clear(), problem),
  );
  const whole = card('Is this your own device?', element('p', {}, 'If it is, you need no code here the next time.'), problem.element, actions, line.element);
  whole.hidden = true;
  function clear() {
    problem.clear();
    whole.hidden = true;
  }
  return {
    element: whole,
    show() {
      whole.hidden = false;
    },
    clear,
  };
}
