// The notes behind IAM: shared ones, which everyone can read and editors can write, and the notes of each identity.
import { signatureInWords } from './credential.js';
import { trial } from './trial.js';

const SERVICE = 'execute-api';

/** Requests with a kit's identity pool credentials. `named` tells the buttons of several panels apart. */
export function noteTrials(auth, { endpoint }, named = (name) => name) {
  const credential = async () => signatureInWords(SERVICE, await auth.getCredentials());
  const shared = `${endpoint}/api/iam/notes/shared`;
  const write = (url) => auth.fetch(url, { method: 'PUT', body: 'Buy milk' });
  return {
    readShared: trial({
      name: named('Read the shared notes'),
      about: 'Allowed for everyone, including guests.',
      request: `GET ${shared}`,
      credential,
      send: () => auth.fetch(shared),
    }),
    writeShared: trial({
      name: named('Write the shared notes'),
      about: 'Allowed only for the editors group’s role.',
      request: `PUT ${shared}`,
      credential,
      send: () => write(shared),
    }),
    writeOwn: trial({
      name: named('Write my own notes'),
      about: 'Allowed for signed-in users, only under their own identity ID.',
      request: 'PUT …/api/iam/notes/<my identity ID>',
      credential,
      send: async (tell) => {
        const { identityId } = await auth.getCredentials();
        const url = `${endpoint}/api/iam/notes/${encodeURIComponent(identityId)}`;
        tell(`PUT ${url}`);
        return write(url);
      },
    }),
  };
}
