// The step for a missing poolpass-local.
import { whileBusy } from '../busy.js';
import { element, heading } from '../dom.js';

export function unreachableStep({ emulator, go, notice }) {
  const title = heading('poolpass-local isn’t responding');
  const again = element('button', { type: 'button', class: 'primary' }, 'Try again');
  again.addEventListener('click', () =>
    whileBusy(again, async () => {
      notice.say('');
      if (await emulator.answers()) go.home();
      else notice.keep(`${emulator.endpoint} still isn’t responding.`);
    }),
  );
  return {
    title: 'Not responding',
    heading: title,
    element: element(
      'section',
      { class: 'card' },
      title,
      element('p', { class: 'lead' }, 'This page needs poolpass-local, the Cognito emulator, at ', element('code', {}, emulator.endpoint), '. To start it, run this command in the root folder of the repository:'),
      element('pre', { class: 'command' }, element('code', {}, 'cargo xtask demo')),
      element('p', {}, 'The command also builds the package and serves this page. To start only the emulator, run ', element('code', {}, 'cargo run --release -p poolpass-local'), '.'),
      again,
    ),
  };
}
