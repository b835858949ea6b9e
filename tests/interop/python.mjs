// Programs in Python, with AWS's own libraries for it. POOLPASS_PYTHON names an interpreter that has the packages of
// python/requirements.txt: by default the one that `cargo xtask setup` installs.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const interpreter = process.env.POOLPASS_PYTHON ?? fileURLToPath(new URL('../../target/tools/python/bin/python3', import.meta.url));

/** What a program inherits: nothing that would tell it of somebody's AWS account. */
export const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS|MOTO)_/.test(name)));

/**
 * A script of `python/` that answers each line of JSON with another, in order, until the test ends (or the file, with
 * `{ after }`). Returns how to ask it.
 */
export function script(t, name) {
  const file = fileURLToPath(new URL(`python/${name}`, import.meta.url));
  const child = spawn(interpreter, [file], { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
  const waiting = [];
  let ended;
  const fail = (error) => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.once('error', fail);
  child.once('exit', (code) => fail(new Error(`${name} ended with ${code}`)));
  createInterface(child.stdout).on('line', (line) => {
    const { error, ...answer } = JSON.parse(line);
    const { resolve, reject } = waiting.shift();
    if (error) reject(Object.assign(new Error(error.message), error));
    else resolve(answer);
  });
  t.after(() => child.stdin.end());
  return (question) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
}
