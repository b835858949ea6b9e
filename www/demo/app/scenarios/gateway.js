// API Gateway with its ways to check who asks: a Cognito authoriser, a JWT authoriser, a function of one's own, IAM.
import { tokenInWords } from './credential.js';
import { noteTrials } from './notes.js';
import { trial, trialGroup } from './trial.js';

export function gatewayScenario({ auth, kit, settings }) {
  const words = {
    id: async () => tokenInWords('ID token', (await auth.fetchAuthSession()).tokens?.idToken?.toString()),
    access: async () => tokenInWords('access token', (await auth.fetchAuthSession()).tokens?.accessToken.toString()),
  };

  /** A request to one of the APIs, with what `kind` says. */
  function attempt(name, about, kind, path, method = 'GET') {
    const url = `${settings.endpoint}/api/${path}`;
    const send = async () => (await kit(kind)).fetch(url, { method });
    return trial({ name, about, request: `${method} ${url}`, credential: words[kind], send });
  }

  const scoped = 'For access tokens with the scope notes/read: those of the hosted page have it, those of a password don’t.';
  const signed = noteTrials(auth, settings, (name) => `${name} (IAM)`);
  const groups = [
    trialGroup('REST API, Cognito authoriser', 'The ID token for methods without scopes, the access token for those with some.', [
      attempt('Who am I?', 'For everybody who is signed in.', 'id', 'rest/me'),
      attempt('Read the shared notes', scoped, 'access', 'rest/notes/shared'),
      attempt('Ask without a token', 'Refused with 401, which the page can’t see.', 'none', 'rest/me'),
    ]),
    trialGroup('HTTP API, JWT authoriser', 'Either token, where it is for this app client. Refusals can be read.', [
      attempt('Who am I? (HTTP API)', 'For everybody who is signed in.', 'id', 'http/me'),
      attempt('Read the shared notes (HTTP API)', scoped, 'access', 'http/notes/shared'),
      attempt('Ask without a token (HTTP API)', 'Refused with 401.', 'none', 'http/me'),
    ]),
    trialGroup('HTTP API, Lambda authoriser', 'A function of yours decides. This one lets in the group editors, where alice is and bob is not.', [
      attempt('Write the shared notes', 'For the group editors.', 'id', 'lambda/notes/shared', 'PUT'),
    ]),
    trialGroup('REST API, IAM', 'auth.fetch signs with the credentials of the identity pool, a guest’s too; the role’s policy decides.', [
      signed.readShared,
      signed.writeOwn,
      signed.writeShared,
    ]),
  ];
  return {
    name: 'api-gateway',
    title: 'API Gateway',
    lead: 'The kit puts on each request of auth.fetch what the rule for the API’s origin says: a token, or a signature.',
    cards: groups.map((group) => group.element),
    clear: () => groups.forEach((group) => group.clear()),
  };
}
