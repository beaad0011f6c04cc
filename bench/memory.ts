// Memory of one run in a process of its own; `npm run bench:speed -- --parts memory` starts it and reads its line of JSON.
import { parseArgs } from 'node:util';
import type { Preset } from '../src/engine/options.js';
import { watchRun } from './speed/memory.js';
import { nodePlace } from './speed/node-place.js';

const { values: said } = parseArgs({
  options: {
    folder: { type: 'string', default: '' },
    preset: { type: 'string', default: 'auto' },
  },
});
const place = await nodePlace(false);
console.log(
  JSON.stringify(await watchRun(place, said.folder, said.preset as Preset)),
);
