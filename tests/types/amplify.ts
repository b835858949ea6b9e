// Our methods where an app has Amplify's functions: each can be assigned to Amplify's function of that name, but for those that docs/amplify.md lists.
import type * as amplify from 'aws-amplify/auth';
import type { Auth, decodeJWT } from 'poolpass';
// Made by the test, of the names in docs/amplify.md.
import type { Listed } from './listed.js';

type Functions = typeof amplify;

/** A function of Amplify's in a browser: its last overload. The others take the context of a server. */
type InBrowser<F> = F extends (...inputs: infer Inputs) => infer Output ? (...inputs: Inputs) => Output : never;

type Name = { [N in keyof Functions]: Functions[N] extends (...inputs: never[]) => unknown ? N : never }[keyof Functions];

type Ours = Auth & { decodeJWT: typeof decodeJWT };

/** Those that we lack, or that cannot take the place of Amplify's. */
type Differing = {
  [N in Name]: N extends keyof Ours ? (Ours[N] extends InBrowser<Functions[N]> ? never : N) : N;
}[Name];

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : { missing: Exclude<B, A> }) : { unlisted: Exclude<A, B> };

export const differences: Same<Differing, Listed> = true;

/** Amplify's types have been found. */
export const isFound: 'resetPassword' extends Name ? true : false = true;
