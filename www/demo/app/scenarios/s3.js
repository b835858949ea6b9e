// S3: a bucket. Everyone can read the objects under shared/, and each identity has its own under private/<identity ID>/.
import { signatureInWords } from './credential.js';
import { signedUrlGroup } from './signed-url.js';
import { trial, trialGroup } from './trial.js';

const SERVICE = 's3';
/** An identity that nobody here has. */
const SOMEBODY = 'eu-west-1:11111111-1111-4111-8111-111111111111';

export function s3Groups({ auth, kit, settings }) {
  const bucket = `${settings.endpoint}/poolpass-notes`;
  const shared = `${bucket}/shared/welcome.txt`;
  const credential = async () => signatureInWords(SERVICE, await auth.getCredentials());
  const ask = async (url, init) => (await kit('iam', SERVICE)).fetch(url, init);
  const folderOf = (identityId) => `private/${encodeURIComponent(identityId)}/`;

  /** A request about the user's own notes. `place` makes its URL from the folder. */
  function own({ name, place, init = {} }) {
    const { method = 'GET' } = init;
    return trial({
      name,
      about: 'Allowed for signed-in users.',
      request: `${method} ${place('private/<my identity ID>/')}`,
      credential,
      async send(tell) {
        const url = place(folderOf((await auth.getCredentials()).identityId));
        tell(`${method} ${url}`);
        return ask(url, init);
      },
    });
  }
  const note = (folder) => `${bucket}/${folder}todo.txt`;
  const list = (folder) => `${bucket}?list-type=2&prefix=${folder}`;
  const text = (body) => ({ method: 'PUT', headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
  const foreign = note(folderOf(SOMEBODY));

  return [
    trialGroup('S3: the shared note', 'Under shared/, everyone can read and the editors group can write.', [
      trial({ name: 'Read the shared note', about: 'Allowed for everyone, including guests.', request: `GET ${shared}`, credential, send: () => ask(shared) }),
      trial({
        name: 'Write the shared note',
        about: 'Allowed only for the editors group’s role. alice is in that group, bob isn’t.',
        request: `PUT ${shared}`,
        credential,
        send: () => ask(shared, text('An editor has changed this note.\n')),
      }),
    ]),
    trialGroup('S3: notes of your own', 'Under private/ and your own identity ID. The role’s policy uses a policy variable.', [
      own({ name: 'Put my note', place: note, init: text('Buy milk\n') }),
      own({ name: 'List my notes', place: list }),
      own({ name: 'Get my note', place: note }),
      own({ name: 'Delete my note', place: note, init: { method: 'DELETE' } }),
      trial({ name: 'Get another user’s note', about: 'Allowed only for that identity.', request: `GET ${foreign}`, credential, send: () => ask(foreign) }),
    ]),
    signedUrlGroup({ title: 'S3: a presigned URL', auth, url: shared, service: SERVICE, region: settings.region }),
  ];
}
