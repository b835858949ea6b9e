// Signatures a second, beside the AWS SDK's signer and aws4fetch, in Node.js: signatures.mjs [rounds]. The three take
// turns in one process; a round's figure is the time of 100 signatures; medians of times and of ratios are printed. POOLPASS_LOCAL names the
// emulator that gives the credentials, POOLPASS_PKG another folder than pkg/.
import sha256 from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsV4Signer } from 'aws4fetch';
import { openKit } from '../tests/interop/kit.mjs';

const rounds = Number(process.argv[2] ?? 31);
const EACH = 100;
const body = JSON.stringify({ note: 'n'.repeat(1012) });
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const place = { service: 'execute-api', region: 'eu-west-1' };
const host = 'a1b2c3.execute-api.eu-west-1.amazonaws.com';
const url = `https://${host}/notes/shared?limit=20&order=newest`;
const headers = { 'content-type': 'application/json' };

const kit = await openKit({ after: () => {} });
const { accessKeyId, secretAccessKey, sessionToken } = await kit.getCredentials();
const credentials = { accessKeyId, secretAccessKey, sessionToken };
const smithy = new SignatureV4({ ...place, credentials, sha256: sha256.Sha256, applyChecksum: false });
const cache = new Map();

const ofSmithy = (more) => smithy.sign({ method: 'POST', protocol: 'https:', hostname: host, path: '/notes/shared', query: { limit: '20', order: 'newest' }, headers: { host, ...headers, ...more.headers }, body: more.body });
const ofAws4fetch = (more) => new AwsV4Signer({ ...credentials, ...place, method: 'POST', url, headers: { ...headers, ...more.headers }, body: more.body, cache }).sign();
const hashed = { 'x-amz-content-sha256': HASH };
const kinds = {
  'a body of 1 KB': {
    poolpass: () => kit.sign({ method: 'POST', url, headers, body }),
    '@smithy/signature-v4': () => ofSmithy({ body }),
    aws4fetch: () => ofAws4fetch({ body }),
  },
  'a given hash': {
    poolpass: () => kit.sign({ method: 'POST', url, headers, payloadHash: HASH }),
    '@smithy/signature-v4': () => ofSmithy({ headers: hashed }),
    aws4fetch: () => ofAws4fetch({ headers: hashed }),
  },
};

async function timed(sign) {
  const start = performance.now();
  for (let count = 0; count < EACH; count++) await sign();
  return ((performance.now() - start) / EACH) * 1000;
}

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

for (const [kind, signers] of Object.entries(kinds)) {
  const times = Object.fromEntries(Object.keys(signers).map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    for (const [name, sign] of Object.entries(signers)) {
      const time = await timed(sign);
      if (round >= 0) times[name].push(time);
    }
  }
  for (const [name, all] of Object.entries(times)) {
    // Of each round, so that a busy machine slows both sides.
    const ratio = median(all.map((time, round) => time / times.poolpass[round]));
    console.log(`${kind}: ${name.padEnd(20)} ${median(all).toFixed(1).padStart(7)} µs  ${ratio.toFixed(2)} times poolpass's`);
  }
}
kit.dispose();
