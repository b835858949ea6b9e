// How many bytes each page loads, and where those of the wasm are.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { PAGES, loadedBy } from '../../bench/pages.mjs';
import { layersOf } from './wasm_layers.mjs';

/**
 * What size.json compares: of each page its bytes as brotli and the uncompressed bytes of its parts, and the layers of each
 * wasm. `namedFolder` has the package's wasm with its names.
 */
export async function measure(packageFolder, namedFolder) {
  const pages = {};
  const wasm = {};
  for (const page of PAGES) {
    const { files, parts } = await loadedBy(page, 'poolpass', packageFolder);
    pages[page.name] = { brotli: sum(files).brotli, parts };
    for (const name of Object.keys(parts)) {
      if (name.endsWith('.wasm')) wasm[name] ??= layersOf(readFileSync(join(namedFolder, name)));
    }
  }
  return { pages, wasm };
}

/** The bytes of files that are compressed one by one, as a server does. */
export function sum(files) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const { bytes } of files) {
    for (const [kind, size] of Object.entries(sizes(bytes))) total[kind] += size;
  }
  return total;
}

const known = new Map();

/** Bytes as they are, by gzip 9 and by brotli 11. */
export function sizes(bytes) {
  // Pages share the wasm, and brotli takes its time.
  const key = createHash('sha256').update(bytes).digest('hex');
  if (!known.has(key)) known.set(key, compressed(bytes));
  return known.get(key);
}

function compressed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}
