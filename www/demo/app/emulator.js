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

    /** The test users: those whose passwords are known. */
    async users() {
      const { userPools } = await read('config');
      const pool = userPools.find((candidate) => candidate.userPoolId === userPoolId);
      return (pool?.users ?? []).filter((user) => user.password);
    },

    /** Messages to a user name or an address, newest first. */
    async messagesTo(addressee) {
      const { messages } = await read(`inbox?to=${encodeURIComponent(addressee)}`);
      return messages;
    },
  };
}
