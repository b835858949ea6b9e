// Where the entry point `poolpass` has its wasm: in a file beside this one. Bundlers know this form of `new URL`.
// Packaging makes the entry point `poolpass/inline` by importing wasm_inline.js in place of this file.
export function wasm() {
  const { href } = new URL('./poolpass_bg.wasm', import.meta.url);
  // Vite's development server moves scripts into its cache, without the files beside them.
  return href.replace(/\/node_modules\/\.[^?]*\/deps\//, '/node_modules/poolpass/');
}

export const importRest = () => import('./everything.js');
