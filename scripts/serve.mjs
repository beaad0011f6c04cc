// Serves the built examples on this machine, cross-origin isolated and under a strict content security policy.
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';
import { root } from './root.mjs';

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  // data: as itk-wasm's worker fetches the zstd decoder that it carries; it reaches no other machine. Others are asked only
  // for an address that the user gave.
  "connect-src 'self' data: https: http://localhost:*",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-cache',
};

/** Listens on the first free port from `port` on; 0 takes any. */
export function listen(server, port, tries = 20) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (error.code !== 'EADDRINUSE' || tries === 0) reject(error);
      else resolve(listen(server, port + 1, tries - 1));
    });
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
  });
}

/**
 * Serves a folder of built examples; its front page is the viewer.
 * @param options.quiet prints nothing
 * @returns the address, and how to end
 */
export async function serve(folder, port = 4173, { quiet = false } = {}) {
  if (!existsSync(join(folder, 'viewer/index.html')))
    throw new Error(`Nothing is built in ${folder}: run npm start.`);
  const files = sirv(folder, { dev: true, etag: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, value);
    if (request.url === '/') {
      response.writeHead(302, { Location: '/viewer/' }).end();
      return;
    }
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('There is no such file.\n');
    });
  });
  const taken = await listen(server, port);
  const address = `http://localhost:${taken}/`;
  if (!quiet) console.log(`The viewer is at ${address} (Ctrl+C ends it)`);
  return {
    address,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const [folder = join(root, 'build/examples')] = process.argv.slice(2);
  await serve(folder, Number(process.env.PORT) || 4173).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
