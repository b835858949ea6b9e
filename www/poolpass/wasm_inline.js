// Where the entry point `poolpass/inline` has its wasm: in a script, compressed. It is compiled while it is decompressed. What is
// loaded later is scripts too, which bundlers take along.
import * as everything from './everything.js';
import { explain } from './explain.js';
import { adoptTexts } from './explained.js';
import { unpacked } from './second_wasm.js';
import text from './wasm_text.js';

export async function wasm() {
  return new Response(unpacked(text).body, { headers: { 'content-type': 'application/wasm' } });
}

export async function importRest() {
  adoptTexts(explain);
  return everything;
}
