// DynamoDB: a table of notes whose policy looks at the leading key, the owner: "shared", or one's own identity id.
import { signatureInWords } from './credential.js';
import { trial, trialGroup } from './trial.js';

const SERVICE = 'dynamodb';
const TABLE = 'Notes';
const SHARED = 'shared';
const key = (owner, id) => ({ owner: { S: owner }, id: { S: id } });
const note = (owner, id) => ({ ...key(owner, id), title: { S: 'Buy milk' } });
const query = (owner) => ({ KeyConditionExpression: '#owner = :owner', ExpressionAttributeNames: { '#owner': 'owner' }, ExpressionAttributeValues: { ':owner': { S: owner } } });

export function dynamoDbGroups({ auth, kit, settings }) {
  const address = `${settings.endpoint}/`;
  const inWords = (operation, input) => `POST ${address} (${operation})\n${JSON.stringify(input)}`;

  /** A request to the table; `of` makes its input of whose it is. */
  function attempt({ name, about, operation, of, owner }) {
    return trial({
      name,
      about,
      request: inWords(operation, of(owner ?? '<my identity>')),
      credential: async () => signatureInWords(SERVICE, await auth.getCredentials()),
      async send(tell) {
        const input = of(owner ?? (await auth.getCredentials()).identityId);
        tell(inWords(operation, input));
        const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `DynamoDB_20120810.${operation}` };
        const body = JSON.stringify({ TableName: TABLE, ...input });
        return (await kit('iam', SERVICE)).fetch(address, { method: 'POST', headers, body });
      },
    });
  }

  const signedIn = 'For whoever is signed in.';
  return [
    trialGroup('DynamoDB: the table Notes', 'The policy names the leading keys that a role may ask for: “shared”, and the own identity id.', [
      attempt({
        name: 'Get the shared item',
        about: 'For everybody, guests too.',
        operation: 'GetItem',
        owner: SHARED,
        of: (owner) => ({ Key: key(owner, 'welcome') }),
      }),
      attempt({ name: 'Put my item', about: signedIn, operation: 'PutItem', of: (owner) => ({ Item: note(owner, 'todo') }) }),
      attempt({ name: 'Query my items', about: signedIn, operation: 'Query', of: query }),
      attempt({ name: 'Delete my item', about: signedIn, operation: 'DeleteItem', of: (owner) => ({ Key: key(owner, 'todo') }) }),
      attempt({ name: 'Put a shared item', about: 'For the role of the group editors alone.', operation: 'PutItem', owner: SHARED, of: (owner) => ({ Item: note(owner, 'todo') }) }),
      attempt({ name: 'Query somebody else’s items', about: 'For nobody but that identity.', operation: 'Query', owner: 'somebody-else', of: query }),
    ]),
  ];
}
