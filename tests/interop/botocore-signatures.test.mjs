// Signatures beside botocore's: 1,800 requests made up at random, headers and presigned URLs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { alice, bob } from './emulator.mjs';
import { openKit } from './kit.mjs';
import { script } from './python.mjs';
import { Dice, encoded, madeUp, segment } from './random_requests.mjs';

const askBotocore = script({ after }, 'signatures.py');
/** Several signers: their keys, secrets and session tokens differ. */
const kits = await Promise.all([bob, alice, undefined, undefined, undefined].map((user) => openKit({ after }, { user })));

const keysOf = ({ accessKeyId, secretAccessKey, sessionToken }) => ({ access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken });
const base64 = (body) => body && Buffer.from(body).toString('base64');

/** A signer, and what botocore has to know of it. */
async function signer(dice) {
  const kit = dice.pick(kits);
  return { kit, credentials: keysOf(await kit.getCredentials()) };
}

/** Both signed it in the same second, with the same words. */
async function agree(dice, request, extra = {}) {
  const { kit, credentials } = await signer(dice);
  const { service, region, method, url, headers, body, params, options } = request;
  // The body and its hash cannot be given together.
  const payload = extra.payloadHash === undefined ? { body } : extra;
  const own = await kit.sign({ method, url, headers, ...payload }, options);
  const unsigned = extra.payloadHash !== undefined;
  const theirs = await askBotocore({ service, region, credentials, method, url: params ? url.split('?')[0] : url, params, headers, body: base64(body), time: own['x-amz-date'], unsigned });
  assert.deepEqual({ ...own }, theirs.headers, JSON.stringify(request));
}

test('a thousand signed requests agree with botocore', async () => {
  const dice = new Dice(4);
  for (let count = 0; count < 1000; count++) await agree(dice, madeUp(dice));
});

test('two hundred agree whose query botocore encodes itself', async () => {
  const dice = new Dice(44);
  for (let count = 0; count < 200; count++) {
    const request = madeUp(dice);
    await agree(dice, { ...request, params: request.query });
  }
});

test('two hundred agree whose bytes, headers, ports and names are unusual', async () => {
  const dice = new Dice(444);
  const HOSTS = ['http://localhost:4566', 'https://API.example.com', 'https://api.example.com:443', 'http://api.example.com:80', 'https://api.example.com:8443', 'http://127.0.0.1:9000'];
  const HEADERS = [
    ['Content-Type', 'application/json; charset=utf-8'], ['Range', 'bytes=0-9'], ['If-None-Match', '*'], ['X-Amz-Target', 'DynamoDB_20120810.GetItem'],
    ['x-amz-meta-note', 'a   b'], ['Accept', ' text/html,  */* '], ['User-Agent', 'not signed'], ['X-Amzn-Trace-Id', 'Root=1'], ['Connection', 'close'],
  ];
  for (let count = 0; count < 200; count++) {
    const region = dice.pick(['eu-west-1', 'us-gov-east-1', 'cn-north-1']);
    const service = dice.pick(['s3', 'execute-api', 'dynamodb', 'a-service']);
    const flags = dice.times(2, () => dice.pick(['acl', 'list-type=2', 'prefix=', 'x=%2F', 'Action=A', 'a=1', 'a=', 'A=1'])).join('&');
    const url = `${dice.pick(HOSTS)}/${segment(dice, service)}${flags && `?${flags}`}`;
    const body = dice.pick([undefined, Uint8Array.from({ length: dice.below(300) }, () => dice.below(256))]);
    await agree(dice, { service, region, method: body ? 'PUT' : 'GET', url, headers: Object.fromEntries(dice.times(4, () => dice.pick(HEADERS))), body, options: { service, region } });
  }
});

test('a hundred with payloads that S3 does not check agree', async () => {
  const dice = new Dice(4444);
  for (let count = 0; count < 100; ) {
    const request = madeUp(dice);
    if (request.service !== 's3') continue;
    count++;
    await agree(dice, request, { payloadHash: 'UNSIGNED-PAYLOAD' });
  }
});

test('three hundred presigned URLs agree with botocore', async () => {
  const dice = new Dice(44444);
  for (let count = 0; count < 300; count++) {
    const { kit, credentials } = await signer(dice);
    const request = madeUp(dice);
    const { service, region, host, path, headers } = request;
    // botocore drops the second of two that have the same name.
    const query = [...new Map(request.query)];
    const url = `https://${host}${path}?${query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`.replace(/\?$/, '');
    const method = dice.pick(['GET', 'PUT', 'HEAD', 'DELETE']);
    const expiresIn = 1 + dice.below(604_800);
    const own = new URL(await kit.presign({ method, url, headers }, { expiresIn }));
    const theirs = await askBotocore({ service, region, credentials, method, url, headers, expiresIn, time: own.searchParams.get('X-Amz-Date') });
    const sorted = ({ searchParams }) => [...searchParams].sort();
    assert.deepEqual(sorted(own), sorted(new URL(theirs.url)), JSON.stringify({ ...request, url, method }));
  }
});

test('a difference is seen', async () => {
  const dice = new Dice(5);
  const request = madeUp(dice);
  await assert.rejects(agree(dice, { ...request, params: [['another', 'query']] }), { code: 'ERR_ASSERTION' });
});
