/**
 * Where poolpass-local is, and which user pool and app client to use. The server of this page knows:
 * `{endpoint, region, userPoolId, userPoolClientId}`.
 */
export async function readSettings() {
  const reply = await fetch('/config.json', { cache: 'no-store' });
  if (!reply.ok) throw new Error(`The settings of this page, /config.json, cannot be read (status ${reply.status}).`);
  return reply.json();
}
