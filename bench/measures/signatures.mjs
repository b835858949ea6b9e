// SigV4 signatures a second, of bodies and of a given hash.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { awsCredentials, identityPoolId, settings } from '../cognito.mjs';
import { inTurns, summarize } from '../statistics.mjs';

const REQUEST = {
  url: 'https://a1b2c3.execute-api.eu-west-1.amazonaws.com/notes/shared?limit=20&order=newest',
  headers: { 'content-type': 'application/json' },
};
const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const KINDS = {
  'no body': { size: 0, count: 200 },
  '1 KB': { size: 1024, count: 200 },
  '1 MB': { size: 1024 * 1024, count: 4 },
  'a given hash': { payloadHash: HASH, count: 200 },
};

/** A summary by signer for each kind, in microseconds a signature. */
export async function measureSignatures(stage, rounds) {
  return stage.fresh(async (context) => {
    const page = await stage.openPage(context);
    const { AccessKeyId, SecretKey, SessionToken } = awsCredentials;
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken };
    const given = { credentials, identityPoolId, place: { service: 'execute-api', region: settings.region } };
    for (const signer of RIVALS.signers) {
      await page.evaluate(([path, given]) => bench.load(path, given), [`signers/${moduleOf(signer)}`, given]);
    }
    const summaries = {};
    for (const [kind, what] of Object.entries(KINDS)) {
      const once = async (signer) => {
        const input = { ...REQUEST, ...what };
        const { microseconds, signature } = await page.evaluate(([path, input]) => bench.sign(path, input), [`signers/${moduleOf(signer)}`, input]);
        if (!/^AWS4-HMAC-SHA256 .*Signature=[0-9a-f]{64}$/.test(signature)) throw new Error(`${signer} did not sign: ${signature}`);
        return microseconds;
      };
      await inTurns(RIVALS.signers, 2, once); // the compilers have done their work after these
      summaries[kind] = summarize(await inTurns(RIVALS.signers, rounds, once));
    }
    return summaries;
  });
}
