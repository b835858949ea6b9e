// What a page must not do unnoticed: console errors and warnings, uncaught errors, breaches of its policy.

export class Troubles {
  #found = [];
  #allowed = [];
  /** Everything that was ever written to a console, of whatever level. */
  consoleTexts = [];

  async watch(context) {
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy violation: ${violatedDirective} ${blockedURI}`);
      });
    });
    context.on('console', (message) => {
      this.consoleTexts.push(message.text());
      // On a page that names no icon the browser looks for this one.
      if (message.location().url.endsWith('/favicon.ico')) return;
      if (['error', 'warning', 'assert'].includes(message.type())) this.#found.push(`console ${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (webError) => this.#found.push(`uncaught: ${webError.error().stack}`));
  }

  /** The browser writes every failed request to the console: those that a test provokes are no trouble. */
  expect(...patterns) {
    this.#allowed.push(...patterns);
  }

  unexpected() {
    return this.#found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}

/** Cognito's refusals have status 400. */
export const REFUSED = /status of 400/;
/** No answer came, or the test cut the connection. */
export const UNREACHED = /net::ERR_/;
