import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { serve } from '../../scripts/serve.mjs';

describe('the local server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const quiet = { quiet: true };
  let server;
  before(async () => {
    mkdirSync(join(folder, 'viewer'));
    writeFileSync(join(folder, 'viewer/index.html'), 'the viewer');
    writeFileSync(join(folder, 'a.wasm'), 'wasm');
    server = await serve(folder, 0, quiet);
  });
  after(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('leads to the viewer', async () => {
    const response = await fetch(server.address);
    assert.equal(response.url, `${server.address}viewer/`);
    assert.equal(await response.text(), 'the viewer');
  });

  it('isolates the page and forbids what it does not need, also for what is missing', async () => {
    for (const [path, status] of [
      ['viewer/', 200],
      ['a.wasm', 200],
      ['nothing', 404],
    ]) {
      const response = await fetch(server.address + path);
      assert.equal(response.status, status);
      const { headers } = response;
      assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
      assert.equal(headers.get('cross-origin-embedder-policy'), 'require-corp');
      const policy = headers.get('content-security-policy');
      assert.match(policy, /default-src 'none'/);
      // Only data may come from elsewhere, for an address that the user gives.
      const connect = "connect-src 'self' data: https: http://localhost:*;";
      assert.ok(policy.includes(connect), policy);
      assert.doesNotMatch(
        policy.replace(connect, ''),
        /unsafe-inline|'unsafe-eval'|https?:/,
      );
    }
  });

  it('serves wasm as wasm, which browsers ask for to compile it as it comes', async () => {
    const { headers } = await fetch(`${server.address}a.wasm`);
    assert.equal(headers.get('content-type'), 'application/wasm');
  });

  it('takes the next port when its own is taken', async () => {
    const taken = Number(new URL(server.address).port);
    const second = await serve(folder, taken, quiet);
    assert.ok(Number(new URL(second.address).port) > taken);
    await second.close();
  });

  it('refuses a folder in which nothing was built, and says what to run', async () => {
    await assert.rejects(serve(join(folder, 'none'), 0, quiet), /npm start/);
  });
});
