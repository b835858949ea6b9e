// Scenario 5: people of another provider, with credentials of the identity pool and no user pool at all.
import { TOKEN_LIFE_MS } from './support/emulator.mjs';
import { arrival, installApp, leave, openTab } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { GUEST_ROLE, IDENTITY_POOL, USER_ROLE, roleOf } from './support/identity.mjs';
import { expect, test } from './support/test.mjs';

const FORBIDDEN = /status of 403/;
const ENDPOINT = process.env.POOLPASS_ENDPOINT;
const APP = new URL('config.json', process.env.POOLPASS_DEMO_URL).href;
const provider = (name) => ({ issuer: `${ENDPOINT}/_poolpass/providers/${name}`, clientId: 'poolpass-public', redirectSignIn: [APP] });
const identityPool = { identityPoolId: IDENTITY_POOL, allowGuestAccess: true };

/** An app whose kit knows no user pool. */
async function outsideApp(context, config = {}) {
  await installApp(context, { config: { userPool: undefined, identityPool, oidcProviders: { oidc: provider('oidc') }, ...config } });
  return openTab(context);
}

async function signInAs(page, person, name = 'oidc') {
  await leave(page, { provider: { oidc: name }, customState: { kept: 'ü' } });
  await new HostedPages(page).choosePerson(person);
  return arrival(page);
}

const identityOf = (page) => page.evaluate(async () => (await auth.getCredentials().catch(plain)).identityId);

test('the demo: an external user gets an identity and its permissions, but no user pool session', async ({ page, demo, hosted, emulator, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#guests');
  await expect(page.getByText('Nobody is signed in at the provider')).toBeVisible();
  await demo.button('Sign in with the provider').click();
  await hosted.choosePerson(/^Ada/);
  await expect(demo.notice).toHaveText('You are signed in at the provider.');
  await expect(page).toHaveURL(/\/#guests$/);
  const claims = page.getByRole('table', { name: 'Claims of the provider’s ID token' });
  await expect(claims.getByRole('row', { name: 'email ada@example.com' })).toBeVisible();
  await demo.button('Show the external user’s AWS identity').click();
  await expect(demo.fact('Role').filter({ visible: true })).toHaveText(USER_ROLE);
  await demo.tries('Read the shared notes, external user', '200, allowed');
  await demo.tries('Write my own notes, external user', '200, allowed');
  await demo.tries('Write the shared notes, external user', '403, refused');
  // The other kit of the page is still a guest's.
  await demo.tries('Write my own notes', '403, refused');
  await demo.show('Users');
  await expect(demo.heading('Sign in')).toBeVisible();
  const operations = Object.keys(await emulator.counts()).filter((name) => !name.startsWith('/'));
  expect(operations.sort()).toEqual(['GetCallerIdentity', 'GetCredentialsForIdentity', 'GetId']);
});

test('the demo: an external user signs in with a popup, is removed, and cancels a sign-in', async ({ page, demo, troubles }) => {
  troubles.expect(FORBIDDEN);
  await demo.open('#guests');
  const opened = page.waitForEvent('popup');
  await demo.button('Sign in with the provider in a popup').click();
  await new HostedPages(await opened).choosePerson(/^Zoë/);
  await expect(page.getByRole('row', { name: 'email zoe@example.com' })).toBeVisible();
  await demo.button('Show the external user’s AWS identity').click();
  await expect(demo.fact('Role').filter({ visible: true })).toHaveText(USER_ROLE);
  await demo.button('Remove the provider’s token').click();
  await expect(page.getByText('Nobody is signed in at the provider')).toBeVisible();
  await demo.button('Show the external user’s AWS identity').click();
  await expect(demo.fact('Role').filter({ visible: true })).toHaveText(GUEST_ROLE);
  await demo.tries('Write my own notes, external user', '403, refused');

  await demo.button('Sign in with the provider').click();
  await new HostedPages(page).button('Cancel').click();
  await expect(demo.problem).toContainText('oauth · access_denied');
  await demo.expectNoNotice();
  await expect(page.getByRole('tab', { name: 'Guests & third parties' })).toHaveAttribute('aria-selected', 'true');
});

test('each person has an identity, the same at every sign-in; a guest’s is kept', async ({ context, emulator }) => {
  const page = await outsideApp(context);
  const guest = await identityOf(page);
  expect(await signInAs(page, /^Ada/)).toMatchObject({ provider: 'oidc', customState: { kept: 'ü' } });
  expect(await identityOf(page)).toBe(guest);
  expect(await roleOf(page)).toBe(USER_ROLE);
  await page.evaluate(() => auth.signOut());
  expect(await roleOf(page)).toBe(GUEST_ROLE);
  await signInAs(page, /^Zoë/);
  const zoe = await identityOf(page);
  expect(zoe).not.toBe(guest);
  await page.evaluate(() => auth.signOut());
  await signInAs(page, /^Ada/);
  expect(await identityOf(page)).toBe(guest);
  expect(Object.keys(await emulator.counts()).sort()).toEqual(['GetCallerIdentity', 'GetCredentialsForIdentity', 'GetId']);
});

test('several logins are one identity, which each of them finds again', async ({ context }) => {
  const google = provider('google');
  const page = await outsideApp(context, { oidcProviders: { oidc: provider('oidc'), google } });
  await signInAs(page, /^Ada/, 'oidc');
  await signInAs(page, /^Zoë/, 'google');
  const found = await page.evaluate(
    async ([endpoint, identityPool]) => {
      const tokenOf = async (provider) => (await auth.fetchProviderSession({ provider })).idToken.toString();
      const [oidc, google] = [await tokenOf('oidc'), await tokenOf('google')];
      const names = { oidc: `${endpoint.replace('http://', '')}/_poolpass/providers/oidc`, google: 'accounts.google.com' };
      const { createAuth } = await import('/poolpass/index.js');
      const identities = [];
      for (const logins of [{ [names.oidc]: oidc, [names.google]: google }, { [names.oidc]: oidc }, { [names.google]: google }]) {
        const app = await createAuth({ identityPool, endpoint, storage: 'memory', logins: async () => logins });
        identities.push((await app.getCredentials()).identityId);
        app.dispose();
      }
      // And what the setting gives can be replaced for one call.
      const app = await createAuth({ identityPool, endpoint, storage: 'memory', logins: () => ({}) });
      identities.push((await app.getCredentials({ logins: { [names.google]: google } })).identityId);
      return identities;
    },
    [ENDPOINT, identityPool],
  );
  expect(found[0]).toMatch(/^eu-west-1:/);
  expect(new Set(found).size).toBe(1);
});

test('a login that was taken off an identity finds it no more', async ({ context }) => {
  const page = await outsideApp(context, { oidcProviders: { oidc: provider('oidc'), google: provider('google') } });
  await signInAs(page, /^Ada/, 'oidc');
  await signInAs(page, /^Zoë/, 'google');
  const [both, afterwards, other] = await page.evaluate(
    async ([endpoint, identityPool]) => {
      const tokenOf = async (provider) => (await auth.fetchProviderSession({ provider })).idToken.toString();
      const oidc = { [`${endpoint.replace('http://', '')}/_poolpass/providers/oidc`]: await tokenOf('oidc') };
      const google = { 'accounts.google.com': await tokenOf('google') };
      const { createAuth } = await import('/poolpass/index.js');
      const app = await createAuth({ identityPool, endpoint, storage: 'memory', logins: () => oidc });
      const both = await app.getCredentials({ logins: { ...oidc, ...google } });
      await app.unlinkIdentity({ logins: { ...oidc, ...google }, providers: ['accounts.google.com'] });
      return [both, await app.getCredentials(), await app.getCredentials({ logins: google })].map(({ identityId }) => identityId);
    },
    [ENDPOINT, identityPool],
  );
  expect(afterwards).toBe(both);
  expect(other).not.toBe(both);
});

test('an expired token of the provider proves nothing any more', async ({ context, emulator }) => {
  const page = await outsideApp(context, { identityPool: { identityPoolId: IDENTITY_POOL } });
  await signInAs(page, /^Ada/);
  expect(await roleOf(page)).toBe(USER_ROLE);
  await emulator.advance(TOKEN_LIFE_MS);
  const after = await page.evaluate(async (ms) => {
    const real = Date.now;
    Date.now = () => real() + ms;
    const { idToken } = await auth.fetchProviderSession({ provider: 'oidc' });
    return { idToken, credentials: await auth.getCredentials().catch(plain) };
  }, TOKEN_LIFE_MS);
  expect(after).toMatchObject({ credentials: { failed: true, name: 'NoCredentialsException' } });
  expect(after.idToken).toBeUndefined();
});

test('a token that is not the provider’s is refused, and no identity asked for', async ({ context, emulator }) => {
  const page = await outsideApp(context);
  await emulator.fault({ operation: '/_poolpass/providers/oidc/token', kind: 'forge', token: 'id', sign: 'foreign' });
  expect(await signInAs(page, /^Ada/)).toMatchObject({ failed: true, code: 'token_invalid', customState: { kept: 'ü' } });
  expect(await page.evaluate(async () => (await auth.fetchProviderSession({ provider: 'oidc' })).idToken)).toBeUndefined();
  expect(await emulator.counts()).toEqual({});
});
