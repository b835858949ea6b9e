// A URL that carries its signature: made once, then used as anybody would who was given it.
import { actionButton } from '../busy.js';
import { element } from '../dom.js';
import { problemBox } from '../problem.js';
import { NO_CREDENTIAL, signatureInWords, withoutSecrets } from './credential.js';
import { trial, trialGroup } from './trial.js';

const GOOD_FOR_S = 30;

/** For reading what is at `url` of an AWS service. */
export function signedUrlGroup({ title, auth, url, service, region }) {
  const problem = problemBox();
  let signed;

  function known() {
    if (!signed) throw new Error('There is no such URL yet: sign one first.');
    return signed;
  }

  // Plain fetch: the kit has no part in it. What the browser has kept would be no proof.
  async function use(tell) {
    tell(`GET ${withoutSecrets(known())}`);
    return fetch(known(), { cache: 'no-store' });
  }

  const group = trialGroup(title, `Whoever has it may read for ${GOOD_FOR_S} seconds, without the kit and without any header.`, [
    trial({
      name: 'Sign a URL and use it',
      about: 'For whoever may read the shared note.',
      request: `GET ${url}`,
      credential: async () => `${signatureInWords(service, await auth.getCredentials())}, in the URL`,
      async send(tell) {
        signed = await auth.presign(url, { service, region, expiresIn: GOOD_FOR_S });
        return use(tell);
      },
    }),
    trial({
      name: 'Use that URL again',
      about: `For anybody. After ${GOOD_FOR_S} seconds for nobody.`,
      request: `GET ${url}`,
      credential: () => (signed ? 'the signature in the URL' : NO_CREDENTIAL),
      send: use,
    }),
  ]);
  const open = actionButton('Open that URL in a new tab', async () => void window.open(known(), '_blank', 'noopener'), problem);
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
