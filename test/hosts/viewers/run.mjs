// npm run test:hosts: every adapter in the viewer that it is for.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../../../scripts/chromium.mjs';
import { installMissing } from '../../../scripts/install.mjs';
import { root } from '../../../scripts/root.mjs';
import { here, installViewers } from './install.mjs';

installMissing();
installViewers();
execFileSync(
  process.execPath,
  [
    join(root, 'node_modules/@web/test-runner/dist/bin.js'),
    '--static-logging',
    '--config',
    join(here, 'web-test-runner.config.mjs'),
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROME_PATH: findChromium() },
  },
);
