// What a page that uses Poolpass loads: size.mjs <show|update> <package folder> <folder of the named wasm> <size.json>
// `show` prints each page beside aws-amplify's, and where the wasm's bytes are; `update` writes the budget.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KITS, PAGES, loadedBy } from '../../bench/pages.mjs';
import { count, written } from './budget.mjs';
import { measure, sizes, sum } from './measure.mjs';
import { layersOf } from './wasm_layers.mjs';

const [mode, packageFolder, namedFolder, budgetFile] = process.argv.slice(2);

if (mode === 'update') {
  const budget = written(await measure(packageFolder, namedFolder));
  writeFileSync(budgetFile, `${JSON.stringify(budget, null, 2)}\n`);
} else {
  await show();
}

async function show() {
  const { pages: budgets } = JSON.parse(readFileSync(budgetFile, 'utf8'));
  const wasm = new Set();
  row('what a page loads, in bytes', ['files', 'raw', 'gzip 9', 'brotli 11', 'budget']);
  for (const page of PAGES) {
    console.log(`\n${page.title}`);
    for (const kit of KITS) {
      const { files } = await loadedBy(page, kit, packageFolder);
      for (const { name } of files) if (name.endsWith('.wasm')) wasm.add(name);
      const { raw, gzip, brotli } = sum(files);
      const budget = kit === 'poolpass' ? [budgets[page.name]?.budget ?? 'none'] : [];
      row(`   ${kit}`, [files.length, raw, gzip, brotli, ...budget]);
    }
  }
  for (const name of wasm) showLayers(name);
}

function showLayers(name) {
  const layers = layersOf(readFileSync(join(namedFolder, name)));
  const { raw, brotli } = sizes(readFileSync(join(packageFolder, name)));
  console.log(`
Where the ${count(raw)} bytes of ${name} are (${count(brotli)} as brotli)
A function counts for the module that its name begins with, inlined code for the caller. Generic code of the standard
library bears no name of ours and counts for the standard library.
`);
  row('layer of src/, crate, or kind', ['raw', 'share']);
  for (const [layer, bytes] of Object.entries(layers)) row(`   ${layer}`, [bytes, `${((bytes / raw) * 100).toFixed(1)} %`]);
}

function row(label, values) {
  const cells = values.map((value) => (typeof value === 'number' ? count(value) : value).padStart(11));
  console.log(label.padEnd(36) + cells.join(''));
}
