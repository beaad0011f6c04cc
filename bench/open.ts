// npm run bench:open: opens an ENVI image of 2 GB in each interleave and tells seconds, memory beside the image itself, and
// how soon Cancel is obeyed. The file is made for the run and removed after it.
//
//   npm run bench:open -- [--gigabytes 2]
import { mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openFiles } from '../src/formats/open.js';

const { values: said } = parseArgs({
  options: { gigabytes: { type: 'string', default: '2' } },
});
const [samples, bands] = [512, 2000];
const lines = Math.max(
  1,
  Math.round((Number(said.gigabytes) * 1e9) / (4 * samples * bands)),
);
const size = 4 * samples * lines * bands;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A file of zeros with numbers in some places, so that a wrong order of values is seen; most of it takes no disk. */
async function makeData(path: string): Promise<void> {
  const file = await open(path, 'w');
  await file.truncate(size);
  for (const place of [0, 12_345_678, size / 4 - 1])
    await file.write(
      new Uint8Array(Float32Array.of(place + 1).buffer),
      0,
      4,
      4 * place,
    );
  await file.close();
}

/** Where the value at a place of the file lies in a cube by pixel. */
const placeOf: Readonly<Record<string, (place: number) => number>> = {
  bip: (place) => place,
  bil: (place) => {
    const [x, b, y] = [
      place % samples,
      Math.floor(place / samples) % bands,
      Math.floor(place / (samples * bands)),
    ];
    return (y * samples + x) * bands + b;
  },
  bsq: (place) =>
    (place % (samples * lines)) * bands + Math.floor(place / (samples * lines)),
};

const header = (interleave: string): string =>
  [
    'ENVI',
    `samples = ${samples}`,
    `lines = ${lines}`,
    `bands = ${bands}`,
    'data type = 4',
    'byte order = 0',
    `interleave = ${interleave}`,
    `wavelength units = Wavenumber`,
    `wavelength = { ${Array.from({ length: bands }, (_, b) => 4000 - b).join(', ')} }`,
  ].join('\n');

const folder = mkdtempSync(join(tmpdir(), 'stratigraph-'));
const path = join(folder, 'big.img');
try {
  await makeData(path);
  const gigabytes = (size / 1e9).toFixed(2);
  console.log(
    `ENVI, ${samples} x ${lines} x ${bands}, float32, ${gigabytes} GB, Node ${process.version}`,
  );
  console.log(
    '| interleave | seconds | peak memory beside the image, MB | progress told | Cancel obeyed after, ms |\n| --- | --- | --- | --- | --- |',
  );
  for (const interleave of Object.keys(placeOf)) {
    writeFileSync(join(folder, 'big.hdr'), header(interleave));
    const files = await Promise.all(
      ['big.hdr', 'big.img'].map(
        async (name) => new File([await openAsBlob(join(folder, name))], name),
      ),
    );
    // Freed memory goes back to the system a little later.
    collectGarbage();
    await setTimeout(500);
    const base = process.memoryUsage().rss;
    let peak = 0;
    let told = 0;
    const from = performance.now();
    const [one] = await openFiles(files, {
      onProgress: () => {
        told++;
        peak = Math.max(peak, process.memoryUsage().rss);
      },
    });
    const seconds = (performance.now() - from) / 1000;
    if (one.kind !== 'cube') throw new Error('no cube was opened');
    for (const place of [0, 12_345_678, size / 4 - 1])
      if (one.cube.data[placeOf[interleave](place)] !== Math.fround(place + 1))
        throw new Error(`${interleave}: the value at ${place} is elsewhere`);
    const cancel = new AbortController();
    let asked = 0;
    await openFiles(files, {
      signal: cancel.signal,
      onProgress: (fraction) => {
        if (fraction < 0.1 || asked > 0) return;
        asked = performance.now();
        cancel.abort();
      },
    }).catch(() => undefined);
    const beside = Math.max(0, peak - base - size) / 1e6;
    console.log(
      `| ${interleave} | ${seconds.toFixed(1)} | ${beside.toFixed(0)} | ${told} times | ${(performance.now() - asked).toFixed(0)} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
