// DynamoDB: a table of notes. The policy checks the leading key, the owner: "shared" or the caller's identity ID.
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

  /** A request to the table. `of` makes its input for an owner. */
  function attempt({ name, about, operation, of, owner }) {
    return trial({
      name,
      about,
      request: inWords(operation, of(owner ?? '<my identity ID>')),
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

  const signedIn = 'Allowed for signed-in users.';
  return [
    trialGroup('DynamoDB: the Notes table', 'The role’s policy allows two leading keys: “shared” and your own identity ID.', [
      attempt({
        name: 'Get the shared item',
        about: 'Allowed for everyone, including guests.',
        operation: 'GetItem',
        owner: SHARED,
        of: (owner) => ({ Key: key(owner, 'welcome') }),
      }),
      attempt({ name: 'Put my item', about: signedIn, operation: 'PutItem', of: (owner) => ({ Item: note(owner, 'todo') }) }),
      attempt({ name: 'Query my items', about: signedIn, operation: 'Query', of: query }),
      attempt({ name: 'Delete my item', about: signedIn, operation: 'DeleteItem', of: (owner) => ({ Key: key(owner, 'todo') }) }),
      attempt({ name: 'Put a shared item', about: 'Allowed only for the editors group’s role.', operation: 'PutItem', owner: SHARED, of: (owner) => ({ Item: note(owner, 'todo') }) }),
      attempt({ name: 'Query another user’s items', about: 'Allowed only for that identity.', operation: 'Query', owner: 'somebody-else', of: query }),
    ]),
  ];
}
