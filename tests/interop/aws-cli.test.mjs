// The AWS CLI finds poolpass-local by AWS_ENDPOINT_URL.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { promisify } from 'node:util';
import { endpoint, lastMessage, newcomer, region, reset, userPoolId } from './emulator.mjs';
import { environment, interpreter } from './python.mjs';

beforeEach(reset);

const identityPoolId = 'eu-west-1:00000000-0000-4000-8000-000000000001'; // of the configuration
const program = join(dirname(interpreter), 'aws');
const env = {
  ...environment,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_DEFAULT_REGION: region,
  AWS_CONFIG_FILE: 'none', // nor somebody's profile
  AWS_SHARED_CREDENTIALS_FILE: 'none',
};

/** Runs `aws` with these words: what it prints. */
const aws = (...words) => run(env, words);

async function run(variables, words) {
  const { stdout } = await promisify(execFile)(interpreter, [program, ...words, '--output', 'json'], { env: variables });
  return JSON.parse(stdout);
}

const pools = (command, ...words) => aws('cognito-idp', command, '--user-pool-id', userPoolId, ...words);

test('the pool of the configuration is described', async () => {
  const { UserPool } = await pools('describe-user-pool');
  assert.equal(UserPool.Id, userPoolId);
  assert.match(UserPool.Arn, new RegExp(`^arn:aws:cognito-idp:${region}:\\d{12}:userpool/${userPoolId}$`));
});

test('users are listed, in the CLI’s own pages', async () => {
  const { Users } = await pools('list-users', '--page-size', '2');
  assert.deepEqual(Users.map(({ Username }) => Username).sort(), ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']);
  const first = await pools('list-users', '--max-items', '2');
  const second = await pools('list-users', '--max-items', '4', '--starting-token', first.NextToken);
  assert.deepEqual([...first.Users, ...second.Users], Users);
});

test('a user is made and invited, and a second one of the name refused', async () => {
  const { username, email } = newcomer();
  const words = ['--username', username, '--user-attributes', `Name=email,Value=${email}`];
  const { User } = await pools('admin-create-user', ...words);
  assert.deepEqual([User.Username, User.UserStatus], [username, 'FORCE_CHANGE_PASSWORD']);
  assert.equal((await lastMessage(email)).kind, 'invite');
  await assert.rejects(pools('admin-create-user', ...words), ({ stderr }) => /\(UsernameExistsException\)/.test(stderr));
});

test('STS knows a guest by the credentials of the identity pool, and no others', async () => {
  const { IdentityId } = await aws('cognito-identity', 'get-id', '--identity-pool-id', identityPoolId);
  const { Credentials } = await aws('cognito-identity', 'get-credentials-for-identity', '--identity-id', IdentityId);
  const guest = { AWS_ACCESS_KEY_ID: Credentials.AccessKeyId, AWS_SECRET_ACCESS_KEY: Credentials.SecretKey, AWS_SESSION_TOKEN: Credentials.SessionToken };
  const { Account, Arn } = await run({ ...env, ...guest }, ['sts', 'get-caller-identity']);
  assert.match(Account, /^\d{12}$/);
  assert.match(Arn, /assumed-role\/poolpass-guest\/CognitoIdentityCredentials$/);
  await assert.rejects(aws('sts', 'get-caller-identity'), ({ stderr }) => /\(InvalidClientTokenId\)/.test(stderr));
});
