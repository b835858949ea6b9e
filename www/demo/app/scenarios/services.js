// AWS services: the identity pool gives users and guests temporary credentials of a role, which sign the requests.
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
  const security = trialGroup('STS, the Security Token Service', 'Tells you whose signature it received. This needs no permission.', [
    trial({
      name: 'Call GetCallerIdentity',
      about: 'Allowed for every valid signature.',
      request: `POST ${settings.endpoint}/ (GetCallerIdentity)`,
      credential: async () => signatureInWords('sts', await auth.getCredentials()),
      send: () => askCaller(auth, settings),
    }),
  ]);
  const groups = [security, ...s3Groups(tools), ...dynamoDbGroups(tools)];
  return {
    name: 'aws',
    title: 'AWS services',
    lead: 'Temporary credentials from the identity pool, for the user’s role or the guest role. The role’s policy decides what they allow.',
    cards: [card('Your identity', who.element), ...groups.map((group) => group.element)],
    clear() {
      who.clear();
      groups.forEach((group) => group.clear());
    },
  };
}
