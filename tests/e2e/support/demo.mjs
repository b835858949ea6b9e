// The demo page as a user finds it: by roles, labels and words.
import { expect } from '@playwright/test';

export class Demo {
  constructor(page) {
    this.page = page;
    this.username = page.getByLabel(/^User name/);
    this.email = page.getByLabel('E-mail', { exact: true });
    this.password = page.getByLabel('Password', { exact: true });
    this.code = page.getByLabel('Code', { exact: true });
    this.problem = page.getByRole('alert').filter({ visible: true });
    this.notice = page.locator('#notice');
    this.activity = page.getByRole('region', { name: 'Activity' });
  }

  heading(name) {
    return this.page.getByRole('heading', { level: 1, name });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Whether somebody can see an element. For Playwright a text that only screen readers find is visible too. */
  static async isSeen(locator) {
    const box = await locator.boundingBox();
    return box !== null && box.height > 1;
  }

  /** Waits for a notice that can be seen. */
  async expectNotice(text) {
    await expect(this.notice).toHaveText(text);
    await expect.poll(() => Demo.isSeen(this.notice), `the notice ${text} is shown`).toBe(true);
  }

  async expectNoNotice() {
    await expect.poll(() => Demo.isSeen(this.notice), 'a notice is shown').toBe(false);
  }

  /** Every value on the page is one that people can read. */
  async expectReadable() {
    expect(await this.page.locator('body').innerText()).not.toMatch(/\[object |\bundefined\b|\bNaN\b/);
  }

  /** The value that the page shows under a name. */
  fact(name) {
    return this.page.locator('dl div').filter({ has: this.page.getByText(name, { exact: true }) }).locator('dd');
  }

  /** Goes to a scenario. */
  async show(scenario) {
    const tab = this.page.getByRole('tab', { name: scenario, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  /** One request of a scenario, as a list item. */
  trial(name) {
    return this.page.getByRole('listitem').filter({ has: this.button(name) });
  }

  /** Tries a request and expects a verdict; gives what is shown of it. */
  async tries(name, verdict) {
    const trial = this.trial(name);
    await this.button(name).click();
    await expect(trial.getByRole('status')).toHaveText(verdict);
    return trial;
  }

  async open(address = '') {
    await this.page.goto(address);
  }

  /** Comes to the front of its window: a tab behind is painted slowly, and clicks on it wait for that. */
  async toFront() {
    await this.page.bringToFront();
  }

  /** Fills the sign-in form in and sends it. */
  async signIn({ username, password }) {
    await expect(this.heading('Sign in')).toBeVisible();
    await this.username.fill(username);
    await this.password.fill(password);
    await this.button('Sign in').click();
  }

  /** Signs in as a test user in one press, after unfolding the users of the pool unless it is the page's own. */
  async tryAs(username, pool) {
    if (pool) await this.page.locator('summary', { hasText: pool }).click();
    await this.button(`Try as ${username}`).click();
  }

  /** Answers a step with the newest code of the inbox, or of the authenticator app. A code that is the first factor has eight digits. */
  async useCode() {
    await this.button('Use this code').click();
    await expect(this.code).toHaveValue(/^\d{6}(\d\d)?$/);
    await this.button('Continue').click();
  }

  /** From opening the page to being signed in. */
  async openSignedIn(user) {
    await this.open();
    await this.signIn(user);
    await this.expectSignedIn(user);
  }

  async expectSignedIn({ username }) {
    await expect(this.heading(`Hello, ${username}`)).toBeVisible();
    await expect(this.page.getByRole('region', { name: 'Access token' })).toBeVisible();
  }

  /** Signs out, and waits until the service has revoked the token: the page shows the form before that. */
  async signOut(name = 'Sign out') {
    const isRevocation = (reply) => reply.request().headers()['x-amz-target']?.endsWith('.RevokeToken');
    const revoked = this.page.waitForResponse(isRevocation);
    await this.button(name).click();
    await revoked;
    await expect(this.heading('Sign in')).toBeVisible();
  }

  /** Signs out by way of the hosted page, and waits for the page that comes back. */
  async signOutThere() {
    await this.page.evaluate(() => {
      window.isLeft = true;
    });
    await this.button('Sign out').click();
    await expect.poll(() => this.page.evaluate(() => window.isLeft).catch(() => true)).toBeUndefined();
    await expect(this.heading('Sign in')).toBeVisible();
  }

  async signUp({ username, email, password }) {
    await this.username.fill(username);
    await this.email.fill(email);
    await this.password.fill(password);
    await this.button('Sign up').click();
  }

  /** A fresh name that no other test uses. */
  static newUser() {
    const username = `ada-${crypto.randomUUID().slice(0, 8)}`;
    return { username, email: `${username}@example.com`, password: 'Analytical-3ngine!' };
  }
}
