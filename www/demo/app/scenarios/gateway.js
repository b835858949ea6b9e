// API Gateway with its authorizers: Cognito, JWT, Lambda, and IAM.
import { tokenInWords } from './credential.js';
import { noteTrials } from './notes.js';
import { trial, trialGroup } from './trial.js';

export function gatewayScenario({ auth, kit, settings }) {
  const words = {
    id: async () => tokenInWords('ID token', (await auth.fetchAuthSession()).tokens?.idToken?.toString()),
    access: async () => tokenInWords('access token', (await auth.fetchAuthSession()).tokens?.accessToken.toString()),
  };

  /** A request to one of the APIs with a `kind` of credential. */
  function attempt(name, about, kind, path, method = 'GET') {
    const url = `${settings.endpoint}/api/${path}`;
    const send = async () => (await kit(kind)).fetch(url, { method });
    return trial({ name, about, request: `${method} ${url}`, credential: words[kind], send });
  }

  const scoped = 'Requires an access token with the notes/read scope. You get one from the hosted page, but not by signing in with a password here.';
  const signed = noteTrials(auth, settings, (name) => `${name} (IAM)`);
  const groups = [
    trialGroup('REST API, Cognito authorizer', 'Methods without scopes take the ID token. Methods with scopes take the access token.', [
      attempt('Who am I?', 'Allowed for signed-in users.', 'id', 'rest/me'),
      attempt('Read the shared notes', scoped, 'access', 'rest/notes/shared'),
      attempt('Send no token', 'Refused with a 401 that the page can’t see.', 'none', 'rest/me'),
    ]),
    trialGroup('HTTP API, JWT authorizer', 'Takes either token if it was issued to this app client. The page can read refusals.', [
      attempt('Who am I? (HTTP API)', 'Allowed for signed-in users.', 'id', 'http/me'),
      attempt('Read the shared notes (HTTP API)', scoped, 'access', 'http/notes/shared'),
      attempt('Send no token (HTTP API)', 'Refused with a 401.', 'none', 'http/me'),
    ]),
    trialGroup('HTTP API, Lambda authorizer', 'Your own function decides. This one allows the editors group. alice is in it, bob isn’t.', [
      attempt('Write the shared notes', 'Allowed only for the editors group.', 'id', 'lambda/notes/shared', 'PUT'),
    ]),
    trialGroup('REST API, IAM', 'auth.fetch signs with credentials from the identity pool, for guests too. The role’s policy decides.', [
      signed.readShared,
      signed.writeOwn,
      signed.writeShared,
    ]),
  ];
  return {
    name: 'api-gateway',
    title: 'API Gateway',
    lead: 'auth.fetch adds a token or a signature to each request, according to your rule for the API’s origin.',
    cards: groups.map((group) => group.element),
    clear: () => groups.forEach((group) => group.clear()),
  };
}
