// What the user's authenticator app shows: poolpass-local knows the secret, so it can tell.
import { whileBusy } from '../busy.js';
import { card, element } from '../dom.js';
import { noticeIn } from '../notice.js';

/** @param app `{user}` or `{secret}`. `use` receives the code. */
export function authenticatorHelp(emulator, app, use) {
  const status = element('p', { class: 'quiet', role: 'status' });
  const notice = noticeIn(status);
  const digits = element('p', { class: 'digits', hidden: true });
  const take = element('button', { type: 'button', hidden: true }, 'Use this code');
  take.addEventListener('click', () => use(digits.textContent));
  const look = element('button', { type: 'button' }, 'Look at the app');

  async function read() {
    try {
      const { code, secondsLeft } = await emulator.totp(app);
      digits.textContent = code;
      digits.hidden = take.hidden = false;
      return `The app shows the next code in ${secondsLeft} seconds. Each code works once.`;
    } catch {
      digits.hidden = take.hidden = true;
      return 'poolpass-local can’t tell the code.';
    }
  }

  look.addEventListener('click', () =>
    whileBusy(look, async () => {
      notice.say('');
      notice.keep(await read());
    }),
  );

  return { element: card('Your authenticator app', element('p', {}, 'No phone at hand? poolpass-local plays the app.'), look, digits, take, status) };
}
