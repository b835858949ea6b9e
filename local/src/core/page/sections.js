function duration(ms) {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const parts = [[Math.floor(seconds / 86400), 'd'], [Math.floor(seconds / 3600) % 24, 'h'], [Math.floor(seconds / 60) % 60, 'min'], [seconds % 60, 's']];
  const text = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
  return text === '' ? 'less than a second' : `${ms < 0 ? '−' : '+'}${text}`;
}

function showClock({ nowMs, offsetMs }) {
  byId('now').textContent = time(nowMs);
  byId('offset').textContent = offsetMs === 0 ? '(the real time)' : `(${duration(offsetMs)} from the real time)`;
}

function message({ to, username, subject, text, code, sentAtMs }) {
  return make('li', {},
    make('p', { className: 'about' }, `${time(sentAtMs)} · to ${to} · ${username}`),
    make('p', {}, make('b', {}, subject ?? 'SMS')),
    make('p', {}, text),
    code === null ? null : copyable(code, 'code'));
}

const inbox = (messages) => messages.length === 0
  ? make('p', { className: 'empty' }, 'No messages yet. Codes that Cognito would send by email or SMS appear here.')
  : make('ul', { className: 'inbox' }, ...messages.map(message));

const pools = (all) => all.length === 0 ? [make('p', { className: 'empty' }, 'No user pools.')] : all.map((pool) => make('div', { className: 'pool' },
  make('h3', {}, pool.name),
  make('p', {}, copyable(pool.userPoolId)),
  make('p', { className: 'about' }, `${pool.users} users · ${pool.signIns} sign-ins that gave tokens · groups: ${pool.groups.join(', ') || 'none'}`),
  table('App clients', ['Name', 'Client id', 'Kind', 'Refresh tokens'], pool.clients.map((client) => [
    client.name, copyable(client.clientId), client.public ? 'public' : 'with a secret', client.rotation ? 'rotate' : 'stay',
  ]), 'No app clients.')));

const identityPools = (all) => all.length === 0 ? [make('p', { className: 'empty' }, 'No identity pools.')] : all.map((pool) => make('div', { className: 'pool' },
  make('h3', {}, pool.name),
  make('p', {}, copyable(pool.identityPoolId)),
  table('Identities', ['Identity id', 'Logins'], pool.identities.map(({ identityId, logins }) => [identityId, logins]), 'No identities yet.')));

const counts = (rows) => table('Most frequent first', ['Operation', 'Requests', 'Errors'], rows.map((row) => [row.operation, String(row.count), String(row.errors)]), 'No requests yet.');

const requests = (log) => table('Newest first', ['Time', 'Operation', 'Reply', 'Client id'], log.map((entry) => [
  time(entry.atMs), entry.operation, entry.errorType === undefined ? String(entry.status) : `${entry.status} ${entry.errorType}`, entry.clientId,
]), 'No requests yet.');

const faults = (waiting) => waiting.length === 0 ? make('p', { className: 'empty' }, 'No faults are waiting.') : make('ul', {},
  ...waiting.map((fault) => make('li', {}, `${fault.operation}: ${fault.kind}${fault.times === 1 ? '' : `, ${fault.times} times`}`)));
