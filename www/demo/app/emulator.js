// The parts of poolpass-local that the real Cognito doesn't have: its test users and its inbox.
const PATIENCE_MS = 5_000;

export function emulatorAt({ endpoint, userPoolId }) {
  async function read(path) {
    const reply = await fetch(`${endpoint}/_poolpass/${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!reply.ok) throw new Error(`poolpass-local responded with status ${reply.status}.`);
    return reply.json();
  }

  return {
    endpoint,
    /** Its own page: users, inbox, clock. */
    page: `${endpoint}/`,

    /** Whether it responds. */
    answers: () => read('health').then(() => true, () => false),

    /** The test users of every pool, each with its `userPoolId`: those whose passwords are known, or who need none. */
    async users() {
      const { userPools } = await read('config');
      return userPools.flatMap(({ userPoolId, users }) =>
        users.filter(({ password, note }) => password || note).map((user) => ({ ...user, userPoolId })),
      );
    },

    /** What an authenticator app shows: that of a `user`, or with a `secret`. */
    totp: ({ user, secret }) => read(`totp?${new URLSearchParams(secret ? { secret } : { user, pool: userPoolId })}`),

    /** Messages to a user name or an address, newest first. */
    async messagesTo(addressee) {
      const { messages } = await read(`inbox?to=${encodeURIComponent(addressee)}`);
      return messages;
    },
  };
}
