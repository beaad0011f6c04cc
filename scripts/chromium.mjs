// Finds a Chrome or Chromium for the tests: CHROME_PATH, the usual places, or Debian's package when run as root.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const installed = () => usualPlaces.find((path) => existsSync(path));

/** Path of a browser; throws one sentence that says what to install. */
export function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(
      `CHROME_PATH is ${given}, but there is no such file: set it to a Chrome or Chromium.`,
    );
  }
  const found = installed();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('Installing the chromium package …');
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
    execFileSync('apt-get', ['update', '-q'], quiet);
    execFileSync('apt-get', ['install', '-y', '-q', 'chromium'], quiet);
    const after = installed();
    if (after) return after;
  }
  throw new Error(
    'No Chrome or Chromium found: install one (Debian: apt-get install chromium) or set CHROME_PATH to its program.',
  );
}

/** Flags for a headless run without a GPU: WebGL2 and WebGPU in software, no request to the outside. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--ignore-gpu-blocklist',
];
