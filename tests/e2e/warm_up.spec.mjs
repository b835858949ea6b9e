// Preparing a sign-in before the user presses the button.
import { ALICE } from './support/emulator.mjs';
import { call, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

/** A page whose auth has started before: nothing but a call or the time loads the wasm. */
async function knownPage(context, config) {
  const first = await kitPage(context, { config });
  await expect.poll(() => first.evaluate(() => localStorage.getItem('poolpass.v1.checked'))).not.toBeNull();
  return kitPage(context, { config });
}

const preconnected = (page) => page.evaluate(() => Array.from(document.querySelectorAll('link[rel=preconnect]'), ({ href, crossOrigin }) => [href, crossOrigin]));

test('warmUp() opens the connection, sends nothing, and the sign-in takes its two requests', async ({ context, emulator }) => {
  const page = await knownPage(context);
  await emulator.counts();
  expect(await call(page, 'warmUp', {})).toBeUndefined();
  expect(await preconnected(page)).toEqual([[`${process.env.POOLPASS_ENDPOINT}/`, 'anonymous']]);
  expect(await emulator.counts()).toEqual({});
  expect(await call(page, 'signIn', ALICE)).toMatchObject({ isSignedIn: true });
  expect(await emulator.counts()).toEqual({ InitiateAuth: 1, RespondToAuthChallenge: 1 });
});

test('by itself it happens once, when a password field gets the focus, and only where it is asked for', async ({ context }) => {
  const fields = (page) =>
    page.evaluate(() => {
      for (const [id, type] of [['name', 'text'], ['password', 'password']]) {
        document.body.append(Object.assign(document.createElement('input'), { id, type }));
      }
    });
  for (const [config, count] of [[{}, 0], [{ warmUpOnFocus: true }, 1]]) {
    const page = await knownPage(context, config);
    await fields(page);
    await page.locator('#name').focus();
    await page.locator('#password').focus();
    await page.locator('#name').focus();
    await page.locator('#password').focus();
    await call(page, 'fetchAuthSession', { forceRefresh: true });
    await expect.poll(async () => (await preconnected(page)).length).toBe(count);
  }
  const page = await knownPage(context);
  const code = await page.evaluate(async () => {
    const { createAuth } = await import('/poolpass/index.js');
    return createAuth({ userPool: { userPoolId: 'eu-west-1_A', userPoolClientId: 'c' }, warmUpOnFocus: 'yes' }).catch(({ code }) => code);
  });
  expect(code).toBe('bad_input');
});
