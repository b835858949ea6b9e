// A server of one's own: it believes no claim but those of a token whose signature, issuer, audience and times it has checked.
import { card, element } from '../dom.js';
import { claimsTable } from '../session/claims.js';
import { tokenInWords } from './credential.js';
import { trial, trialGroup } from './trial.js';

const GROUPS = 'cognito:groups';

export function serverScenario({ auth, kit, settings }) {
  const me = `${settings.endpoint}/api/http/me`;
  const rights = element('div');
  const idToken = async () => (await auth.fetchAuthSession()).tokens?.idToken;

  const trials = trialGroup('What the server makes of it', 'The server checks the token on its own, by the user pool’s public keys.', [
    trial({
      name: 'Ask with my ID token',
      about: 'For everybody who is signed in.',
      request: `GET ${me}`,
      credential: async () => tokenInWords('ID token', (await idToken())?.toString()),
      send: async () => (await kit('id')).fetch(me),
    }),
    trial({
      name: 'Ask with a token that I have changed',
      about: 'With the group “admins” written into it. The signature does not fit any more.',
      request: `GET ${me}`,
      credential: async () => tokenInWords('ID token, changed', (await idToken())?.toString()),
      send: async () => fetch(me, { headers: { authorization: `Bearer ${forged(await idToken())}` } }),
    }),
    trial({ name: 'Ask without a token', about: 'For nobody.', request: `GET ${me}`, send: async () => (await kit('none')).fetch(me) }),
  ]);

  const panel = card('Your rights, as your tokens tell them', rights);
  return {
    name: 'server',
    title: 'Your server',
    lead: 'Your own server gets the ID token and reads in it who somebody is and in which groups.',
    cards: [panel, trials.element],
    clear: trials.clear,
    async show() {
      const token = await idToken().catch(() => undefined);
      rights.replaceChildren(token ? claimsTable('Your rights', rightsIn(token.payload)) : element('p', { class: 'quiet' }, 'Nobody is signed in.'));
    },
  };
}

function rightsIn({ [GROUPS]: groups = [], 'cognito:roles': roles = [], 'cognito:preferred_role': role = 'none', ...claims }) {
  const list = (items) => (items.length > 0 ? items : 'none');
  return { 'User name': claims['cognito:username'], Groups: list(groups), Roles: list(roles), 'Preferred role': role };
}

/** The token with another group, and the old signature. */
function forged(token) {
  if (!token) return '';
  const [header, , signature] = token.toString().split('.');
  const bytes = new TextEncoder().encode(JSON.stringify({ ...token.payload, [GROUPS]: ['admins'] }));
  const claims = btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  return [header, claims, signature].join('.');
}
