// AWS_ENDPOINT_URL alone leads AWS's SDKs here: user pools, identity pools, STS, S3 and DynamoDB.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { endpoint, region, reset, userPoolId } from './emulator.mjs';
import { environment, script } from './python.mjs';

beforeEach(reset);

test('boto3 finds all five services by AWS_ENDPOINT_URL', async (t) => {
  const variables = { AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: region, AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'x', AWS_EC2_METADATA_DISABLED: 'true' };
  Object.assign(environment, variables);
  t.after(() => Object.keys(variables).forEach((name) => delete environment[name]));
  const answer = await script(t, 'endpoint_url.py')({});
  assert.equal(answer.pool, userPoolId);
  assert.match(answer.arn, /assumed-role\/poolpass-guest\/CognitoIdentityCredentials$/);
  assert.match(answer.object, /\w/);
  assert.equal(answer.item, 'welcome');
});
