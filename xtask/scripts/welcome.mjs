// Prints what a person can do with the running demo: welcome.mjs <emulator address> <page address>
const [endpoint, page] = process.argv.slice(2);
const reply = await fetch(`${endpoint}/_poolpass/config`);
if (!reply.ok) {
  console.error(`poolpass-local answered ${reply.status} when asked for its users`);
  process.exit(1);
}
const { userPools } = await reply.json();
const users = userPools.flatMap((pool) => pool.users);
const width = (key) => Math.max(...users.map((user) => String(user[key] ?? '').length));
const cells = (user) => ['username', 'password', 'status'].map((key) => String(user[key] ?? '').padEnd(width(key)));

console.log(`
  The demo page     ${page}
  poolpass-local    ${endpoint}/   (users, codes it would have mailed, its clock)

  Users
${users.map((user) => `    ${cells(user).join('  ')}  ${user.note ?? ''}`.trimEnd()).join('\n')}

  Try
    sign in as one of them, look at the tokens, reload: still signed in, and no request made
    sign in at the hosted page, in a window of its own, or as a test person through Google, Facebook, Amazon, Apple or SAML
    sign up with any address: the code is on poolpass-local's page, none is mailed
    a wrong password, or another tab, or move poolpass-local's clock by an hour
    a user of another pool: each step of a sign-in has its screen, codes are filled in from the inbox or the app
    “Account & security”: attributes, password, MFA, passkeys, devices, sessions, with the line of code for each
    the other tabs: be let in and be refused by API Gateway, S3, DynamoDB and AppSync, as guest, bob or alice

  Ctrl-C ends both.
`);
