// Where the entry point `poolpass/inline` has its wasm: in a script, compressed. It is compiled while it is decompressed. Nothing
// is loaded later.
import * as everything from './everything.js';
import { explain } from './explain.js';
import { adoptTexts } from './explained.js';
import text from './wasm_text.js';

export async function wasm() {
  const compressed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Response(compressed).body.pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}

export async function importRest() {
  adoptTexts(explain);
  return everything;
}
