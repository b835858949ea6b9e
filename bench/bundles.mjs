// The modules that the bench page loads, bundled and minified by esbuild, as an app would ship them.
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { packagePlugin } from './pages.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The programs that are compared, by what they are compared in. Poolpass is first. */
export const RIVALS = {
  kits: ['poolpass', 'aws-amplify', 'amazon-cognito-identity-js', 'cognito-srp-helper'],
  returns: ['poolpass', 'aws-amplify'],
  signers: ['poolpass', '@smithy/signature-v4', 'aws4fetch'],
  verifiers: ['poolpass', 'aws-jwt-verify'],
};

/** The file of a rival below its folder: a scope is no folder. */
export const moduleOf = (rival) => `${rival.replace(/^@/, '').replace('/', '-')}.js`;

/** Fills a folder with one module a rival, and Poolpass's wasm beside them. */
export async function bundle(folder) {
  const wasm = (await readdir(here('../pkg'))).filter((name) => name.endsWith('.wasm'));
  await rm(folder, { recursive: true, force: true });
  for (const [kind, rivals] of Object.entries(RIVALS)) {
    await mkdir(join(folder, kind), { recursive: true });
    await build({
      entryPoints: rivals.map((rival) => here(`./${kind}/${moduleOf(rival)}`)),
      outdir: join(folder, kind),
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      plugins: [packagePlugin(here('../pkg'))],
      define: { global: 'globalThis' },
      logLevel: 'error',
    });
    for (const name of wasm) await copyFile(join(here('../pkg'), name), join(folder, kind, name));
  }
}
