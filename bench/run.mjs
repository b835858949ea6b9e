// Measures everything in one Chromium, and writes docs/performance.md and its charts: run.mjs <rounds> <docs folder>.
// No figure is ever a failure; a false sign-in, signature or verification is.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sum } from '../xtask/scripts/measure.mjs';
import { RIVALS, bundle } from './bundles.mjs';
import { measureReturns } from './measures/hosted_return.mjs';
import { measureSignIns } from './measures/sign_in.mjs';
import { measureSignatures } from './measures/signatures.mjs';
import { measureRestores, measureStarts } from './measures/start.mjs';
import { measureVerification } from './measures/verification.mjs';
import { measureWaiting } from './measures/waiting.mjs';
import { KITS, PAGES, loadedBy } from './pages.mjs';
import { report } from './report.mjs';
import { serve } from './server.mjs';
import { openStage } from './stage.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const rounds = Number(process.argv[2]);
const docs = process.argv[3];
// These take long, or their figures hardly differ between rounds.
const fewer = Math.max(1, Math.ceil(rounds / 3));

const folder = here('../target/xtask/bench');
await bundle(folder);
const server = await serve({ '/': here('./page'), ...Object.fromEntries(Object.keys(RIVALS).map((kind) => [`/${kind}/`, join(folder, kind)])) });
const stage = await openStage(server.address);
let results;
try {
  const step = (title, measured) => {
    console.log(`${title} …`);
    return measured();
  };
  results = {
    about: await about(),
    sizes: await step('sizes', measureSizes),
    signIns: await step('sign-ins', () => measureSignIns(stage, rounds)),
    slowSignIns: await step('sign-ins with a slow processor', () => measureSignIns(stage, fewer, 6)),
    starts: await step('starts', () => measureStarts(stage, rounds)),
    restores: await step('restored sessions', () => measureRestores(stage, rounds)),
    returns: await step('hosted returns', () => measureReturns(stage, rounds)),
    signatures: await step('signatures', () => measureSignatures(stage, rounds)),
    verification: await step('verification', () => measureVerification(stage, rounds)),
    waiting: await step('waiting calls', () => measureWaiting(stage, fewer)),
  };
} finally {
  await stage.close();
  server.stop();
}
// Of the last 15 minutes.
results.about.load = loadavg()[2].toFixed(1);
const files = report(results);
for (const [name, text] of Object.entries(files)) {
  const file = join(docs, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
console.log(files['performance.md']);

async function measureSizes() {
  const sizes = [];
  for (const page of PAGES) {
    const kits = {};
    for (const kit of KITS) kits[kit] = sum((await loadedBy(page, kit, here('../pkg'))).files).brotli;
    sizes.push({ title: page.title, kits });
  }
  return sizes;
}

async function about() {
  const programs = ['aws-amplify', 'amazon-cognito-identity-js', 'cognito-srp-helper', '@smithy/signature-v4', 'aws4fetch', 'aws-jwt-verify'];
  const versionOf = async (path) => JSON.parse(await readFile(path, 'utf8')).version;
  const versions = await Promise.all(programs.map(async (name) => `${name} ${await versionOf(here(`../node_modules/${name}/package.json`))}`));
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores of ${cpus()[0].model.trim()} (${process.platform} ${process.arch})`,
    cores: cpus().length,
    chromium: stage.version,
    rounds,
    versions: [`poolpass ${await versionOf(here('../pkg/package.json'))}`, ...versions].join(', '),
  };
}
