// What a page loads before it needs the wasm, by entry point: one script of at most 5 KB.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import test from 'node:test';
import { build } from 'esbuild';
import { packagePlugin } from '../../bench/pages.mjs';
import { sizes } from '../../xtask/scripts/measure.mjs';

const MOST = 5000;

for (const entry of ['poolpass', 'poolpass/user-pool', 'poolpass/sign-in']) {
  test(`the start of ${entry}`, async () => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: `import { createAuth } from '${entry}';\nwindow.auth = createAuth(window.config);\n`, resolveDir: '.' },
      outdir: 'start',
      bundle: true,
      splitting: true,
      minify: true,
      write: false,
      metafile: true,
      format: 'esm',
      target: 'es2022',
      plugins: [packagePlugin(process.env.POOLPASS_PKG)],
      logLevel: 'error',
    });
    const [name, { imports }] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === '<stdin>');
    assert.deepEqual(imports.filter(({ kind }) => kind === 'import-statement'), []);
    const { contents } = outputFiles.find(({ path }) => basename(path) === basename(name));
    const { brotli } = sizes(contents);
    assert.ok(brotli > 1000 && brotli <= MOST, `${brotli} bytes (brotli)`);
  });
}
