// npm run test:hosts: installs what is missing, then runs tests.mjs, whose imports need it.
import { findChromium } from '../../../scripts/chromium.mjs';
import { installMissing } from '../../../scripts/install.mjs';
import { installViewers } from './install.mjs';

installMissing();
installViewers();
process.env.CHROME_PATH = findChromium();
await import('./tests.mjs');
