// poolpass-local is not there.
import { whileBusy } from '../busy.js';
import { element, heading } from '../dom.js';

export function unreachableStep({ emulator, go, notice }) {
  const title = heading('poolpass-local does not answer');
  const again = element('button', { type: 'button', class: 'primary' }, 'Try again');
  again.addEventListener('click', () =>
    whileBusy(again, async () => {
      notice.say('');
      if (await emulator.answers()) go.home();
      else notice.say(`Still no answer from ${emulator.endpoint}.`);
    }),
  );
  return {
    title: 'No answer',
    heading: title,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'This page signs in to a local Cognito, which should be at ', element('code', {}, emulator.endpoint), '. Start it in a terminal, at the root of the repository:'),
      element('pre', { class: 'command' }, element('code', {}, 'cargo xtask demo')),
      element('p', {}, 'That builds what is missing and serves this page too. The emulator alone is started by ', element('code', {}, 'cargo run --release -p poolpass-local'), '.'),
      again,
    ),
  };
}
