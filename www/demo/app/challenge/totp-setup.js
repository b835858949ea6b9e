// What an authenticator app needs: the QR code, the secret to type, and a link for an app on this device.
import { element } from '../dom.js';
import { qrCode } from '../qr.js';

const APP_NAME = 'Poolpass demo';

/** @param details `{sharedSecret, getSetupUri}` of the kit */
export function setupPicture({ sharedSecret, getSetupUri }) {
  const address = getSetupUri(APP_NAME).href;
  const place = element('div', { class: 'qr-place' });
  qrCode(address, 'QR code for your authenticator app').then(
    (picture) => place.replaceChildren(picture),
    () => place.replaceChildren(element('p', { class: 'quiet' }, 'The QR code could not be loaded. Type the secret instead.')),
  );
  return element(
    'div',
    { class: 'totp-setup' },
    place,
    element(
      'div',
      { class: 'stack' },
      element('p', {}, 'Secret: ', element('code', { class: 'secret' }, sharedSecret)),
      element('p', {}, element('a', { href: address }, 'Open in an app on this device')),
    ),
  );
}
