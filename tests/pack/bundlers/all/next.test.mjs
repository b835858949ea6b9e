// Next.js with its two bundlers: in an effect it signs in; on the server it says what to do.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeApp, script, settings } from '../app.mjs';
import { run, startServer } from '../command.mjs';
import { INLINE } from '../lines.mjs';
import { signsIn } from '../visit.mjs';

const next = join(dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist/bin/next');
const env = { NEXT_TELEMETRY_DISABLED: '1' };

const files = (from) => ({
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(import.meta.dirname)} } };`,
  'app/layout.js': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
  'app/page.js': `'use client';
import { useEffect } from 'react';
${script(from).replace('void signIn()', 'const run = () => void signIn()')}
export default function Page() {
  useEffect(() => run(), []);
  return <p>App</p>;
}`,
  // On the server, at the module's level: as it is, and for one user.
  'app/server/route.js': `import { createAuth } from '${from}';
const start = (more) => createAuth({ ...${JSON.stringify(settings)}, ...more }).then(
  ({ storage }) => ({ storage }),
  ({ code, reason, recoverySuggestion }) => ({ code, reason, recoverySuggestion }),
);
const started = [start({}), start({ storage: 'memory' })];
export const dynamic = 'force-dynamic';
export const GET = async () => Response.json(await Promise.all(started));`,
});

for (const bundler of ['webpack', 'turbopack']) {
  for (const from of ['poolpass', 'poolpass/inline']) {
    test(`a build of ${from} with ${bundler} signs in in an effect, and says on the server what to do`, async (t) => {
      const cwd = makeApp(t, import.meta.dirname, `next-${bundler}-${from.replace('/', '-')}`, files(from));
      await run(next, ['build', `--${bundler}`], { cwd, env });
      const origin = await startServer(t, next, ['start', '--port', '0'], { cwd, env });
      await signsIn(t, origin);
      const [asItIs, forOneUser] = await (await fetch(`${origin}/server`)).json();
      assert.equal(asItIs.code, 'no_window');
      assert.match(asItIs.recoverySuggestion, /useEffect/);
      // webpack gives the server the URL that browsers use.
      if (bundler === 'turbopack' || from === 'poolpass/inline') return assert.deepEqual(forOneUser, { storage: 'memory' });
      assert.deepEqual([forOneUser.code, forOneUser.reason], ['wasm_load', 'no_browser']);
      assert.match(forOneUser.recoverySuggestion, /useEffect/);
      assert.ok(forOneUser.recoverySuggestion.includes(INLINE));
    });
  }
}
