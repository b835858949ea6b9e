let after = null;

const device = ({ deviceKey, name, remembered }) => `${name ?? deviceKey}${remembered ? ' (remembered)' : ''}`;

const users = ({ users: page }) => table('Sorted by name', ['User name', 'Email', 'Status', 'Password', 'TOTP code', 'Groups', 'Devices', 'Sign-ins', 'Note'], page.map((user) => [
  user.username,
  user.email,
  user.enabled ? user.status : `${user.status}, disabled`,
  user.password === null ? (user.hasPassword ? '(only its verifier is kept)' : '(none)') : copyable(user.password),
  user.totp === null ? '' : copyable(user.totp),
  user.groups.join(', '),
  [...user.devices.map(device), ...(user.passkeys === 0 ? [] : [`passkeys: ${user.passkeys}`])].join(', '),
  user.signIns === 0 ? '' : String(user.signIns),
  user.note,
]), 'No users.');

async function refreshUsers() {
  const pool = byId('pool').value;
  if (pool === '') return show('users', { users: [] }, users);
  const query = new URLSearchParams({ pool, search: byId('term').value.trim() });
  if (after !== null) query.set('after', after);
  const page = await ask('GET', `users?${query}`);
  show('users', page, users);
  byId('next').disabled = page.next === null;
  byId('first').disabled = after === null;
  byId('next').dataset.after = page.next ?? '';
}

/** Keeps the choice of pools up to date. */
function offerPools(all) {
  const place = byId('pool');
  const ids = all.map(({ userPoolId }) => userPoolId);
  if (ids.join() === [...place.options].map(({ value }) => value).join()) return;
  const chosen = place.value;
  place.replaceChildren(...all.map(({ userPoolId, name }) => make('option', { value: userPoolId }, `${name} (${userPoolId})`)));
  if (ids.includes(chosen)) place.value = chosen;
  else after = null;
}

function turnTo(place) {
  after = place;
  return refreshUsers();
}
