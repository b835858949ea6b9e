// The app's own server. It trusts a token's claims only after it has verified the signature, issuer, audience and times.
import { card, element } from '../dom.js';
import { claimsTable } from '../session/claims.js';
import { tokenInWords } from './credential.js';
import { trial, trialGroup } from './trial.js';

const GROUPS = 'cognito:groups';

export function serverScenario({ auth, kit, settings }) {
  const me = `${settings.endpoint}/api/http/me`;
  const rights = element('div');
  const idToken = async () => (await auth.fetchAuthSession()).tokens?.idToken;

  const trials = trialGroup('What the server sees', 'The server verifies the token with the user pool’s public keys.', [
    trial({
      name: 'Send my ID token',
      about: 'Allowed for signed-in users.',
      request: `GET ${me}`,
      credential: async () => tokenInWords('ID token', (await idToken())?.toString()),
      send: async () => (await kit('id')).fetch(me),
    }),
    trial({
      name: 'Send a token that I changed',
      about: 'The token now claims the group “admins”, so its signature no longer matches.',
      request: `GET ${me}`,
      credential: async () => tokenInWords('changed ID token', (await idToken())?.toString()),
      send: async () => fetch(me, { headers: { authorization: `Bearer ${forged(await idToken())}` } }),
    }),
    trial({ name: 'Send no token', about: 'Always refused.', request: `GET ${me}`, send: async () => (await kit('none')).fetch(me) }),
  ]);

  const panel = card('Your permissions, according to your tokens', rights);
  return {
    name: 'server',
    title: 'Your server',
    lead: 'Your server receives the ID token, which says who the user is and which groups they belong to.',
    cards: [panel, trials.element],
    clear: trials.clear,
    async show() {
      const token = await idToken().catch(() => undefined);
      rights.replaceChildren(token ? claimsTable('Your permissions', rightsIn(token.payload)) : element('p', { class: 'quiet' }, 'Nobody is signed in.'));
    },
  };
}

function rightsIn({ [GROUPS]: groups = [], 'cognito:roles': roles = [], 'cognito:preferred_role': role = 'none', ...claims }) {
  const list = (items) => (items.length > 0 ? items : 'none');
  return { 'User name': claims['cognito:username'], Groups: list(groups), Roles: list(roles), 'Preferred role': role };
}

/** The token with another group and the old signature. */
function forged(token) {
  if (!token) return '';
  const [header, , signature] = token.toString().split('.');
  const bytes = new TextEncoder().encode(JSON.stringify({ ...token.payload, [GROUPS]: ['admins'] }));
  const claims = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return [header, claims, signature].join('.');
}
