// A strict Content-Security-Policy with Trusted Types, and giving up by AbortSignal.
import { ALICE } from './support/emulator.mjs';
import { BARE_PAGE, call, kitPage } from './support/kit.mjs';
import { expect, test } from './support/test.mjs';

test('the page is served under a strict policy, and nothing in it is inline', async ({ page }) => {
  const reply = await page.goto('');
  const policy = reply.headers()['content-security-policy'];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toContain('unsafe-inline');
  expect(policy).not.toContain("'unsafe-eval'");
  const html = await reply.text();
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/i);
});

test('the policy bites, and the watch over the pages sees it', async ({ page, troubles }) => {
  troubles.expect(/policy|Trusted/i);
  await page.goto(BARE_PAGE);
  const refused = await page.evaluate(async () => {
    const html = await Promise.resolve().then(() => (document.body.innerHTML = '<b>x</b>')).catch(({ name }) => name);
    const code = await Promise.resolve().then(() => document.createElement('script').setAttribute('src', '/x.js')).catch(({ name }) => name);
    return { html, code };
  });
  expect(refused).toEqual({ html: 'TypeError', code: 'TypeError' });
  await page.evaluate(() => fetch('https://example.com/').catch(() => {}));
  await expect.poll(() => troubles.consoleTexts.some((text) => /policy violation: require-trusted-types-for/.test(text))).toBe(true);
  await expect.poll(() => troubles.consoleTexts.some((text) => /policy violation: connect-src/.test(text))).toBe(true);
});

test('everything that the kit does stays within the policy', async ({ context, emulator }) => {
  const page = await kitPage(context);
  await call(page, 'signIn', ALICE);
  await call(page, 'fetchAuthSession', { forceRefresh: true });
  await call(page, 'fetchUserAttributes', {});
  expect(await call(page, 'signOut', {})).toEqual({ isRevoked: true });
  expect(await emulator.counts()).toMatchObject({ GetTokensFromRefreshToken: 1, GetUser: 1, RevokeToken: 1 });
  // The watch fails this test if the browser had to refuse anything.
});

for (const [operation, sent] of [
  ['InitiateAuth', ['InitiateAuth']],
  ['RespondToAuthChallenge', ['InitiateAuth', 'RespondToAuthChallenge']],
]) {
  test(`an AbortSignal ends a sign-in that waits for ${operation}`, async ({ context, emulator }) => {
    const page = await kitPage(context);
    await emulator.fault({ operation, kind: 'late', delayMs: 20_000 });
    const attempt = page.evaluate(async (input) => {
      window.controller = new AbortController();
      const error = await auth.signIn({ ...input, signal: controller.signal }).catch((error) => error);
      return { name: error.name, code: error.code, isError: error instanceof Error, cause: error.cause };
    }, ALICE);
    await expect.poll(async () => Object.keys(await emulator.counts())).toEqual(sent);
    await page.evaluate(() => controller.abort('changed my mind'));
    expect(await attempt).toEqual({ name: 'AbortError', code: 'aborted', isError: true, cause: 'changed my mind' });
    expect((await call(page, 'fetchAuthSession', {})).tokens).toBeUndefined();
    // And it is free for the next attempt.
    expect(await call(page, 'signIn', ALICE)).toMatchObject({ isSignedIn: true });
  });
}

test('a signal that has fired already stops a call before any request', async ({ context, emulator }) => {
  const page = await kitPage(context);
  const names = await page.evaluate(async () => {
    const signal = AbortSignal.abort();
    const calls = [
      auth.signIn({ username: 'alice', password: 'x', signal }),
      auth.signUp({ username: 'a', password: 'x', signal }),
      auth.fetchAuthSession({ signal }),
      auth.signOut({ signal }),
    ];
    return (await Promise.allSettled(calls)).map(({ reason }) => reason?.name);
  });
  expect(names).toEqual(['AbortError', 'AbortError', 'AbortError', 'AbortError']);
  expect(await emulator.counts()).toEqual({});
});
