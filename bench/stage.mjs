// The Chromium that everything is measured in, and pages in it with the stand-in for Cognito.
import { chromium } from 'playwright-core';
import { accessClaims, awsCredentials, challenge, claims, idClaims, identityPoolId, jwks } from './cognito.mjs';

const cognito = { challenge, claims, accessClaims, idClaims, jwks, identityPoolId, awsCredentials };

export async function openStage(address) {
  const browser = await chromium.launch({
    executablePath: process.env.POOLPASS_CHROMIUM,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });

  /** A page; `slowdown` divides the processor's speed, `more` goes into what Cognito answers. */
  async function openPage(context, { query = '', slowdown = 1, more } = {}) {
    const page = await context.newPage();
    await page.goto(address + query);
    await page.waitForFunction(() => globalThis.bench);
    await page.evaluate((given) => bench.stub(given), { ...cognito, ...more });
    if (slowdown > 1) {
      const session = await context.newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    }
    return page;
  }

  return {
    address,
    version: browser.version(),
    openPage,
    /** Calls back with a context that has nothing stored, and closes it. */
    async fresh(use) {
      const context = await browser.newContext();
      try {
        return await use(context);
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
