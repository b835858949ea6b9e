// The pages that are weighed and timed, bundled by esbuild as an app would ship them. Each page is a small module in
// bench/pages/<kit>/ that imports what such a page of a user's app would.
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * `name` is the file in bench/pages/<kit>/. `later` lists the package's files that this page loads by `import()` when it
 * does its work; other lazy files are not counted. The wasm is counted if the page loads the script that needs it.
 */
export const PAGES = [
  { name: 'a_sign_in', title: 'A  SRP sign-in', later: ['sign_in_rest.js'] },
  { name: 'b_reload', title: 'B  reload, signed in', later: [] },
  { name: 'c_hosted_ui', title: 'C  hosted UI', later: ['user_pool_rest.js'] },
  { name: 'd_signed_fetch', title: 'D  sign-in, signed fetch', later: ['everything.js', 'requests.js'] },
  { name: 'f_everything', title: 'F  everything', later: ['everything.js', 'requests.js', 'proof.js', 'graphql.js', 'realtime.js'] },
];

export const KITS = ['poolpass', 'aws-amplify'];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** How `poolpass` and its subpaths are found: in this folder, by the package's own `exports`. */
export function packagePlugin(folder) {
  return {
    name: 'poolpass',
    async setup({ onResolve }) {
      const { exports, sideEffects } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
      onResolve({ filter: /^poolpass(\/|$)/ }, ({ path }) => {
        const entry = exports[`.${path.slice('poolpass'.length)}`];
        if (!entry) return { errors: [{ text: `the package does not export '${path}'` }] };
        return { path: join(folder, entry.default ?? entry), sideEffects };
      });
    },
  };
}

/**
 * Bundles one page. Resolves to what the page loads: `files`, each `{ name, bytes }` and compressed on its own, and `parts`,
 * the bytes in it of each of the kit's files, minified and not compressed.
 */
export async function loadedBy({ name, later }, kit, packageFolder) {
  const { outputFiles, metafile } = await build({
    entryPoints: [here(`./pages/${kit}/${name}.js`)],
    outdir: here('../target/xtask/pages'),
    absWorkingDir: here('..'),
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    define: { global: 'globalThis' },
    plugins: [packagePlugin(packageFolder)],
    logLevel: 'error',
  });
  const files = [];
  const parts = {};
  for (const chunk of loadedChunks(metafile.outputs, kit === 'poolpass' ? later : [])) {
    const { contents } = outputFiles.find(({ path }) => path === resolve(here('..'), chunk));
    files.push({ name: basename(chunk), bytes: contents });
    for (const [input, { bytesInOutput }] of Object.entries(metafile.outputs[chunk].inputs)) {
      const part = relative(packageFolder, resolve(here('..'), input));
      if (kit !== 'poolpass' || part.startsWith('..') || bytesInOutput === 0) continue;
      parts[part] = bytesInOutput;
      if (later.length === 0) continue; // a start that answers without the wasm
      for (const wasm of await wasmNamedBy(join(packageFolder, part))) {
        const file = relative(packageFolder, wasm);
        if (file in parts) continue;
        const bytes = await readFile(wasm);
        files.push({ name: file, bytes });
        parts[file] = bytes.length;
      }
    }
  }
  return { files, parts };
}

/** The entry's chunk, the chunks that it imports, and of the lazy ones those that the page is said to use. */
function loadedChunks(outputs, later) {
  const isLazy = (output) => Boolean(outputs[output].entryPoint);
  const isUsed = (output) => later.includes(basename(outputs[output].entryPoint));
  const [entry] = Object.keys(outputs).filter((output) => outputs[output].entryPoint?.startsWith('bench/pages/'));
  const loaded = new Set([entry]);
  for (const output of loaded) {
    for (const { path, kind } of outputs[output].imports) {
      if (kind === 'import-statement' || (isLazy(path) && isUsed(path))) loaded.add(path);
    }
  }
  const missing = later.filter((file) => ![...loaded].some((output) => basename(outputs[output].entryPoint ?? '') === file));
  if (missing.length > 0) throw new Error(`bench/pages.mjs: nothing imports ${missing.join(', ')} later`);
  return loaded;
}

/** esbuild leaves `new URL('./x.wasm', import.meta.url)` as it is: the app serves that file beside the bundle. */
async function wasmNamedBy(script) {
  const text = await readFile(script, 'utf8');
  const names = [...text.matchAll(/new URL\(\s*['"]([^'"]+\.wasm)['"],\s*import\.meta\.url\s*\)/g)];
  return names.map(([, name]) => join(dirname(script), name));
}
