// The AWS SDK for JavaScript v3 as a set-up script uses it, and what it set up in the hands of other programs.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  CognitoIdentityProvider, InvalidPasswordException, NotAuthorizedException, ResourceNotFoundException, UserNotFoundException,
  UsernameExistsException, paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSecretHash, createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { cognito, connection } from './administrator.mjs';
import { WEB, alice, lastCode, newcomer, reset, userPoolId } from './emulator.mjs';
import { authenticate, call, completeNewPassword, openPool, signedIn, tokensOf, userOf } from './identity_js.mjs';
import { verifier } from './verifier.mjs';

beforeEach(reset);

/** A pool and a client as a script would make them. */
async function setUp(poolSettings = {}, clientSettings = {}) {
  const { UserPool } = await cognito.createUserPool({ PoolName: 'scripted', AutoVerifiedAttributes: ['email'], ...poolSettings });
  const { UserPoolClient } = await cognito.createUserPoolClient({
    UserPoolId: UserPool.Id, ClientName: 'scripted-web',
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'], ...clientSettings,
  });
  return { UserPool, UserPoolClient, poolId: UserPool.Id, clientId: UserPoolClient.ClientId };
}

const named = (attributes) => Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
const emailOf = ({ email }) => [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }];

test('creates a pool and a client and describes them', async () => {
  const policy = { MinimumLength: 12, RequireUppercase: false, RequireLowercase: true, RequireNumbers: true, RequireSymbols: false };
  const { UserPool, UserPoolClient, poolId, clientId } = await setUp({
    Policies: { PasswordPolicy: policy }, AliasAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false },
  });
  assert.match(poolId, /^eu-west-1_[0-9A-Za-z]+$/);
  assert.match(clientId, /^[0-9a-z]{26}$/);
  assert.ok(UserPool.CreationDate instanceof Date);
  assert.equal(UserPoolClient.ClientSecret, undefined);

  const described = (await cognito.describeUserPool({ UserPoolId: poolId })).UserPool;
  assert.deepEqual(described, UserPool);
  assert.equal(described.Name, 'scripted');
  assert.deepEqual(described.AliasAttributes, ['email']);
  const { PasswordPolicy } = described.Policies;
  assert.deepEqual({ ...PasswordPolicy, ...policy }, PasswordPolicy);
  const client = (await cognito.describeUserPoolClient({ UserPoolId: poolId, ClientId: clientId })).UserPoolClient;
  assert.deepEqual(client, UserPoolClient);
  assert.deepEqual([...client.ExplicitAuthFlows].sort(), ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH']);
  await assert.rejects(cognito.describeUserPool({ UserPoolId: 'eu-west-1_NoSuchPool' }), ResourceNotFoundException);
});

test('a user it creates signs in by SRP with amazon-cognito-identity-js', async () => {
  const { poolId, clientId } = await setUp();
  const person = newcomer();
  const { User } = await cognito.adminCreateUser({
    UserPoolId: poolId, Username: person.username, TemporaryPassword: 'Temporary-1!', UserAttributes: emailOf(person),
    DesiredDeliveryMediums: ['EMAIL'],
  });
  assert.equal(User.UserStatus, 'FORCE_CHANGE_PASSWORD');
  assert.equal(User.Enabled, true);
  assert.ok(User.UserCreateDate instanceof Date);

  const browser = userOf(openPool({ clientId, poolId }), person.username);
  assert.equal((await authenticate(browser, 'Temporary-1!')).challenge, 'NEW_PASSWORD_REQUIRED');
  const { session } = await completeNewPassword(browser, person.password);
  assert.equal((await cognito.adminGetUser({ UserPoolId: poolId, Username: person.username })).UserStatus, 'CONFIRMED');

  const { accessToken, idToken } = tokensOf(session);
  const claims = await (await verifier('id', { clientId, poolId })).verify(idToken);
  assert.deepEqual([claims.email, claims.sub], [person.email, named(User.Attributes).sub]);
  assert.ok(await (await verifier('access', { clientId, poolId })).verify(accessToken));
  await signedIn(person, openPool({ clientId, poolId }));
});

test('sets a password that needs no change', async () => {
  const { poolId: UserPoolId, clientId } = await setUp();
  const person = newcomer();
  const { username: Username, password: Password } = person;
  await cognito.adminCreateUser({ UserPoolId, Username, MessageAction: 'SUPPRESS', UserAttributes: emailOf(person) });
  await assert.rejects(lastCode(person.email), /nothing was sent/);
  const setPassword = (text) => cognito.adminSetUserPassword({ UserPoolId, Username, Password: text, Permanent: true });
  await assert.rejects(setPassword('weak'), InvalidPasswordException);
  await setPassword(Password);
  const { session } = await signedIn(person, openPool({ clientId, poolId: UserPoolId }));
  assert.equal(session.getAccessToken().decodePayload().username, Username);
});

test('confirms somebody who signed up', async () => {
  const { poolId: UserPoolId, clientId } = await setUp();
  const person = newcomer();
  const pool = openPool({ clientId, poolId: UserPoolId });
  const { user, userSub } = await call(pool, 'signUp', person.username, person.password, [], null);
  await assert.rejects(authenticate(user, person.password), { name: 'UserNotConfirmedException' });
  await cognito.adminConfirmSignUp({ UserPoolId, Username: person.username });
  assert.equal((await signedIn(person, pool)).session.getIdToken().decodePayload().sub, userSub);
  await assert.rejects(cognito.adminConfirmSignUp({ UserPoolId, Username: person.username }), NotAuthorizedException);
});

test('reads users one by one, by filter and by page', async () => {
  const read = await cognito.adminGetUser({ UserPoolId: userPoolId, Username: alice.email });
  assert.equal(read.Username, 'alice');
  assert.equal(named(read.UserAttributes).email, alice.email);
  await assert.rejects(cognito.adminGetUser({ UserPoolId: userPoolId, Username: newcomer().username }), UserNotFoundException);

  const { Users } = await cognito.listUsers({ UserPoolId: userPoolId, Filter: `email = "${alice.email}"` });
  assert.deepEqual(Users.map(({ Username }) => Username), ['alice']);
  const names = [];
  for await (const page of paginateListUsers({ client: cognito, pageSize: 2 }, { UserPoolId: userPoolId })) {
    assert.ok(page.Users.length <= 2);
    names.push(...page.Users.map(({ Username }) => Username));
  }
  assert.deepEqual(names.sort(), ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']);
});

test('its calls for users work too, and errors are its own classes', async () => {
  const { username: USERNAME, password: PASSWORD } = alice;
  const signIn = (AuthParameters) => cognito.initiateAuth({ ClientId: WEB, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
  const { AuthenticationResult } = await signIn({ USERNAME, PASSWORD });
  assert.deepEqual([AuthenticationResult.TokenType, AuthenticationResult.ExpiresIn], ['Bearer', 3600]);
  const { Username, UserAttributes } = await cognito.getUser({ AccessToken: AuthenticationResult.AccessToken });
  assert.deepEqual([Username, named(UserAttributes).email], ['alice', alice.email]);
  await assert.rejects(signIn({ USERNAME, PASSWORD: 'Wrong-Horse7!' }), (error) => {
    assert.ok(error instanceof NotAuthorizedException);
    assert.equal(error.message, 'Incorrect username or password.');
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.ok(error.$metadata.requestId);
    return true;
  });
  await assert.rejects(cognito.signUp({ ClientId: WEB, Username: USERNAME, Password: PASSWORD }), UsernameExistsException);
});

test('a client with a secret signs in with cognito-srp-helper, and only with the secret', async () => {
  const { poolId, clientId: ClientId, UserPoolClient } = await setUp({}, { GenerateSecret: true });
  const { username: USERNAME, password: Password } = newcomer();
  await cognito.adminCreateUser({ UserPoolId: poolId, Username: USERNAME, MessageAction: 'SUPPRESS' });
  await cognito.adminSetUserPassword({ UserPoolId: poolId, Username: USERNAME, Password, Permanent: true });

  const SECRET_HASH = createSecretHash(USERNAME, ClientId, UserPoolClient.ClientSecret);
  const srp = createSrpSession(USERNAME, Password, poolId, false);
  const start = (parameters) => cognito.initiateAuth(wrapInitiateAuth(srp, {
    ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters: { CHALLENGE_NAME: 'SRP_A', ...parameters },
  }));
  await assert.rejects(start({ USERNAME }), {
    name: 'NotAuthorizedException', message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  });
  const wrongHash = createSecretHash(USERNAME, ClientId, 'another secret');
  await assert.rejects(start({ USERNAME, SECRET_HASH: wrongHash }), { name: 'NotAuthorizedException' });

  const challenge = await start({ USERNAME, SECRET_HASH });
  const { AuthenticationResult } = await cognito.respondToAuthChallenge(wrapAuthChallenge(signSrpSession(srp, challenge), {
    ClientId, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: { USERNAME, SECRET_HASH },
  }));
  assert.ok(await (await verifier('access', { clientId: ClientId, poolId })).verify(AuthenticationResult.AccessToken));
});

test('an administrator’s call without a signature is refused', async () => {
  const unsigned = new CognitoIdentityProvider(connection);
  const removeSignature = (next) => (args) => {
    delete args.request.headers.authorization;
    return next(args);
  };
  unsigned.middlewareStack.addRelativeTo(removeSignature, { relation: 'after', toMiddleware: 'httpSigningMiddleware' });
  await assert.rejects(unsigned.listUsers({ UserPoolId: userPoolId }), { name: 'MissingAuthenticationTokenException' });
});
