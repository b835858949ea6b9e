// The demo's list of activity names each request and its status, and shows nothing secret.
import { ALICE, BOB } from './support/emulator.mjs';
import { expect, test } from './support/test.mjs';
import { REFUSED, UNREACHED } from './support/troubles.mjs';

/** The list's entry for a request: its name and status, and a time. */
const entry = (name) => new RegExp(`^[\\d:]+${name.replace(/[/.]/g, '\\$&')}, \\d+\\sms$`);

async function expectRequests(demo, ...names) {
  for (const name of names) await expect(demo.activity.getByRole('listitem').filter({ hasText: entry(name) }).first(), name).toBeVisible();
}

test('operations of Cognito by name and status', async ({ demo, troubles }) => {
  troubles.expect(REFUSED);
  await demo.open();
  await demo.signIn({ ...ALICE, password: 'Wrong-Horse7!' });
  await expectRequests(demo, 'InitiateAuth 200', 'RespondToAuthChallenge 400');
  await demo.signIn(ALICE);
  await demo.expectSignedIn(ALICE);
  await demo.button('Call GetUser').click();
  await demo.button('Refresh now').click();
  await expectRequests(demo, 'RespondToAuthChallenge 200', 'GetUser 200', 'GetTokensFromRefreshToken 200');
});

test('a request without a response is named too', async ({ page, demo, emulator, troubles }) => {
  troubles.expect(UNREACHED);
  await demo.open();
  await page.route(`${emulator.endpoint}/`, (route) => route.abort('connectionrefused'));
  await demo.signIn(ALICE);
  await expect(demo.problem).toContainText('NetworkError');
  await expectRequests(demo, 'InitiateAuth failed');
});

test('the OAuth endpoints by path, without codes or tokens', async ({ page, demo, hosted }) => {
  await demo.open();
  await demo.button('Google').click();
  await hosted.choosePerson(/^Ada/);
  await expect(demo.heading('Hello, google_')).toBeVisible();
  await demo.button('Call userInfo').click();
  await expectRequests(demo, 'POST /oauth2/token 200', 'GET /oauth2/userInfo 200', 'GET /eu-west-1_PoolPass1/.well-known/jwks.json 200');
  await demo.show('Guests & third parties');
  await demo.button('Sign in with the provider').click();
  await hosted.choosePerson(/^Zoë/);
  await expect(page.getByRole('row', { name: 'email zoe@example.com' })).toBeVisible();
  await expectRequests(demo, 'POST /_poolpass/providers/oidc/token 200');
  await expectNothingSecret(page, demo);
});

test('APIs, STS, S3, DynamoDB and AppSync: a method and path, or an operation', async ({ page, demo, troubles }) => {
  troubles.expect(REFUSED, /status of 40[13]/, /blocked by CORS policy/, /ERR_FAILED/);
  await demo.openSignedIn(BOB);
  await demo.show('API Gateway');
  await demo.button('Who am I?').click();
  await demo.button('Write the shared notes').click();
  await expectRequests(demo, 'GET /api/rest/me 200', 'PUT /api/lambda/notes/shared 403');
  await demo.show('AWS services');
  await demo.button('Get AWS credentials').click();
  await expectRequests(demo, 'GetId 200', 'GetCredentialsForIdentity 200', 'GetCallerIdentity 200');
  await demo.button('List my notes').click();
  await demo.button('Presign a URL and use it').click();
  await demo.button('Query my items').click();
  await demo.button('Put a shared item').click();
  await expectRequests(demo, 'GET /poolpass-notes 200', 'GET /poolpass-notes/shared/welcome.txt 200', 'Query 200', 'PutItem 400');
  await expectNothingSecret(page, demo);
  await demo.show('AppSync');
  await demo.button('List the notes').click();
  await demo.button('Publish').click();
  await expectRequests(demo, 'GraphQL listNotes 200', 'POST /event 200');
  await expectNothingSecret(page, demo);
});

/** Neither a query nor the beginning of any token, nor a key of the identity pool. */
async function expectNothingSecret(page, demo) {
  const shown = await demo.activity.textContent();
  expect(shown).not.toMatch(/[?&=]|X-Amz|eyJ|ASIA/i);
}
