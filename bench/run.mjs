// A whole SRP sign-in of each kit in one page, in turns, and the time from import to ready, each in
// a fresh page: run.mjs [rounds]. Prints medians; no figure is ever a failure, a false sign-in is.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { KITS, bundle } from './bundles.mjs';
import { assertSignedIn, challenge, credentials, settings, tokens } from './cognito.mjs';
import { serve } from './server.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const folder = here('../target/xtask/bench');

const sizes = await bundle(folder);
const server = await serve({ '/': here('./page'), '/kits/': folder });
const browser = await chromium.launch({
  executablePath: process.env.POOLPASS_CHROMIUM,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  const signIns = await measureSignIns();
  const starts = await measureStarts();
  print(browser.version(), signIns, starts);
} finally {
  await browser.close();
  server.stop();
}

async function openPage() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.address);
  await page.waitForFunction(() => globalThis.bench);
  await page.evaluate((given) => bench.stub(given), { challenge, tokens: tokens() });
  return page;
}

async function measureSignIns() {
  const page = await openPage();
  for (const kit of KITS) await page.evaluate(([kit, settings]) => bench.load(kit, settings), [kit, settings]);
  const times = Object.fromEntries(KITS.map((kit) => [kit, []]));
  // The first round of each warms its code up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    for (const kit of KITS) {
      const result = await page.evaluate(([kit, credentials]) => bench.signIn(kit, credentials), [kit, credentials]);
      assertSignedIn(result);
      if (round > 0) times[kit].push(result.milliseconds);
    }
  }
  await page.context().close();
  return times;
}

async function measureStarts() {
  const times = Object.fromEntries(KITS.map((kit) => [kit, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const kit of KITS) {
      const page = await openPage();
      const milliseconds = await page.evaluate(([kit, settings]) => bench.load(kit, settings), [kit, settings]);
      if (round > 0) times[kit].push(milliseconds);
      await page.context().close();
    }
  }
  return times;
}

function print(version, signIns, starts) {
  const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  const least = (values) => Math.min(...values);
  const ratio = (value, ours) => `${(value / ours).toFixed(1)}x`;
  const ours = { signIn: median(signIns.poolpass), start: median(starts.poolpass), brotli: sizes.poolpass.brotli };
  const row = (label, cells) => console.log(label.padEnd(28) + cells.map((cell) => String(cell).padStart(11)).join(''));

  console.log(`\nChromium ${version}, ${rounds} rounds each, in turns; milliseconds without any network\n`);
  row('one whole SRP sign-in', ['median', 'least', 'times ours']);
  for (const kit of KITS) {
    const value = median(signIns[kit]);
    row(`  ${kit}`, [value.toFixed(2), least(signIns[kit]).toFixed(2), ratio(value, ours.signIn)]);
  }
  row('\nfrom import to configured', ['', '', '']);
  for (const kit of KITS) {
    const value = median(starts[kit]);
    row(`  ${kit}`, [value.toFixed(2), least(starts[kit]).toFixed(2), ratio(value, ours.start)]);
  }
  row('\nbytes, bundled and minified', ['raw', 'gzip', 'brotli', 'times ours']);
  for (const kit of KITS) {
    const { raw, gzip, brotli } = sizes[kit];
    row(`  ${kit}`, [raw, gzip, brotli, ratio(brotli, ours.brotli)]);
  }
}
