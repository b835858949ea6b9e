// Playwright's `test` with the emulator, the demo page, and a watch over everything that the pages do.
import { expect, test as base } from '@playwright/test';
import { Demo } from './demo.mjs';
import { Emulator } from './emulator.mjs';
import { HostedPages } from './hosted.mjs';
import { Troubles } from './troubles.mjs';

export { expect };

export const test = base.extend({
  /** poolpass-local, as new for each test. */
  emulator: [
    async ({}, use) => {
      const emulator = new Emulator(process.env.POOLPASS_ENDPOINT);
      await emulator.reset();
      await use(emulator);
    },
    { auto: true },
  ],

  /** Fails the test if a page did what it must not. */
  troubles: [
    async ({ context }, use) => {
      const troubles = new Troubles();
      await troubles.watch(context);
      await use(troubles);
      expect(troubles.unexpected(), 'nothing unexpected on the consoles').toEqual([]);
    },
    { auto: true },
  ],

  /** With POOLPASS_ENTRY_POINT, pages that import the entry point `poolpass` get another one. */
  entryPoint: [
    async ({ context }, use) => {
      const name = process.env.POOLPASS_ENTRY_POINT;
      if (name) {
        const body = `export * from './${name}.js';`;
        await context.route('**/poolpass/index.js', (route) => route.fulfill({ contentType: 'text/javascript', body }));
      }
      await use(name ?? 'index');
    },
    { auto: true },
  ],

  demo: async ({ page }, use) => use(new Demo(page)),

  hosted: async ({ page }, use) => use(new HostedPages(page)),
});
