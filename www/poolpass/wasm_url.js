// Where an entry point has its wasm: in a file beside its script.

/** The URL of a wasm file, for `load`. */
export function wasmUrl({ href }) {
  // The development server of Vite 5 to 7 moves scripts into its cache, without the files beside them.
  return href.replace(/\/node_modules\/\.[^?]*\/deps\//, '/node_modules/poolpass/');
}
