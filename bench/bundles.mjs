// Every kit bundled and minified by esbuild, as an app would ship it, and how many bytes that is.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const KITS = ['poolpass', 'aws-amplify', 'amazon-cognito-identity-js', 'cognito-srp-helper'];

/** Fills a folder with one module a kit (and Poolpass's wasm); returns the bytes of each kit. */
export async function bundle(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: KITS.map((kit) => here(`./kits/${kit}.js`)),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    alias: { poolpass: here('../pkg/index.js') },
    define: { global: 'globalThis' },
    logLevel: 'error',
  });
  await copyFile(here('../pkg/poolpass_bg.wasm'), join(folder, 'poolpass_bg.wasm'));
  const sizes = {};
  for (const kit of KITS) {
    const files = [`${kit}.js`, ...(kit === 'poolpass' ? ['poolpass_bg.wasm'] : [])];
    const bytes = await Promise.all(files.map((file) => readFile(join(folder, file))));
    const sum = (measure) => bytes.reduce((total, part) => total + measure(part), 0);
    sizes[kit] = {
      raw: sum((part) => part.length),
      gzip: sum((part) => gzipSync(part, { level: 9 }).length),
      brotli: sum((part) => brotliCompressSync(part).length),
    };
  }
  return sizes;
}
