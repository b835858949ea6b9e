// Where the entry point `poolpass/inline` has its wasm: in a script, compressed. It is compiled while it is decompressed.
import text from './wasm_text.js';

export async function wasm() {
  const compressed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Response(compressed).body.pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream, { headers: { 'content-type': 'application/wasm' } });
}
