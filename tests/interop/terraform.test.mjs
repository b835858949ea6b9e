// What terraform-provider-aws does with its Cognito resources, call by call.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { endpoint } from './emulator.mjs';
import { environment, interpreter } from './python.mjs';

test('every resource is created, read, changed and destroyed', () => {
  const script = fileURLToPath(new URL('python/terraform.py', import.meta.url));
  const lines = execFileSync(interpreter, [script, endpoint, 'us-west-2'], { env: environment, encoding: 'utf8' }).trim().split('\n');
  const steps = lines.map((line) => JSON.parse(line));
  assert.deepEqual(steps.filter(({ problem }) => problem), []);
  assert.equal(steps.length, 128);
});
