// AWS credentials, signatures and authorized requests.
import { hashSmallWith, payloadHash } from './payload.js';
import { enter } from './platform.js';
import { attempt, isPoolpassError, members, misuse, plain, signalOf } from './shared.js';
import { sentForm } from './url.js';

export function credentials({ glue, runWithLogins }) {
  hashSmallWith((body) => enter(() => glue.sha256(body)));
  return {
    async getCredentials(given = {}) {
      const { callerClientConfig: _, ...input } = members(given);
      const { expiration, ...found } = await runWithLogins('getCredentials', ...checked(input));
      return { ...found, expiration: new Date(expiration) };
    },

    unlinkIdentity: async (input) => void (await runWithLogins('unlinkIdentity', ...checked(members(input)))),

    async sign(given, options = {}) {
      const { body, ...request } = members(given, 'request');
      const [input, signal] = checked({ ...request, ...members(options, 'options') });
      input.url = sentForm(input.url);
      if (body !== undefined && input.payloadHash !== undefined) throw misuse('body and payloadHash cannot be used together.');
      const hash = body === undefined ? input.payloadHash : hashOf(body);
      input.payloadHash = typeof hash === 'object' ? await hash : hash;
      return runWithLogins('sign', input, signal);
    },

    async presign(given, options = {}) {
      const isUrl = typeof given === 'string' || attempt('url', () => given instanceof URL);
      const request = isUrl ? { url: attempt('url', () => String(given)) } : members(given, 'request');
      const [input, signal] = checked({ ...request, ...members(options, 'options') });
      const { expiresIn } = input;
      if (expiresIn != null && !Number.isSafeInteger(expiresIn)) throw misuse('expiresIn must be a whole number of seconds, 1 to 604800.');
      input.url = sentForm(input.url);
      return (await runWithLogins('presign', input, signal)).url;
    },
  };
}

/** An input as plain data, and its signal. */
function checked({ signal, ...input }) {
  return [plain(input, ''), signalOf(signal)];
}

/** The hash of a body, or a promise of it. */
function hashOf(body) {
  const unreadable = (cause) => {
    throw isPoolpassError(cause) ? cause : misuse('body cannot be read.', cause);
  };
  try {
    const hash = payloadHash(body);
    return typeof hash === 'string' ? hash : hash.catch(unreadable);
  } catch (cause) {
    return unreadable(cause);
  }
}
