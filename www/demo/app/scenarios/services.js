// AWS services: the identity pool turns who is signed in into temporary credentials of a role, which sign the requests.
import { card } from '../dom.js';
import { askCaller } from './caller.js';
import { signatureInWords } from './credential.js';
import { dynamoDbGroups } from './dynamodb.js';
import { s3Groups } from './s3.js';
import { trial, trialGroup } from './trial.js';
import { whoAmI } from './who.js';

export function servicesScenario(tools) {
  const { auth, settings } = tools;
  const who = whoAmI(auth, settings, { name: 'Get AWS credentials' });
  const security = trialGroup('STS, the Security Token Service', 'Knows whose signature it is. It needs no permission.', [
    trial({
      name: 'Ask STS who I am',
      about: 'For every signature that is right.',
      request: `POST ${settings.endpoint}/ (GetCallerIdentity)`,
      credential: async () => signatureInWords('sts', await auth.getCredentials()),
      send: () => askCaller(auth, settings),
    }),
  ]);
  const groups = [security, ...s3Groups(tools), ...dynamoDbGroups(tools)];
  return {
    name: 'aws',
    title: 'AWS services',
    lead: 'Temporary credentials from the identity pool, for the role of whoever is signed in, or a guest’s. The role’s policy decides.',
    cards: [card('Your identity', who.element), ...groups.map((group) => group.element)],
    clear() {
      who.clear();
      groups.forEach((group) => group.clear());
    },
  };
}
