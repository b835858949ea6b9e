// Prints raw, gzip and brotli bytes of a package's wasm and JavaScript: size.mjs <package folder>
// Each JavaScript file is also measured minified, as an app's bundler would ship it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { transformSync } from 'esbuild';

const folder = process.argv[2];
const names = readdirSync(folder, { recursive: true }).sort();
// A page loads either the file or the script with the same wasm in it.
const inline = ['inline.js', 'wasm_inline.js', 'wasm_text.js'];
const shipped = names.filter((name) => /\.(wasm|js)$/.test(name) && !inline.includes(name)).map((name) => [name, readFileSync(join(folder, name))]);
const wasm = shipped.filter(([name]) => name.endsWith('.wasm'));
const scripts = shipped.filter(([name]) => name.endsWith('.js'));
const minified = scripts.map(([name, bytes]) => [
  `${name} (minified)`,
  Buffer.from(transformSync(bytes.toString(), { minify: true, format: 'esm', target: 'es2022' }).code),
]);

row('file', ['raw', 'gzip -9', 'brotli 11']);
const rows = (files) => files.map(([name, bytes]) => row(name, sizes(bytes)));
const sum = (label, measured) => row(label, measured.reduce((total, row) => total.map((value, i) => value + row[i]), [0, 0, 0]));
const [wasmRows, scriptRows, minifiedRows] = [rows(wasm), rows(scripts), rows(minified)];
sum('sum as packaged', [...wasmRows, ...scriptRows]);
sum('sum, JavaScript minified', [...wasmRows, ...minifiedRows]);

function sizes(bytes) {
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return [bytes.length, gzipSync(bytes, { level: 9 }).length, brotli.length];
}

function row(label, values) {
  console.log(label.padEnd(28) + values.map((value) => String(value).padStart(11)).join(''));
  return values;
}
