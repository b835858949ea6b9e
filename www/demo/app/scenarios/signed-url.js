// A URL that carries its signature: signed once, then used without the kit.
import { actionButton } from '../busy.js';
import { element } from '../dom.js';
import { problemBox } from '../problem.js';
import { NO_CREDENTIAL, signatureInWords, withoutSecrets } from './credential.js';
import { trial, trialGroup } from './trial.js';

const GOOD_FOR_S = 30;

/** Requests that read `url` of an AWS service. */
export function signedUrlGroup({ title, auth, url, service, region }) {
  const problem = problemBox();
  let signed;

  function known() {
    if (!signed) throw new Error('There is no URL yet. Presign one first.');
    return signed;
  }

  // Plain fetch, without the kit. A cached response would prove nothing.
  async function use(tell) {
    tell(`GET ${withoutSecrets(known())}`);
    return fetch(known(), { cache: 'no-store' });
  }

  const group = trialGroup(title, `Anyone who has it can read the note for ${GOOD_FOR_S} seconds, without the kit or any headers.`, [
    trial({
      name: 'Presign a URL and use it',
      about: 'Allowed for everyone who can read the shared note.',
      request: `GET ${url}`,
      credential: async () => `${signatureInWords(service, await auth.getCredentials())}, in the URL`,
      async send(tell) {
        signed = await auth.presign(url, { service, region, expiresIn: GOOD_FOR_S });
        return use(tell);
      },
    }),
    trial({
      name: 'Use the URL again',
      about: `Allowed for anyone for ${GOOD_FOR_S} seconds.`,
      request: `GET ${url}`,
      credential: () => (signed ? 'the signature in the URL' : NO_CREDENTIAL),
      send: use,
    }),
  ]);
  const open = actionButton('Open the URL in a new tab', async () => void window.open(known(), '_blank', 'noopener'), problem);
  group.element.append(problem.element, element('div', { class: 'actions' }, open));
  return {
    element: group.element,
    clear() {
      group.clear();
      problem.clear();
      signed = undefined;
    },
  };
}
