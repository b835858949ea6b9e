// Tokens that must not be believed, in the browser with its own cryptography. The whole table of cases is in the native tests.
import { ALICE } from './support/emulator.mjs';
import { arrival, arrivalBesideReads, expectNothingLeft, leave, openApp } from './support/app.mjs';
import { HostedPages } from './support/hosted.mjs';
import { call } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

const CASES = [
  ['the nonce of another flow', { token: 'id', claims: { nonce: 'another' } }, 'wrong_nonce'],
  ['no nonce', { token: 'id', remove: ['nonce'] }, 'wrong_nonce'],
  ['a foreign key under the right kid', { token: 'id', sign: 'foreign' }, 'wrong_signature'],
  ['a foreign key for the access token', { token: 'access', sign: 'foreign' }, 'wrong_signature'],
  ['an access token that the ID token knows nothing of', { token: 'id', claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } }, 'wrong_at_hash'],
  ['a broken signature', { token: 'id', sign: 'broken' }, 'wrong_signature'],
  ['no signature at all', { token: 'id', sign: 'none' }, 'wrong_algorithm'],
  ['HS256 with the public key', { token: 'id', sign: 'hs256' }, 'wrong_algorithm'],
  ['a kid that nobody knows', { token: 'id', header: { kid: 'nobody' } }, 'unknown_key'],
  ['another issuer', { token: 'id', claims: { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other' } }, 'wrong_issuer'],
  ['another audience', { token: 'id', claims: { aud: 'another' } }, 'wrong_audience'],
  ['an expired token', { token: 'id', claims: { exp: 1_700_000_000 } }, 'token_expired'],
  ['an access token in place of the ID token', { token: 'id', claims: { token_use: 'access' } }, 'wrong_token_use'],
];

for (const [name, forge, reason] of CASES) {
  test(`refused: ${name}`, async ({ context, emulator }) => {
    const page = await openApp(context, { query: '?x=1' });
    await leave(page, { customState: [1] });
    await emulator.fault({ operation: '/oauth2/token', kind: 'forge', ...forge });
    await new HostedPages(page).signIn(ALICE);
    const { hasTokens, user, answer } = await arrivalBesideReads(page);
    expect(answer).toMatchObject({ failed: true, code: 'token_invalid', reason, customState: [1], returnTo: '/config.json?x=1' });
    expect({ hasTokens, user }).toMatchObject({ hasTokens: false, user: { name: 'UserUnAuthenticatedException' } });
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('eyJ');
    await expectNothingLeft(page);
  });
}

test('keys that roll: new ones are fetched, a token of a vanished one is refused', async ({ context, emulator }) => {
  const page = await openApp(context);
  await leave(page);
  await new HostedPages(page).signIn(ALICE);
  await arrival(page);
  const [access, id] = await page.evaluate(async () => {
    const { tokens } = await auth.fetchAuthSession();
    return [tokens.accessToken.toString(), tokens.idToken.toString()];
  });
  const verify = (token, tokenUse) => call(page, 'verifyToken', { token, tokenUse });
  expect(await verify(access, 'access')).toMatchObject({ username: 'alice' });
  const fetched = (await emulator.requests()).filter(({ operation }) => operation.includes('jwks')).length;
  expect(await verify(id, 'id')).toMatchObject({ 'cognito:username': 'alice' });
  // The keys are kept.
  expect((await emulator.requests()).filter(({ operation }) => operation.includes('jwks'))).toHaveLength(fetched);

  await emulator.rollKeys();
  const { accessToken } = await call(page, 'fetchAuthSession', { forceRefresh: true });
  expect(await verify(accessToken, 'access')).toMatchObject({ username: 'alice' });
  await page.reload();
  await arrival(page);
  expect(await verify(access, 'access')).toMatchObject({ failed: true, code: 'token_invalid', reason: 'unknown_key' });
  expect(await verify(accessToken, 'id')).toMatchObject({ failed: true, reason: expect.stringMatching(/^wrong_/) });
});

test('userInfo about somebody else is refused', async ({ context, emulator }) => {
  const page = await openApp(context);
  await leave(page);
  await new HostedPages(page).signIn(ALICE);
  await arrival(page);
  await emulator.fault({ operation: '/oauth2/userInfo', kind: 'forge', claims: { sub: 'somebody-else' } });
  expect(await call(page, 'userInfo')).toMatchObject({ failed: true, code: 'token_invalid', reason: 'wrong_subject' });
  expect(await call(page, 'userInfo')).toMatchObject({ username: 'alice', email: 'alice@example.com' });
});
