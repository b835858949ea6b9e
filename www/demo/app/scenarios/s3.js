// S3: a bucket whose objects under shared/ are everybody's to read, and those under private/<identity id>/ one's own.
import { signatureInWords } from './credential.js';
import { signedUrlGroup } from './signed-url.js';
import { trial, trialGroup } from './trial.js';

const SERVICE = 's3';
/** An identity that is nobody's here. */
const SOMEBODY = 'eu-west-1:11111111-1111-4111-8111-111111111111';

export function s3Groups({ auth, kit, settings }) {
  const bucket = `${settings.endpoint}/poolpass-notes`;
  const shared = `${bucket}/shared/welcome.txt`;
  const credential = async () => signatureInWords(SERVICE, await auth.getCredentials());
  const ask = async (url, init) => (await kit('iam', SERVICE)).fetch(url, init);
  const folderOf = (identityId) => `private/${encodeURIComponent(identityId)}/`;

  /** A request about what is one's own. `place` makes its URL of the folder. */
  function own({ name, place, init = {} }) {
    const { method = 'GET' } = init;
    return trial({
      name,
      about: 'For whoever is signed in.',
      request: `${method} ${place('private/<my identity>/')}`,
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
    trialGroup('S3: the shared note', 'Under shared/: everybody reads, the group editors writes.', [
      trial({ name: 'Read the shared note', about: 'For everybody, guests too.', request: `GET ${shared}`, credential, send: () => ask(shared) }),
      trial({
        name: 'Write the shared note',
        about: 'For the role of the group editors alone, where alice is and bob is not.',
        request: `PUT ${shared}`,
        credential,
        send: () => ask(shared, text('An editor has changed this note.\n')),
      }),
    ]),
    trialGroup('S3: notes of your own', 'Under private/ and the own identity id, as the role’s policy says with a variable.', [
      own({ name: 'Put my note', place: note, init: text('Buy milk\n') }),
      own({ name: 'List my notes', place: list }),
      own({ name: 'Get my note', place: note }),
      own({ name: 'Delete my note', place: note, init: { method: 'DELETE' } }),
      trial({ name: 'Get somebody else’s note', about: 'For nobody but that identity.', request: `GET ${foreign}`, credential, send: () => ask(foreign) }),
    ]),
    signedUrlGroup({ title: 'S3: a signed URL', auth, url: shared, service: SERVICE, region: settings.region }),
  ];
}
