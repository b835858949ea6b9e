// The second part of a wasm: the code that few calls need. Packaging makes a script of it (xtask/wasm-opt/split), which every
// bundler takes along, and which is loaded when the first part asks for it.

/** The bytes of a wasm in a text: compressed, as base64. */
export function unpacked(text) {
  const compressed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return new Response(new Response(compressed).body.pipeThrough(new DecompressionStream('deflate')));
}

/** Adds the second part to the first, whose exports are `first`. Fails if they are not of one build. */
export async function add(text, first) {
  await WebAssembly.instantiate(await unpacked(text).arrayBuffer(), { first });
}
