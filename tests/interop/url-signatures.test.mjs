// What is signed is what is sent: URLs that browsers send in another form than they are written, beside botocore, the AWS
// SDK's signer and aws4fetch, and before the emulator. Where the three disagree, docs/decisions.md has the reason.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import sha256 from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsV4Signer } from 'aws4fetch';
import { bob, endpoint } from './emulator.mjs';
import { openKit } from './kit.mjs';
import { script } from './python.mjs';

const askBotocore = script({ after }, 'signatures.py');
const kit = await openKit({ after }, { user: bob, origins: [{ origin: endpoint, auth: 'iam', service: 'execute-api', region: 'eu-west-1' }] });
const { identityId, accessKeyId, secretAccessKey, sessionToken } = await kit.getCredentials();
const keys = { accessKeyId, secretAccessKey, sessionToken };
const region = 'eu-west-1';
const ORIGINS = { 'execute-api': 'https://a1b2.execute-api.eu-west-1.amazonaws.com', s3: 'https://notes.s3.eu-west-1.amazonaws.com' };

/** botocore encodes a query that it builds, and signs one that it is given as it is. */
const UNENCODED = ['botocore'];
/** A path or a query as an app writes it, and who signs something else: for every service, and for S3 alone. */
const WRITTEN = [
  ['/x?q=a+b', ['botocore', 'smithy']], // a plus: aws4fetch alone reads a blank
  ['/x?q=a%2Bb'],
  ['/x?q=a b'],
  ['/x?q=Zoë/山', UNENCODED],
  ['/x?q={id}|^`', UNENCODED],
  ['/x?q=a\\b', UNENCODED],
  ['/x?q=../x', UNENCODED],
  ['/x?q=%c3%a4', UNENCODED],
  ['/x?q=a=b&&c', UNENCODED],
  ['/x?q=%zz', ['botocore', 'smithy']], // the AWS SDK throws
  ['/x?=x&a=1', ['aws4fetch']], // it drops a parameter without a name
  ['/x?a=&b'],
  ['/x?a=2&a=1&A=0', [], ['aws4fetch']], // for S3 it drops the second of a name
  [`/x?q='"`],
  ['/a b'],
  ['/Citroën'],
  ['/{id}'],
  ['/notes\\shared'],
  ['/a\tb\n'],
  ['/a|b', [], ['botocore', 'smithy']], // these two take S3's path as it is sent, and S3 decodes it
  ['/a+b', [], ['botocore', 'smithy']],
  ['/a%2Bb'],
  ['/a%2fb', [], ['botocore', 'smithy']],
  ['/%c3%a4', [], ['botocore', 'smithy']],
  [`/!'()*~`, [], ['botocore', 'smithy']],
  ['//a///b'],
  [''],
  ['/x#fragment'],
];

const dateOf = (text) => new Date(text.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'));

/** The values of `Authorization` that the three make for the URL as it is sent. */
async function others(service, sent, own) {
  const time = own['x-amz-date'];
  const hash = own['x-amz-content-sha256'];
  const headers = hash ? { 'x-amz-content-sha256': hash } : {};
  const asked = { service, region, credentials: { access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken }, method: 'GET', url: sent.href, headers, time };
  return {
    botocore: async () => (await askBotocore(asked)).headers.authorization,
    smithy: async () => {
      const query = {};
      for (const pair of sent.search.slice(1).split('&').filter(Boolean)) {
        const [name, ...value] = pair.split('=');
        (query[decodeURIComponent(name)] ??= []).push(decodeURIComponent(value.join('=')));
      }
      const signer = new SignatureV4({ service, region, credentials: keys, sha256: sha256.Sha256, uriEscapePath: service !== 's3', applyChecksum: false });
      const request = { method: 'GET', protocol: 'https:', hostname: sent.host, path: sent.pathname, query, headers: { host: sent.host, ...headers } };
      return (await signer.sign(request, { signingDate: dateOf(time) })).headers.authorization;
    },
    aws4fetch: async () => (await new AwsV4Signer({ ...keys, url: sent.href, service, region, datetime: time, headers }).sign()).headers.get('authorization'),
  };
}

for (const [service, origin] of Object.entries(ORIGINS)) {
  test(`${service}: a URL as it is written is signed as it is sent`, async () => {
    for (const [written, differ = [], differForS3 = differ] of WRITTEN) {
      const sent = new URL(origin + written);
      const own = await kit.sign({ url: origin + written });
      assert.equal((await kit.sign({ url: sent })).authorization, own.authorization, written);
      const expected = service === 's3' && differForS3.length > 0 ? differForS3 : differ;
      for (const [name, sign] of Object.entries(await others(service, sent, own))) {
        const agrees = (await sign().catch(() => undefined)) === own.authorization;
        assert.equal(agrees, !expected.includes(name), `${name}: ${written}`);
      }
    }
  });
}

test('a presigned URL is sent as it is, and nothing in it has two readings', async () => {
  for (const [service, origin] of Object.entries(ORIGINS)) {
    for (const [written] of WRITTEN) {
      const url = await kit.presign(origin + written);
      assert.equal(new URL(url).href, url, written);
      assert.ok(!new URL(url).search.includes('+'), url);
      if (service === 's3') assert.ok(!new URL(url).pathname.includes('+'), url);
    }
  }
});

test('what fetch sends is refused by its name where a browser would change it', async () => {
  for (const path of ['/x/../shared', '/x/%2e%2E/shared', '/x\\..\\y', '/x/.\t./y', '/.']) {
    for (const origin of Object.values(ORIGINS)) {
      for (const work of [kit.sign({ url: origin + path }), kit.presign(origin + path)]) {
        await assert.rejects(work, { code: 'bad_input', message: /^url has a dot segment/ }, path);
      }
    }
    await assert.rejects(kit.fetch(endpoint + path), { code: 'bad_input', message: /^url has a dot segment/ }, path);
  }
  for (const url of ['/relative', 'nonsense', 'https://a:99999/', 'https://1.2.3.4.5/', undefined, null]) {
    await assert.rejects(kit.sign({ url }), { code: 'bad_input', message: 'url must be an absolute URL.' }, String(url));
  }
  await assert.rejects(kit.sign({ url: Symbol('url') }), { code: 'bad_input', message: /^url must be plain data/ });
  await assert.rejects(kit.sign(null), { code: 'bad_input' });
  const once = await kit.presign(`${ORIGINS.s3}/k`);
  await assert.rejects(kit.presign(once), { code: 'bad_input', message: 'url is signed already.' });
  const headers = { 'Content-Disposition': 'attachment; filename="1 ©.jpg"' };
  await assert.rejects(kit.sign({ url: `${ORIGINS.s3}/k`, headers }), { code: 'bad_input', message: /^headers\.Content-Disposition / });
  await assert.rejects(kit.fetch(`${endpoint}/api/iam/notes/shared`, { headers }), { code: 'bad_input', message: /^headers\.content-disposition /i });
  for (const expiresIn of [1.5, 0, 604_801, Number.NaN, Infinity, '60']) {
    await assert.rejects(kit.presign(`${ORIGINS.s3}/k`, { expiresIn }), { code: 'bad_input', message: /^expiresIn / }, String(expiresIn));
  }
});

test('the emulator’s API takes each, signed before or sent by auth.fetch', async () => {
  for (const [written] of WRITTEN.filter(([written]) => written.includes('?'))) {
    const url = `${endpoint}/api/iam/notes/shared${written.slice(written.indexOf('?'))}`;
    const answers = [await fetch(url, { headers: await kit.sign({ url }) }), await fetch(await kit.presign(url)), await kit.fetch(url), await kit.fetch(new Request(url))];
    for (const answer of answers) {
      assert.equal(answer.status, 200, `${url}: ${await answer.clone().text()}`);
      if (written === '/x?q=a+b') assert.equal((await answer.json()).query.q, 'a b');
    }
  }
  // Of paths nobody has a right to most: the refusal is of the right, not of the signature.
  for (const [written] of WRITTEN.filter(([written]) => /^\/[^/\\?#]+$/.test(written) && written !== '/a%2fb')) {
    const url = `${endpoint}/api/iam/notes${written}`;
    for (const answer of [await fetch(url, { headers: await kit.sign({ url }) }), await kit.fetch(url)]) {
      assert.match(await answer.text(), /not authorized to perform/, url);
    }
  }
});

test('the emulator’s S3 keeps each key as it is meant', async () => {
  const s3 = { service: 's3', region };
  const own = `${endpoint}/poolpass-notes/private/${encodeURIComponent(identityId)}`;
  const keyOf = { '/a+b': '/a b', '/a%2Bb': '/a+b', '/a%2fb': '/a/b', '/Citroën': '/Citroën', '/notes\\shared': '/notes/shared', '/a\tb\n': '/ab' };
  for (const [written] of WRITTEN.filter(([written]) => written.startsWith('/') && !/[?#]/.test(written))) {
    const url = own + written;
    const put = await fetch(url, { method: 'PUT', headers: await kit.sign({ method: 'PUT', url, body: written }, s3), body: written });
    assert.equal(put.status, 200, `${written}: ${await put.text()}`);
    assert.equal(await (await fetch(await kit.presign(url, s3))).text(), written);
    if (!(written in keyOf)) continue;
    const list = `${endpoint}/poolpass-notes?list-type=2&prefix=${new URLSearchParams({ k: `private/${identityId}${keyOf[written]}` }).toString().slice(2)}`;
    const listed = await fetch(list, { headers: await kit.sign({ url: list }, s3) });
    const text = await listed.text();
    assert.ok(text.includes(`${identityId}${keyOf[written]}</Key>`), `${written}: ${text}`);
  }
});

test('S3’s kin, OpenSearch Serverless and VPC Lattice are signed as botocore signs them', async () => {
  const body = '{"a":1}';
  for (const service of ['s3express', 's3-object-lambda', 's3-outposts', 'aoss', 'vpc-lattice-svcs']) {
    const url = 'https://x.example.com/a%20b/c?list-type=2';
    const own = await kit.sign({ method: 'PUT', url, body }, { service, region });
    assert.match(own['x-amz-content-sha256'], service === 'vpc-lattice-svcs' ? /^UNSIGNED-PAYLOAD$/ : /^[0-9a-f]{64}$/);
    const headers = service.startsWith('s3') ? {} : { 'x-amz-content-sha256': own['x-amz-content-sha256'] };
    const credentials = { access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken };
    const theirs = await askBotocore({ service, region, credentials, method: 'PUT', url, headers, body: Buffer.from(body).toString('base64'), time: own['x-amz-date'] });
    assert.equal(own.authorization, theirs.headers.authorization, service);
  }
});

test('a WebSocket of IoT is signed as aws4fetch signs it, its token appended', async () => {
  const url = 'wss://x-ats.iot.eu-west-1.amazonaws.com/mqtt';
  const own = new URL(await kit.presign(url, { expiresIn: 300 }));
  const datetime = own.searchParams.get('X-Amz-Date');
  const signer = new AwsV4Signer({ ...keys, url: `${url}?X-Amz-Expires=300`, service: 'iotdevicegateway', region, datetime, signQuery: true });
  const theirs = (await signer.sign()).url;
  assert.equal(own.searchParams.get('X-Amz-Signature'), theirs.searchParams.get('X-Amz-Signature'));
  assert.equal([...own.searchParams.keys()].at(-1), 'X-Amz-Security-Token');
  assert.deepEqual([...own.searchParams].sort(), [...theirs.searchParams].sort());
});

test('bodies of any kind and size are hashed alike', async () => {
  const url = `${ORIGINS['execute-api']}/x`;
  const bytes = Uint8Array.from({ length: 9000 }, (_, index) => index);
  for (const size of [0, 1, 63, 64, 4095, 4096, 4097, 9000]) {
    const part = bytes.subarray(0, size);
    const kinds = [part, part.slice().buffer, new DataView(part.slice().buffer), new Blob([part])];
    const signed = await Promise.all(kinds.map((body) => kit.sign({ method: 'PUT', url, body })));
    const credentials = { access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken };
    for (const own of signed) {
      const theirs = await askBotocore({ service: 'execute-api', region, credentials, method: 'PUT', url, body: Buffer.from(part).toString('base64'), time: own['x-amz-date'] });
      assert.equal(own.authorization, theirs.headers.authorization, String(size));
    }
  }
  const text = await kit.sign({ method: 'PUT', url, body: 'Grüße' });
  const theirs = await askBotocore({ service: 'execute-api', region, credentials: { access_key: accessKeyId, secret_key: secretAccessKey, token: sessionToken }, method: 'PUT', url, body: Buffer.from('Grüße').toString('base64'), time: text['x-amz-date'] });
  assert.equal(text.authorization, theirs.headers.authorization);
});
