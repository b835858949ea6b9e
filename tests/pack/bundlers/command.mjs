// A bundler's command line program.
import { spawn } from 'node:child_process';

/** Runs a program of Node.js to its end. Fails with all that it has printed unless it ends well. */
export async function run(file, args, options) {
  const { child, printed } = start(file, args, options);
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${printed()}`);
  return printed();
}

/** Starts a server until the test ends, and returns the address that it prints. */
export async function startServer(t, file, args, options) {
  const { child, printed } = start(file, args, options);
  const over = new Promise((resolve) => child.once('close', resolve));
  t.after(() => {
    child.kill('SIGKILL'); // a polite end waits for the browser's connections
    return over;
  });
  return new Promise((resolve, reject) => {
    over.then((code) => reject(new Error(`${file} ended with ${code}:\n${printed()}`)));
    child.stdout.on('data', () => {
      const [address] = /http:\/\/localhost:\d+/.exec(printed()) ?? [];
      if (address) resolve(address);
    });
  });
}

function start(file, args, { cwd, env = {} }) {
  // Node's test runner must not take a program of its child for a test file.
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [file, ...args], { cwd, env: { ...inherited, ...env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
  return { child, printed: () => text };
}
