// A poolpass-local of a test's own, which can be stopped.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const READY = /^poolpass-local ready on (http:\/\/localhost:(\d+))/;

/** Starts one; port 0 is any free one. `stop()` resolves when it has ended. */
export async function startEmulator(port = 0) {
  const program = process.env.POOLPASS_LOCAL;
  if (!program) throw new Error('POOLPASS_LOCAL is not set: run these tests by "cargo xtask test e2e".');
  // It ends with the end of its input, and so with this process, whatever becomes of it.
  const child = spawn(program, ['--port', String(port), '--app-url', process.env.POOLPASS_DEMO_URL, '--exit-with-stdin'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = READY.exec(line);
    if (!ready) continue;
    child.stdout.resume();
    return {
      endpoint: ready[1],
      port: Number(ready[2]),
      async stop() {
        child.stdin.end();
        await ended;
      },
    };
  }
  throw new Error('poolpass-local ended before it was ready');
}
