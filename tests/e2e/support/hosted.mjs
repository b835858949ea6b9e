// Cognito's hosted pages as a person finds them, and the way there and back.
import { expect } from '@playwright/test';

export class HostedPages {
  constructor(page, endpoint = process.env.POOLPASS_ENDPOINT) {
    this.page = page;
    this.endpoint = endpoint;
    this.username = page.getByLabel(/^User name/);
    this.email = page.getByLabel('E-mail', { exact: true });
    this.password = page.getByLabel('Password', { exact: true });
    this.code = page.getByLabel('Code', { exact: true });
    this.problem = page.getByRole('alert');
  }

  heading(name) {
    return this.page.getByRole('heading', { level: 1, name, exact: true });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name) {
    return this.page.getByRole('link', { name });
  }

  /** Waits for one of the pages, by its heading. */
  async expectPage(name) {
    await expect(this.page).toHaveURL((url) => url.origin === this.endpoint);
    await expect(this.heading(name)).toBeVisible();
  }

  async signIn({ username, password }) {
    await this.expectPage('Sign in');
    await this.username.fill(username);
    await this.password.fill(password);
    await this.button('Sign in').click();
  }

  async signUp({ username, email, password }) {
    await this.expectPage('Create an account');
    await this.username.fill(username);
    await this.email.fill(email);
    await this.password.fill(password);
    await this.button('Sign up').click();
  }

  /** On the pages that take a new password. */
  async choosePassword(password) {
    await this.page.getByLabel('New password', { exact: true }).fill(password);
    await this.page.getByLabel('Confirm new password').fill(password);
    await this.button('Change password').click();
  }

  /** Takes up a provider's stand-in and chooses a test person. */
  async choosePerson(name) {
    await this.page.getByRole('button', { name }).click();
  }
}
