// Makes the entry point `poolpass/inline`: inline.mjs <index.js> <wasm> <folder>
// It is index.js with another source of the wasm, and a script with the wasm in it: compressed, as base64.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const [index, wasm, folder] = process.argv.slice(2);
const parts = readFileSync(index, 'utf8').split("'./wasm_file.js'");
if (parts.length !== 2) {
  console.error(`${index} must import './wasm_file.js' once`);
  process.exit(1);
}
writeFileSync(join(folder, 'inline.js'), parts.join("'./wasm_inline.js'"));
const text = deflateSync(readFileSync(wasm), { level: 9, memLevel: 9 }).toString('base64');
writeFileSync(join(folder, 'wasm_text.js'), `export default '${text}';\n`);
