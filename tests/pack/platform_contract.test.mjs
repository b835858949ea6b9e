// The contract of platforms, which every platform keeps (tests/shared/platform_contract), on the package's: its scripts as they
// are, and a wasm that has the cases. The servers are real.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Readable } from 'node:stream';
import { chromium } from 'playwright-core';
import { chromiumOptions } from '../chromium.mjs';
import { SharedLocks } from '../model/node/locks.mjs';
import { answer } from '../shared/platform_contract/server.mjs';

const folder = process.env.POOLPASS_CONTRACT;
if (!folder) throw new Error('POOLPASS_CONTRACT is not set: run this through cargo xtask test pack');
const TYPES = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [, name, type] = pathname.match(/^\/([\w.]+\.(\w+))$/) ?? [];
  if (name === 'index.html') return response.setHeader('content-type', TYPES.html).end('<!doctype html><title>The contract</title>');
  if (name && !TYPES[type]) return response.writeHead(404).end(); // the icon that Chromium asks for
  if (name) return response.setHeader('content-type', TYPES[type]).end(readFileSync(join(folder, name)));
  const hasBody = !['GET', 'HEAD'].includes(request.method);
  const url = `http://${request.headers.host}${request.url}`;
  const { status, headers, body } = await answer(
    new Request(url, { method: request.method, headers: request.headers, body: hasBody ? Readable.toWeb(request) : undefined, duplex: 'half' }),
  );
  response.writeHead(status, Object.fromEntries(headers));
  if (body) Readable.fromWeb(body).pipe(response);
  else response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://localhost:${server.address().port}`;
after(() => {
  server.closeAllConnections();
  server.close();
});

/** What a browser has and Node.js may lack. */
class Storage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, text) {
    this[key] = text;
  }

  removeItem(key) {
    delete this[key];
  }
}

for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { configurable: true, value: new Storage() });
globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node}` };
navigator.locks ??= new SharedLocks({ after: (ms, _, act) => setTimeout(act, ms) }).of('page');

const contract = await import(pathToFileURL(join(folder, 'page.mjs')));
const names = await contract.load(readFileSync(join(folder, 'poolpass_bg.wasm')));

test('there are cases', () => assert.ok(names.length >= 40, names.join()));

for (const name of names) {
  test(`in Node.js: ${name}`, () => contract.runCase(name, origin));
}

test('in Chromium', async (t) => {
  const browser = await chromium.launch(chromiumOptions);
  t.after(() => browser.close());
  const page = await browser.newPage();
  const printed = [];
  page.on('console', (message) => printed.push(message.text()));
  const open = async () => {
    await page.goto(`${origin}/index.html`);
    await page.evaluate(async () => {
      globalThis.contract = await import('/page.mjs');
      await contract.load('/poolpass_bg.wasm');
    });
  };
  await open();
  for (const name of names) {
    await t.test(name, async () => {
      printed.length = 0;
      const failure = await page.evaluate(
        ([name, server]) => contract.runCase(name, server).then(() => '', (error) => String(error?.stack ?? error)),
        [name, origin],
      );
      if (failure) await open(); // after a panic the wasm can't go on
      assert.equal(failure, '', printed.join('\n'));
    });
  }
});
