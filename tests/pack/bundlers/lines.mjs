// The line that an environment needs, as docs/bundlers.md has it, the errors suggest it, and the tests use it.
export const INLINE = "import { createAuth } from 'poolpass/inline'";
export const VITE = "optimizeDeps: { exclude: ['poolpass'] }";
export const ANGULAR = '"assets": [{ "glob": "poolpass_bg.wasm", "input": "node_modules/poolpass", "output": "/" }]';
export const EXTENSION = `"content_security_policy": { "extension_pages": "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'" }`;
export const COPY = 'cp node_modules/poolpass/poolpass_bg.wasm dist/';
export const POLICY = "script-src 'self' 'wasm-unsafe-eval'";
