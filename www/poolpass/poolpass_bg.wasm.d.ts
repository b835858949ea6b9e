/**
 * What a bundler makes of the wasm file: its URL, or the compiled module. `load()` takes both.
 *
 * @example
 * import wasm from 'poolpass/poolpass.wasm';
 * await load(wasm);
 */
declare const wasm: string | WebAssembly.Module;
export default wasm;
