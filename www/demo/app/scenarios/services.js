// AWS services: the identity pool turns who is signed in into temporary credentials of a role, which sign the requests.
import { card } from '../dom.js';
import { askCaller } from './caller.js';
import { signatureInWords, withoutSecrets } from './credential.js';
import { noteTrials } from './notes.js';
import { trial, trialGroup } from './trial.js';
import { whoAmI } from './who.js';

const GOOD_FOR_S = 60;

export function servicesScenario({ auth, settings }) {
  const { endpoint, region } = settings;
  const who = whoAmI(auth, settings, { name: 'Get AWS credentials' });
  const notes = noteTrials(auth, settings);
  const shared = `${endpoint}/api/iam/notes/shared`;
  const credentials = (service) => async () => signatureInWords(service, await auth.getCredentials());

  const groups = [
    trialGroup('The Security Token Service', 'Knows whose signature it is. It needs no permission.', [
      trial({
        name: 'Ask STS who I am',
        about: 'For every signature that is right.',
        request: `POST ${endpoint}/ (GetCallerIdentity)`,
        credential: credentials('sts'),
        send: () => askCaller(auth, settings),
      }),
    ]),
    trialGroup('An API behind IAM', 'auth.fetch signs; the role’s policy decides.', [notes.readShared, notes.writeOwn, notes.writeShared]),
    trialGroup('A signed URL', `Whoever has it may read for ${GOOD_FOR_S} seconds. It goes without any header.`, [
      trial({
        name: 'Sign a URL and use it',
        about: 'For whoever may read the shared notes.',
        request: `GET ${shared}`,
        credential: async () => `${await credentials('execute-api')()}, in the URL`,
        send: async (tell) => {
          const url = await auth.presign(shared, { service: 'execute-api', region, expiresIn: GOOD_FOR_S });
          tell(`GET ${withoutSecrets(url)}`);
          return fetch(url);
        },
      }),
    ]),
  ];
  return {
    name: 'aws',
    title: 'AWS services',
    lead: 'Temporary credentials from the identity pool, for the role of whoever is signed in, or a guest’s.',
    cards: [card('Your identity', who.element), ...groups.map((group) => group.element)],
    clear() {
      who.clear();
      groups.forEach((group) => group.clear());
    },
  };
}
