// Where the entry point `poolpass` has its wasm and the rest of its scripts: in files beside this one. Bundlers know this form
// of `new URL`. Packaging makes the entry point `poolpass/inline` by importing wasm_inline.js in place of this file.
import { wasmUrl } from './wasm_url.js';

export const wasm = () => wasmUrl(new URL('./poolpass_bg.wasm', import.meta.url));

export const importRest = () => import('./everything.js');
