// Setting up an authenticator app: the QR code, then a code of the app.
import { setupPicture } from '../challenge/totp-setup.js';
import { quoted } from '../code-line.js';
import { element } from '../dom.js';
import { textField } from '../form/field.js';
import { authenticatorHelp } from '../help/authenticator.js';
import { accountAction, part } from './action.js';

/** `changed` is called when an app is set up. */
export function authenticatorPart({ auth, emulator, notice, changed }) {
  const place = element('div', { class: 'stack' });
  const code = textField({ name: 'code', label: 'Code of the app', autocomplete: 'one-time-code', inputmode: 'numeric', class: 'code' });

  const begin = accountAction({
    name: 'Set up an authenticator app',
    code: () => 'const { sharedSecret, getSetupUri } = await auth.setUpTOTP();',
    async run() {
      const details = await auth.setUpTOTP();
      const help = authenticatorHelp(emulator, { secret: details.sharedSecret }, (found) => {
        code.input.value = found;
        verify.showLine();
        notice.say('The code was filled in.');
        code.input.focus();
      });
      place.replaceChildren(setupPicture(details), help.element);
      verify.element.hidden = false;
    },
  });
  const verify = accountAction({
    name: 'Verify the app',
    fields: [code],
    code: ({ code: given }) => `await auth.verifyTOTPSetup({ code: ${quoted(given)} });`,
    async run({ code: given }) {
      await auth.verifyTOTPSetup({ code: given });
      hide();
      notice.keep('The app is set up. To be asked for it, switch it on under “Second factors”.');
      await changed();
    },
  });
  verify.element.hidden = true;

  function hide() {
    place.replaceChildren();
    verify.clear();
    verify.element.hidden = true;
  }

  return {
    element: part('Authenticator app', 'An app that shows a code of six digits, new every 30 seconds (TOTP).', begin.element, place, verify.element),
    clear() {
      begin.clear();
      hide();
    },
  };
}
