// `cargo xtask test e2e` starts poolpass-local and the demo's server and names them here:
// POOLPASS_ENDPOINT, POOLPASS_DEMO_URL, and the browser as POOLPASS_CHROMIUM.
import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../chromium.mjs';

for (const name of ['POOLPASS_ENDPOINT', 'POOLPASS_DEMO_URL']) {
  if (!process.env[name]) throw new Error(`${name} is not set: run these tests by "cargo xtask test e2e".`);
}

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: '../../test-results',
  reporter: 'list',
  // One emulator, one clock, one journal of requests: one test at a time. xtask runs a lane beside this one, with its own.
  workers: 1,
  fullyParallel: true, // lanes share out tests, not files
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.POOLPASS_DEMO_URL,
    actionTimeout: 15_000,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    launchOptions: chromiumOptions,
  },
});
