// npm oidc-provider as somebody else's OpenID Connect provider, with a sign-in page where a name is enough.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import Provider from 'oidc-provider';
import { listening } from './app_server.mjs';

/** People of the provider, by the name they sign in with. */
export const PEOPLE = {
  olga: { sub: 'olga-4711', email: 'olga@outside.example', email_verified: true, name: 'Olga Outside' },
  omar: { sub: 'omar-4712', email: 'omar@outside.example', email_verified: false, name: 'Omar Outside' },
};

/**
 * Starts one, which ends with the file's tests. `clients` are in the words of dynamic registration (RFC 7591),
 * `settings` in oidc-provider's. Returns it with its issuer and the key that signs.
 */
export async function startProvider(clients, settings = {}) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'outside', alg: 'RS256', use: 'sig' };
  const server = createServer();
  const issuer = await listening(server, 'http');
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [jwk] },
    cookies: { keys: ['interop'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false, // e-mail and name stand in the ID token too
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
    clientBasedCORS: (_, origin, client) => client.redirectUris.some((uri) => new URL(uri).origin === origin),
    findAccount: (_, id) => {
      const person = Object.values(PEOPLE).find(({ sub }) => sub === id);
      return person && { accountId: id, claims: () => person };
    },
    loadExistingGrant, // nobody is asked for consent
    ttl: { AccessToken: 600, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    ...settings,
  });
  server.on('request', (request, response) => {
    if (request.url.startsWith('/sign-in/')) signInPage(provider, request, response).catch((error) => response.destroy(error));
    else provider.callback()(request, response); // with the middleware that a test has added by now
  });
  return { provider, issuer, privateKey, kid: jwk.kid };
}

async function loadExistingGrant({ oidc }) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope(oidc.params.scope);
  await grant.save();
  return grant;
}

const PAGE = `<!doctype html><title>Outside</title><form method="post"><label>Name <input name="username"></label>
  <button>Sign in</button> <button name="cancel" value="1">Cancel</button></form>`;

async function signInPage(provider, request, response) {
  if (request.method === 'GET') return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
  const form = new URLSearchParams(await text(request));
  const person = PEOPLE[form.get('username')];
  const result = person && !form.has('cancel')
    ? { login: { accountId: person.sub } }
    : { error: 'access_denied', error_description: 'Nobody signed in.' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** Signs in at its page. */
export async function signInOutside(page, name) {
  await page.locator('[name=username]').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Goes back from its page without signing in. */
export const cancelOutside = (page) => page.getByRole('button', { name: 'Cancel' }).click();
