// Next.js with its two bundlers: in an effect it signs in; on the server it says what to do.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { makeApp, script, settings } from '../app.mjs';
import { run, startServer } from '../command.mjs';
import { signsIn } from '../visit.mjs';

const next = join(dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist/bin/next');
const env = { NEXT_TELEMETRY_DISABLED: '1' };

const files = (from) => ({
  'next.config.js': `export default { turbopack: { root: ${JSON.stringify(join(import.meta.dirname))} } };`,
  'app/layout.js': 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;',
  'app/page.js': `'use client';
import { useEffect } from 'react';
${script(from).replace('void signIn()', 'const run = () => void signIn()')}
export default function Page() {
  useEffect(() => run(), []);
  return <p>App</p>;
}`,
  // A module of the server, as a mistake would have it.
  'app/server/route.js': `import { createAuth } from '${from}';
const started = createAuth(${JSON.stringify(settings)}).then(
  (auth) => ({ storage: auth.storage }),
  ({ name, code, reason, message, recoverySuggestion }) => ({ name, code, reason, message, recoverySuggestion }),
);
export const dynamic = 'force-dynamic';
export const GET = async () => Response.json(await started);`,
});

for (const bundler of ['webpack', 'turbopack']) {
  for (const from of ['poolpass', 'poolpass/inline']) {
    test(`a build with ${bundler} of ${from}`, async (t) => {
      const cwd = makeApp(t, import.meta.dirname, `next-${bundler}-${from.replace('/', '-')}`, files(from));
      await run(next, ['build', `--${bundler}`], { cwd, env });
      const origin = await startServer(t, next, ['start', '--port', '0'], { cwd, env });
      await signsIn(t, origin);
      const onServer = await (await fetch(`${origin}/server`)).json();
      console.log(onServer);
    });
  }
}
