// Our npm package.
import { pathToFileURL } from 'node:url';

const { POOLPASS_PKG } = process.env;

/** POOLPASS_PKG names another folder than the repository's `pkg`. */
export const packageFolder = POOLPASS_PKG ? pathToFileURL(`${POOLPASS_PKG}/`) : new URL('../../pkg/', import.meta.url);
