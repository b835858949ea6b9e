// Where the emulator is. The tests of a file reset it, move its clock and count its requests, so files must not share one while
// they run at the same time: POOLPASS_LOCAL names the program, and every file gets its own. With POOLPASS_ENDPOINT instead they
// all use the one at that address, and need --test-concurrency=1.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const { POOLPASS_ENDPOINT, POOLPASS_LOCAL } = process.env;

/** The emulator's address, without a slash at the end. */
export const endpoint = POOLPASS_LOCAL ? await start(POOLPASS_LOCAL) : POOLPASS_ENDPOINT?.replace(/\/$/, '');
if (!endpoint) {
  throw new Error('Set POOLPASS_LOCAL to the poolpass-local program, or POOLPASS_ENDPOINT to the address of a running one.');
}

/** Starts the program on a free port. It ends when this process does, because its input does. */
async function start(program) {
  const child = spawn(program, ['--port', '0', '--exit-with-stdin'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const address = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${program} ended with ${code} before it was ready`)));
    createInterface(child.stdout).on('line', (line) => {
      const ready = /^poolpass-local ready on (http:\/\/localhost:\d+)/.exec(line);
      if (ready) resolve(ready[1]);
    });
  });
  for (const held of [child, child.stdin, child.stdout]) held.unref(); // or this process would never end
  return address;
}
