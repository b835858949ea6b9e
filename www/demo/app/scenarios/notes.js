// The notes behind IAM: the shared ones, which everybody reads and editors write, and those of each identity's own.
import { signatureInWords } from './credential.js';
import { trial } from './trial.js';

const SERVICE = 'execute-api';

/** Tries with the credentials that a kit has for the identity pool. `prefix` tells the buttons of two places apart. */
export function noteTrials(auth, { endpoint }, named = (name) => name) {
  const credential = async () => signatureInWords(SERVICE, await auth.getCredentials());
  const shared = `${endpoint}/api/iam/notes/shared`;
  const write = (url) => auth.fetch(url, { method: 'PUT', body: 'Buy milk' });
  return {
    readShared: trial({
      name: named('Read the shared notes'),
      about: 'For everybody, guests too.',
      request: `GET ${shared}`,
      credential,
      send: () => auth.fetch(shared),
    }),
    writeShared: trial({
      name: named('Write the shared notes'),
      about: 'For the role of the group editors alone.',
      request: `PUT ${shared}`,
      credential,
      send: () => write(shared),
    }),
    writeOwn: trial({
      name: named('Write my own notes'),
      about: 'For whoever is signed in, and only under the own identity.',
      request: 'PUT …/api/iam/notes/<my identity>',
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
