// Verifying an ID token, with the pool's keys at hand.
import { RIVALS, moduleOf } from '../bundles.mjs';
import { claims, jwks, settings, signedTokens } from '../cognito.mjs';
import { inTurns, summarize } from '../statistics.mjs';

const COUNT = 100;

/** In microseconds. */
export async function measureVerification(stage, rounds) {
  return stage.fresh(async (context) => {
    const page = await stage.openPage(context);
    const { id_token: token } = signedTokens();
    for (const verifier of RIVALS.verifiers) {
      await page.evaluate(([path, given]) => bench.load(path, given), [`verifiers/${moduleOf(verifier)}`, { ...settings, jwks }]);
    }
    const once = async (verifier) => {
      const given = [`verifiers/${moduleOf(verifier)}`, token, COUNT];
      const { microseconds, subject } = await page.evaluate(([path, token, count]) => bench.verify(path, token, count), given);
      if (subject !== claims.sub) throw new Error(`${verifier} did not verify the token`);
      return microseconds;
    };
    await inTurns(RIVALS.verifiers, 2, once); // the compilers have done their work after these
    return summarize(await inTurns(RIVALS.verifiers, rounds, once));
  });
}
