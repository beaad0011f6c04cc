// The command line as built, run as a user would, on files that are made here.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { matFile } from '../fixtures/mat-file.mjs';

const program = process.env.STRATIGRAPH_CLI ?? join(root, 'dist/cli.js');
const width = 24;
const height = 16;
const bands = 120;
const positions = Array.from(
  { length: bands },
  (_, b) => 3900 - (3000 * b) / (bands - 1),
);
/** Three materials, each two bands of its own. */
const centres = [
  [3400, 1100],
  [2900, 1700],
  [3000, 1400],
];
const spectra = centres.map((pair) =>
  positions.map((v) =>
    pair.reduce((all, c) => all + Math.exp(-(((v - c) / 60) ** 2)), 0.02),
  ),
);

let folder;
const at = (...names) => join(folder, ...names);

/** A small generator of its own, so that the noise is always the same (minimal standard, Park and Miller 1988). */
function noise(seed) {
  let state = seed;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  return () =>
    Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Shares of the materials at each pixel: pure in three corners, mixed between. */
const shares = [];
for (let y = 0; y < height; y++)
  for (let x = 0; x < width; x++) {
    const a = Math.max(0, 1 - x / (width - 6) - y / (height - 4));
    const b = Math.max(0, x / (width - 6) - y / (height - 4));
    const c = Math.max(0, y / (height - 4) - 0.2 * (x / width));
    const all = a + b + c;
    shares.push([a / all, b / all, c / all]);
  }

const header = (...more) =>
  [
    'ENVI',
    `samples = ${width}`,
    `lines = ${height}`,
    `bands = ${bands}`,
    'data type = 4',
    'interleave = bip',
    'byte order = 0',
    ...more,
    '',
  ].join('\n');
const axisLines = [
  'wavelength units = Wavenumber',
  `wavelength = { ${positions.join(', ')} }`,
];
const fullHeader = header(
  ...axisLines,
  'z plot titles = { Wavenumber (cm-1), Absorbance }',
);

function cubeValues() {
  const normal = noise(7);
  const data = new Float32Array(width * height * bands);
  shares.forEach((share, n) => {
    for (let b = 0; b < bands; b++)
      data[n * bands + b] =
        share.reduce((all, s, r) => all + s * spectra[r][b], 0) +
        0.002 * normal();
  });
  return data;
}

const run = (...args) =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder },
      (error, out, err) =>
        resolve({ code: error ? error.code : 0, out, err: err.trim() }),
    );
  });

/** What a bad call must do: code 2, nothing on standard output, one line that holds the words. */
async function refuses(args, words) {
  const { code, out, err } = await run(...args);
  assert.equal(code, 2, err);
  assert.equal(out, '');
  assert.equal(err.split('\n').length, 1, err);
  assert.ok(err.includes(words), `"${err}" does not hold "${words}"`);
}

const floatsOf = (path) => {
  const bytes = readFileSync(path);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  );
};
const angle = (x, y) => {
  const dot = (a, b) => a.reduce((all, v, i) => all + v * b[i], 0);
  return Math.acos(Math.min(1, dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))));
};
const results = [
  'abundances.hdr',
  'abundances.img',
  'classes.hdr',
  'classes.img',
  'endmembers.csv',
  'nuisance-spectra.csv',
  'nuisance.hdr',
  'nuisance.img',
  'recipe.json',
  'report.json',
  'residual.hdr',
  'residual.img',
];

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'stratigraph-cli-'));
  const data = cubeValues();
  writeFileSync(at('cube.hdr'), fullHeader);
  writeFileSync(at('cube.img'), data);
  // The same image as a text of columns, which has no shape, no unit and no quantity.
  const rows = positions.map((v, b) =>
    [v, ...shares.map((_, n) => data[n * bands + b])].join('\t'),
  );
  writeFileSync(at('columns.txt'), `${rows.join('\n')}\n`);
  const smaller = (name, samples, lines, some) => {
    writeFileSync(
      at(`${name}.hdr`),
      `ENVI\nsamples = ${samples}\nlines = ${lines}\nbands = ${some}\ndata type = 4\ninterleave = bip\nbyte order = 0\n`,
    );
    writeFileSync(at(`${name}.img`), data.slice(0, samples * lines * some));
  };
  smaller('pixel', 1, 1, bands);
  smaller('pair', 2, 1, bands);
  smaller('band', width, height, 1);
  writeFileSync(at('nothing.hdr'), fullHeader);
  writeFileSync(at('nothing.img'), new Float32Array(data.length).fill(NaN));
  writeFileSync(at('one.dpt'), '4000\t1\n3999\t2\n3998\t3\n');
  writeFileSync(
    at('known.csv'),
    [
      'Wavenumber (cm-1),first,flat',
      ...positions.map((v, b) => `${v},${spectra[0][b]},1`),
    ].join('\n'),
  );
  writeFileSync(
    at('known.jdx'),
    '##TITLE=short\n##JCAMP-DX=4.24\n##DATA TYPE=INFRARED SPECTRUM\n##XUNITS=1/CM\n##YUNITS=REFLECTANCE\n##FIRSTX=3000\n##LASTX=2000\n##NPOINTS=3\n##XYPOINTS=(XY..XY)\n3000,1\n2500,2\n2000,1\n##END=\n',
  );
  writeFileSync(at('empty.dat'), '');
  writeFileSync(at('alone.hdr'), fullHeader);
  writeFileSync(at('lost.img'), data);
  writeFileSync(at('short.hdr'), fullHeader);
  writeFileSync(at('short.img'), Buffer.from(data.buffer).subarray(0, 90000));
  writeFileSync(at('notes.md'), 'Nothing of the kind.\n');
  mkdirSync(at('mosaic/part'), { recursive: true });
  cpSync(at('cube.hdr'), at('mosaic/part/cube.hdr'));
  cpSync(at('cube.img'), at('mosaic/part/cube.img'));
  writeFileSync(
    at('placed.hdr'),
    `${fullHeader}pixel size = { 0.0000055, 0.0000055, units=Meters }\n`,
  );
  cpSync(at('cube.img'), at('placed.img'));
  // Without positions of the bands, whatever they are.
  writeFileSync(at('unsaid.hdr'), header());
  cpSync(at('cube.img'), at('unsaid.img'));
  const some = (seed) =>
    Float64Array.from({ length: 96 }, (_, i) => 1 + ((i * seed) % 5));
  writeFileSync(
    at('two.mat'),
    matFile({ a: [[3, 4, 8], some(7)], b: [[4, 3, 8], some(3)] }),
  );
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('stratigraph info', () => {
  const told = {
    kind: 'cube',
    name: 'cube',
    width,
    height,
    bands,
    axis: { first: 3900, last: 900, unit: 'cm-1' },
    quantity: 'absorbance',
    geometry: {
      pixelSize: [1, 1],
      unit: null,
      origin: [0, 0, 0],
      direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    },
    missing: [],
    type: 'ENVI',
    warnings: [],
  };

  it('tells the same of an ENVI image given its header, its data or both', async () => {
    for (const files of [
      ['cube.hdr'],
      ['cube.img'],
      ['cube.img', 'cube.hdr'],
    ]) {
      const { code, out, err } = await run('info', ...files);
      assert.equal(code, 0, err);
      assert.deepEqual(out.trim().split('\n').map(JSON.parse), [told]);
    }
  });

  it('prints an object a line and file, with count for spectra', async () => {
    const { code, out } = await run('info', 'one.dpt', 'cube.hdr');
    assert.equal(code, 0);
    const [one, two] = out.trim().split('\n').map(JSON.parse);
    assert.deepEqual(one, {
      kind: 'spectra',
      name: 'one',
      count: 1,
      bands: 3,
      axis: { first: 4000, last: 3998, unit: 'cm-1' },
      quantity: null,
      type: 'Bruker .dpt',
      warnings: [
        'one.dpt does not say the unit of its axis: cm-1 is taken, as Bruker writes it.',
      ],
    });
    assert.deepEqual(two, told);
  });

  it('opens what a folder holds, with the folders in it', async () => {
    const { code, out, err } = await run('info', 'mosaic');
    assert.equal(code, 0, err);
    assert.deepEqual(JSON.parse(out), told);
  });

  it('opens an address, of a header with the data beside it, and says what the server lacks', async () => {
    const server = createServer((request, response) => {
      const path = at(decodeURIComponent(request.url.slice(1)));
      if (existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${server.address().port}`;
    try {
      const { code, out, err } = await run('info', `${address}/cube.hdr`);
      assert.equal(code, 0, err);
      assert.deepEqual(JSON.parse(out), told);
      await refuses(
        ['info', `${address}/none.hdr`],
        'none.hdr could not be fetched: there is no such file on 127.0.0.1',
      );
    } finally {
      server.close();
    }
    await refuses(['info', `${address}/cube.hdr`], 'cannot be reached');
  });

  it('tells the size of pixels, and what a file leaves out', async () => {
    const { out } = await run('info', 'placed.hdr', 'unsaid.hdr');
    const [placed, unsaid] = out.trim().split('\n').map(JSON.parse);
    assert.deepEqual(placed.geometry.pixelSize, [5.5, 5.5]);
    assert.equal(placed.geometry.unit, 'µm');
    assert.deepEqual(unsaid.missing, ['axis', 'unit', 'quantity']);
  });

  it('lists the arrays of a file that does not say which is the image, and takes the one that is named', async () => {
    const { code, out } = await run('info', 'two.mat');
    assert.equal(code, 0);
    const { kind, variables } = JSON.parse(out);
    assert.equal(kind, 'variables');
    assert.deepEqual(
      variables.map(({ id }) => id),
      ['a', 'b'],
    );
    const named = await run('info', 'two.mat', '--variable', 'b');
    assert.equal(named.code, 0, named.err);
    const cube = JSON.parse(named.out);
    assert.deepEqual([cube.kind, cube.width * cube.height], ['cube', 12]);
    await refuses(['info', 'two.mat', '--variable', 'c'], 'a, b');
  });

  it('shows what would steer the terminal as a mark', async () => {
    const name = at('steering.hdr');
    writeFileSync(
      name,
      fullHeader.replace('interleave = bip', 'interleave = \u001b[2Jx'),
    );
    writeFileSync(at('steering.img'), new Uint8Array(4));
    await refuses(['info', name], 'says "interleave = \ufffd[2jx"');
  });

  it('tells the good files when another is bad, and ends with 2', async () => {
    const { code, out, err } = await run('info', 'short.img', 'cube.hdr');
    assert.equal(code, 2);
    assert.deepEqual(JSON.parse(out), told);
    assert.match(
      err,
      /^short\.img holds 90\.0 kB but its header declares 184\.3 kB/,
    );
  });

  for (const [title, file, words] of [
    ['a file of zero bytes', 'empty.dat', 'empty.dat is empty (0 bytes).'],
    [
      'a header without data',
      'alone.hdr',
      'alone.hdr is a header without its data',
    ],
    [
      'data without a header',
      'lost.img',
      'open it together with its header, such as lost.hdr',
    ],
    [
      'a truncated file',
      'short.hdr',
      'short.img holds 90.0 kB but its header declares 184.3 kB',
    ],
    ['a file that is not there', 'nowhere.img', 'there is no such file'],
    [
      'a file of another kind',
      'notes.md',
      'notes.md is in no format that can be opened',
    ],
  ])
    it(`refuses ${title} with one sentence`, () =>
      refuses(['info', file], words));
});

describe('stratigraph unmix', () => {
  it('finds the materials and shares of a known mixture, and writes them beside what is left and what is no material', async () => {
    const { code, err } = await run(
      'unmix',
      'cube.img',
      '--endmembers',
      '3',
      '--out',
      'out',
    );
    assert.equal(code, 0, err);
    assert.deepEqual(readdirSync(at('out')).sort(), results);

    const [title, ...lines] = readFileSync(at('out/endmembers.csv'), 'utf8')
      .trim()
      .split('\n');
    assert.equal(
      title,
      'absorbance at wavenumber (cm-1),Endmember 1,Endmember 2,Endmember 3',
    );
    const table = lines.map((line) => line.split(',').map(Number));
    table.forEach((row, b) =>
      assert.ok(Math.abs(row[0] - positions[b]) < 1e-9),
    );
    const found = [1, 2, 3].map((column) => table.map((row) => row[column]));
    // Bands that the run leaves out hold no spectrum to compare.
    const counted = positions.map((v) => v < 2280 || v > 2400);
    const kept = (values) => values.filter((_, b) => counted[b]);
    const matched = spectra.map((truth) => {
      const angles = found.map((one) => angle(kept(truth), kept(one)));
      const best = angles.indexOf(Math.min(...angles));
      assert.ok(angles[best] < 0.1, `angles ${angles.join(', ')}`);
      return best;
    });
    assert.equal(new Set(matched).size, 3);

    const abundances = floatsOf(at('out/abundances.img'));
    assert.equal(abundances.length, 3 * shares.length);
    let squares = 0;
    shares.forEach((share, n) => {
      const row = abundances.subarray(3 * n, 3 * n + 3);
      assert.ok(Math.abs(row[0] + row[1] + row[2] - 1) < 1e-4);
      share.forEach((s, r) => (squares += (row[matched[r]] - s) ** 2));
    });
    assert.ok(Math.sqrt(squares / abundances.length) < 0.08);
    const text = readFileSync(at('out/abundances.hdr'), 'utf8');
    assert.match(
      text,
      /samples = 24\nlines = 16\nbands = 3\n[^]*data type = 4\ninterleave = bip/,
    );
    assert.match(
      text,
      /band names = { Endmember 1, Endmember 2, Endmember 3 }/,
    );

    const report = JSON.parse(readFileSync(at('out/report.json'), 'utf8'));
    assert.equal(report.seed, 1);
    assert.equal(report.preset, 'auto');
    assert.ok(report.rmse < 0.01 && report.meanAngle < 0.1);
    assert.deepEqual(
      report.stages.map(({ stage }) => stage),
      ['preparing', 'subspace', 'extracting', 'fitting'],
    );
    assert.equal(report.versions.stratigraph.split('.').length, 3);
    for (const key of ['backend', 'loss', 'warnings']) assert.ok(key in report);
  });

  it('repeats a run from its recipe, value for value', async () => {
    const first = await run(
      'unmix',
      'cube.img',
      '--endmembers',
      '3',
      '--seed',
      '5',
      '--exclude',
      '3700-3900',
      '--exclude',
      '900-1000',
      '--method',
      'nfindr',
      '--out',
      'first',
    );
    assert.equal(first.code, 0, first.err);
    const again = await run(
      'unmix',
      'cube.img',
      '--recipe',
      'first/recipe.json',
      '--out',
      'again',
    );
    assert.equal(again.code, 0, again.err);
    for (const name of results.filter((one) => one !== 'report.json'))
      assert.deepEqual(
        readFileSync(at('again', name)),
        readFileSync(at('first', name)),
        name,
      );
    const { options } = JSON.parse(
      readFileSync(at('first/recipe.json'), 'utf8'),
    );
    assert.deepEqual(options.exclude, [
      [3700, 3900],
      [900, 1000],
    ]);
    assert.equal(options.seed, 5);
  });

  it('replays the edits of endmembers in a recipe, and only on its own image with its own options', async () => {
    const found = await run(
      ...['unmix', 'cube.img', '--endmembers', '3', '--out', 'found'],
    );
    assert.equal(found.code, 0, found.err);
    const recipe = JSON.parse(readFileSync(at('found/recipe.json'), 'utf8'));
    assert.deepEqual(recipe.edits, []);
    const edits = [
      { kind: 'rename', endmember: 2, name: 'Gypsum', names: ['x'], at: 1 },
      { kind: 'reorder', order: [2, 0, 1], names: ['x'], at: 2 },
      { kind: 'delete', endmember: 2, names: ['Endmember 3'], at: 3 },
    ];
    writeFileSync(at('edited.json'), JSON.stringify({ ...recipe, edits }));
    const replay = ['unmix', 'cube.img', '--recipe', 'edited.json'];
    const edited = await run(...replay, '--out', 'edited');
    assert.equal(edited.code, 0, edited.err);
    assert.match(edited.err, /fitted anew to the spectra as they are/);
    const columns = (name) =>
      readFileSync(at(name, 'endmembers.csv'), 'utf8')
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .map((line) => line.split(','));
    const before = columns('found');
    assert.deepEqual(
      columns('edited').slice(1),
      before.slice(1).map((cells) => [cells[0], cells[3], cells[1]]),
    );
    assert.match(columns('edited')[0].join(), /Gypsum,Endmember 2/);
    const report = JSON.parse(readFileSync(at('edited/report.json'), 'utf8'));
    assert.deepEqual(report.endmembers, ['Gypsum', 'Endmember 2']);
    assert.equal(report.edits.length, 3);
    assert.equal(report.edits[2], 'Endmember 3 was deleted.');
    const twice = await run(
      ...['unmix', 'cube.img', '--recipe', 'edited/recipe.json'],
      ...['--out', 'twice'],
    );
    assert.equal(twice.code, 0, twice.err);
    for (const name of results.filter((one) => one !== 'report.json'))
      assert.deepEqual(
        readFileSync(at('twice', name)),
        readFileSync(at('edited', name)),
        name,
      );
    const other = await run(...replay, '--seed', '9', '--out', 'other');
    assert.equal(other.code, 0, other.err);
    assert.match(other.err, /edits of endmembers \(3\) were left out/);
    const kept = JSON.parse(readFileSync(at('other/recipe.json'), 'utf8'));
    assert.deepEqual(kept.edits, []);
    assert.equal(columns('other')[0].length, 4);
    writeFileSync(
      at('wrong.json'),
      JSON.stringify({ ...recipe, edits: [{ ...edits[2], endmember: 7 }] }),
    );
    const wrong = await run(
      ...['unmix', 'cube.img', '--recipe', 'wrong.json', '--out', 'wrong'],
    );
    assert.notEqual(wrong.code, 0);
    assert.match(wrong.err, /invalid endmember: 7 \(want one of 3, from 0\)/);
    assert.equal(existsSync(at('wrong/endmembers.csv')), false);
  });

  it('goes on without unit, quantity and width, and says what it took', async () => {
    const { code, err } = await run(
      'unmix',
      'columns.txt',
      '--endmembers',
      '3',
      '--out',
      'bare',
    );
    assert.equal(code, 0, err);
    assert.match(err, /axis unit unknown: taken as band numbers .*--unit/);
    assert.match(err, /quantity unknown: .*--quantity/);
    assert.match(
      err,
      /width unknown: the 384 spectra are taken as one row .*--width/,
    );
    const recipe = JSON.parse(readFileSync(at('bare/recipe.json'), 'utf8'));
    assert.deepEqual(recipe.axis, { unit: 'band', quantity: null });
  });

  it('says of a window that it holds no band', async () => {
    const { code, err } = await run(
      'unmix',
      'cube.img',
      '--endmembers',
      '3',
      '--exclude',
      '5000-6000',
      '--out',
      'deep/er/idle',
    );
    assert.equal(code, 0, err);
    assert.match(
      err,
      /The window 5000-6000 holds no band: the axis goes from 3900 to 900 cm-1\./,
    );
    assert.ok(existsSync(at('deep/er/idle/report.json')));
  });

  it('ends where a folder cannot be made', async (t) => {
    if (!existsSync('/proc/version')) {
      t.skip('there is no /proc here, where no folder can be made');
      return;
    }
    const { code, err } = await run(
      'unmix',
      'cube.img',
      '--endmembers',
      '3',
      '--out',
      '/proc/stratigraph',
    );
    assert.equal(code, 2);
    assert.match(err, /^\/proc\/stratigraph: /m);
  });

  it('takes unit, quantity and width from the command line', async () => {
    const { code, err } = await run(
      'unmix',
      'columns.txt',
      '--endmembers',
      '3',
      '--out',
      'said',
      '--unit',
      'cm-1',
      '--quantity',
      'absorbance',
      '--width',
      '24',
    );
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /unknown/);
    const recipe = JSON.parse(readFileSync(at('said/recipe.json'), 'utf8'));
    assert.deepEqual(recipe.axis, { unit: 'cm-1', quantity: 'absorbance' });
    assert.deepEqual(recipe.input, { name: 'columns', width, height, bands });
  });

  it('takes the ends of the axis from the command line', async () => {
    const { code, err } = await run(
      ...['unmix', 'unsaid.hdr', '--endmembers', '3', '--out', 'ends'],
      ...['--axis', '3900:900', '--unit', 'cm-1', '--quantity', 'absorbance'],
    );
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /unknown/);
    const lines = readFileSync(at('ends/endmembers.csv'), 'utf8').split('\n');
    assert.match(lines[0], /cm-1/);
    assert.ok(lines[1].startsWith('3900,'));
    assert.ok(lines[bands].startsWith('900,'));
  });

  it('writes the class of each pixel as a byte, none where no share is large enough', async () => {
    const { code, err } = await run(
      ...['unmix', 'cube.img', '--endmembers', '3', '--out', 'classified'],
      ...['--class-threshold', '0.999'],
    );
    assert.equal(code, 0, err);
    const strict = readFileSync(at('classified/classes.img'));
    const values = floatsOf(at('classified/abundances.img'));
    assert.equal(strict.length, width * height);
    strict.forEach((one, n) => {
      const of = [0, 1, 2].map((r) => values[3 * n + r]);
      const most = Math.max(...of);
      assert.equal(one, most >= 0.999 ? of.indexOf(most) + 1 : 0, `pixel ${n}`);
    });
  });

  it('writes maps and endmembers in the formats that are asked for', async () => {
    const { code, err } = await run(
      ...['unmix', 'cube.img', '--endmembers', '3', '--out', 'forms'],
      ...['--format', 'ome-zarr', '--spectra-format', 'sli'],
    );
    assert.equal(code, 0, err);
    assert.deepEqual(readdirSync(at('forms')).sort(), [
      'abundances.ome.zarr',
      'classes.ome.zarr',
      'endmembers.hdr',
      'endmembers.sli',
      'nuisance-spectra.hdr',
      'nuisance-spectra.sli',
      'nuisance.ome.zarr',
      'recipe.json',
      'report.json',
      'residual.ome.zarr',
    ]);
    const maps = JSON.parse(
      (await run('info', 'forms/abundances.ome.zarr')).out,
    );
    const classes = JSON.parse(
      (await run('info', 'forms/classes.ome.zarr')).out,
    );
    assert.deepEqual([classes.width, classes.bands], [width, 1]);
    assert.deepEqual([maps.width, maps.height, maps.bands], [width, height, 3]);
    const spectra = JSON.parse((await run('info', 'forms/endmembers.sli')).out);
    assert.deepEqual([spectra.kind, spectra.count], ['spectra', 3]);
    const again = await run(
      ...['unmix', 'cube.img', '--endmembers', '3', '--out', 'forms'],
      ...['--format', 'ome-zarr'],
    );
    assert.equal(again.code, 0, again.err);
  });

  it('trains the network where it is told to', async () => {
    const { code, err } = await run(
      'unmix',
      'cube.img',
      '--endmembers',
      '3',
      '--preset',
      'network',
      '--backend',
      'wasm',
      '--epochs',
      '2',
      '--out',
      'trained',
    );
    assert.equal(code, 0, err);
    const report = JSON.parse(readFileSync(at('trained/report.json'), 'utf8'));
    assert.equal(report.backend, 'wasm');
    assert.equal(report.epochs, 2);
    assert.ok(report.loss > 0 && report.loss < Math.PI / 2);
  });

  it('passes every choice on to the run, its report and its recipe', async () => {
    const { code, err } = await run(
      ...['unmix', 'cube.img', '--endmembers', '3', '--out', 'chosen'],
      ...['--method', 'sivm', '--scaling', 'l2', '--abundances', 'fcls'],
      ...['--runs', '2', '--preset', 'network', '--backend', 'wasm'],
      ...['--epochs', '2', '--constant', 'learningRate=2e-3'],
      ...['--constant', 'optimiser=rmsprop', '--constant', 'scaleBands=false'],
    );
    assert.equal(code, 0, err);
    const { options } = JSON.parse(
      readFileSync(at('chosen/recipe.json'), 'utf8'),
    );
    assert.deepEqual(
      [options.method, options.scaling, options.abundances, options.runs],
      ['sivm', 'l2', 'fcls', 2],
    );
    const { epochs, learningRate, optimiser, scaleBands } = options.network;
    assert.deepEqual(
      { epochs, learningRate, optimiser, scaleBands },
      {
        epochs: 2,
        learningRate: 2e-3,
        optimiser: 'rmsprop',
        scaleBands: false,
      },
    );
    for (const name of ['abundances-deviation.img', 'endmembers-deviation.csv'])
      assert.ok(readdirSync(at('chosen')).includes(name));
    const report = JSON.parse(readFileSync(at('chosen/report.json'), 'utf8'));
    assert.equal(report.spread.runs, 2);
    assert.equal(report.spread.angles.length, 3);
    assert.ok(report.diagnostics.some((said) => /2 runs|of 2,/.test(said)));
    assert.deepEqual(
      [report.method, report.scaling, report.abundances, report.runs],
      ['sivm', 'l2', 'fcls', 2],
    );
  });

  it('holds the spectra of files fixed, and its recipe holds them too', async () => {
    const { code, err } = await run(
      ...['unmix', 'cube.img', '--endmembers', '4', '--out', 'fixed'],
      ...['--fixed', 'known.csv'],
    );
    assert.equal(code, 0, err);
    const [title] = readFileSync(at('fixed/endmembers.csv'), 'utf8').split(
      '\n',
    );
    assert.match(title, /,first\b/);
    assert.match(title, /,flat\b/);
    const report = JSON.parse(readFileSync(at('fixed/report.json'), 'utf8'));
    assert.deepEqual(report.fixed, ['first', 'flat']);
    const again = await run(
      ...['unmix', 'cube.img', '--recipe', 'fixed/recipe.json'],
      ...['--out', 'fixed-again'],
    );
    assert.equal(again.code, 0, again.err);
    assert.deepEqual(
      readFileSync(at('fixed-again/endmembers.csv')),
      readFileSync(at('fixed/endmembers.csv')),
    );
  });

  it('keeps nothing half-written when interrupted', async () => {
    const child = spawn(
      process.execPath,
      [
        program,
        'unmix',
        'cube.img',
        '--endmembers',
        '3',
        '--preset',
        'pande2026',
        '--backend',
        'wasm',
        '--epochs',
        '100000',
        '--out',
        'never',
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(child.exitCode, null, said);
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.match(said, /Interrupted: nothing was written\./);
    assert.equal(existsSync(at('never')), false);
  });

  const unmix = (file, ...more) => ['unmix', file, '--out', 'bad', ...more];
  for (const [title, args, words] of [
    [
      'more endmembers than allowed',
      unmix('cube.img', '--endmembers', '33'),
      'invalid endmembers: 33 (want a whole number from 2 to 32)',
    ],
    [
      'endmembers that are no number',
      unmix('cube.img', '--endmembers', 'some'),
      'invalid --endmembers: "some"',
    ],
    ['no number of endmembers', unmix('cube.img'), 'unmix needs --endmembers'],
    [
      'no folder',
      ['unmix', 'cube.img', '--endmembers', '3'],
      'unmix needs --out',
    ],
    [
      'a folder that is a file',
      ['unmix', 'cube.img', '--endmembers', '3', '--out', 'notes.md'],
      'invalid --out: notes.md is a file',
    ],
    [
      'an unknown preset',
      unmix('cube.img', '--endmembers', '3', '--preset', 'best'),
      'invalid --preset: "best" (want auto, network, pande2026, cnnaeu)',
    ],
    [
      'an unknown scaling',
      unmix('cube.img', '--endmembers', '3', '--scaling', 'l1'),
      'invalid --scaling: "l1" (want auto, raw, l2)',
    ],
    [
      'an unknown rule of abundances',
      unmix('cube.img', '--endmembers', '3', '--abundances', 'free'),
      'invalid --abundances: "free" (want nnls, scaled, fcls)',
    ],
    [
      'too many runs',
      unmix('cube.img', '--endmembers', '3', '--runs', '51'),
      'invalid runs: 51 (want a whole number from 1 to 50)',
    ],
    [
      'a share of a class in percent',
      unmix('cube.img', '--endmembers', '3', '--class-threshold', '50'),
      'invalid --class-threshold: "50" (want a share from 0 to 1)',
    ],
    [
      'an unknown constant',
      unmix('cube.img', '--endmembers', '3', '--constant', 'depth=3'),
      'invalid --constant: "depth=3" (want NAME=VALUE, of epochs, patch,',
    ],
    [
      'a constant out of its range',
      unmix('cube.img', '--endmembers', '3', '--constant', 'dropout=1'),
      'invalid --constant: "dropout=1" (want a number from 0 to 0.95)',
    ],
    [
      'a file of spectra that holds an image',
      unmix('cube.img', '--endmembers', '3', '--fixed', 'cube.hdr'),
      'cube.hdr holds no spectra to hold fixed',
    ],
    [
      'spectra of another quantity',
      unmix('cube.img', '--endmembers', '3', '--fixed', 'known.jdx'),
      'holds reflectance, and the image absorbance: convert one of them first',
    ],
    [
      'as many fixed spectra as endmembers',
      unmix('cube.img', '--endmembers', '2', '--fixed', 'known.csv'),
      'invalid fixed: 2 (want fewer spectra than the 2 endmembers)',
    ],
    [
      'fixed spectra with a method that cannot hold them',
      unmix(
        'cube.img',
        '--endmembers',
        '4',
        '--fixed',
        'known.csv',
        '--method',
        'spa',
      ),
      'invalid method: "spa" (want auto or mcr-als, which hold endmembers fixed)',
    ],
    [
      'a window that is none',
      unmix('cube.img', '--endmembers', '3', '--exclude', 'CO2'),
      'invalid --exclude: "CO2"',
    ],
    [
      'an unknown option',
      unmix('cube.img', '--endmembers', '3', '--colour', 'red'),
      "Unknown option '--colour'",
    ],
    [
      'a truncated file',
      unmix('short.img', '--endmembers', '3'),
      'short.img holds 90.0 kB but its header declares 184.3 kB',
    ],
    ['one pixel', unmix('pixel.img', '--endmembers', '3'), '1 pixel'],
    ['one band', unmix('band.img', '--endmembers', '3'), '1 band'],
    [
      'more endmembers than pixels',
      unmix('pair.img', '--endmembers', '3'),
      'invalid endmembers: 3',
    ],
    [
      'an image without a number',
      unmix('nothing.img', '--endmembers', '3'),
      'none of 384 pixels',
    ],
    [
      'a single spectrum',
      unmix('one.dpt', '--endmembers', '3'),
      'one.dpt holds one spectrum, and an image with a spectrum at each pixel is wanted',
    ],
    [
      'an axis that is none',
      unmix('unsaid.hdr', '--endmembers', '3', '--axis', '4000'),
      'invalid --axis: "4000" (want two positions, such as 4000:800)',
    ],
    [
      'an unknown format',
      unmix('cube.img', '--endmembers', '3', '--format', 'doc'),
      'invalid --format: "doc" (want envi, nrrd, ome-tiff, ome-zarr, npy)',
    ],
    [
      'a file with several arrays',
      unmix('two.mat', '--endmembers', '3'),
      'say which is the image with --variable NAME',
    ],
    [
      'a width that does not divide the spectra',
      unmix('columns.txt', '--endmembers', '3', '--width', '25'),
      "invalid --width: 25 (want a whole share of the file's 384 spectra)",
    ],
    [
      'a recipe that is none',
      unmix('cube.img', '--recipe', 'notes.md'),
      'invalid recipe: the file is not JSON',
    ],
    [
      'several files with an option that one would be refused for',
      ['unmix', 'cube.img', 'one.dpt', '--endmembers', '33', '--out', 'bad'],
      'invalid endmembers: 33 (want a whole number from 2 to 32)',
    ],
    [
      'several files, none at once',
      [
        ...['unmix', 'cube.img', 'one.dpt', '--endmembers', '3'],
        ...['--at-once', '0', '--out', 'bad'],
      ],
      'invalid --at-once: "0" (want a whole number from 1 to 64)',
    ],
    ['an unknown command', ['mix', 'cube.img'], 'There is no command "mix"'],
    ['nothing at all', [], 'Say what to do'],
  ])
    it(`refuses ${title} with one sentence and leaves nothing behind`, async () => {
      await refuses(args, words);
      assert.equal(existsSync(at('bad')), false);
    });

  it('leaves results that are there alone when it is refused', async () => {
    cpSync(at('out'), at('kept'), { recursive: true });
    mkdirSync(at('kept/other'));
    const { code } = await run(
      'unmix',
      'short.img',
      '--endmembers',
      '3',
      '--out',
      'kept',
    );
    assert.equal(code, 2);
    assert.deepEqual(
      readdirSync(at('kept')).sort(),
      [...results, 'other'].sort(),
    );
  });
});

describe('stratigraph convert', () => {
  for (const [format, file] of [
    ['envi', 'placed.hdr'],
    ['nrrd', 'placed.nrrd'],
    ['ome-tiff', 'placed.ome.tif'],
    ['ome-zarr', 'placed.ome.zarr'],
    ['npy', 'placed.npy'],
  ])
    it(`writes ${format}, and that opens with the same size, axis, quantity and geometry`, async () => {
      const folder = `as-${format}`;
      const { code, err } = await run(
        ...['convert', 'placed.hdr', '--out', folder, '--format', format],
      );
      assert.equal(code, 0, err);
      const before = JSON.parse((await run('info', 'placed.hdr')).out);
      const after = JSON.parse((await run('info', `${folder}/${file}`)).out);
      for (const what of [
        ...['width', 'height', 'bands', 'axis', 'quantity', 'geometry'],
        'missing',
      ])
        assert.deepEqual(after[what], before[what], what);
      // Value for value: back to ENVI it is the file that it came from.
      const back = await run(
        ...['convert', `${folder}/${file}`, '--out', `${folder}-back`],
        ...['--format', 'envi'],
      );
      assert.equal(back.code, 0, back.err);
      const [data] = readdirSync(at(`${folder}-back`)).filter((name) =>
        name.endsWith('.img'),
      );
      assert.deepEqual(
        readFileSync(at(`${folder}-back`, data)),
        readFileSync(at('placed.img')),
      );
    });

  for (const [title, args, words] of [
    ['no format', ['cube.hdr', '--out', 'bad'], 'convert needs --format NAME'],
    ['no folder', ['cube.hdr', '--format', 'npy'], 'convert needs --out DIR'],
    [
      'an option of unmix',
      ['cube.hdr', '--out', 'bad', '--format', 'npy', '--seed', '1'],
      'convert takes no --seed',
    ],
    [
      'a list of spectra',
      ['one.dpt', '--out', 'bad', '--format', 'npy'],
      'an image with a spectrum at each pixel is wanted',
    ],
  ])
    it(`refuses ${title} with one sentence and leaves nothing behind`, async () => {
      await refuses(['convert', ...args], words);
      assert.equal(existsSync(at('bad')), false);
    });
});

describe('stratigraph unmix of several files', () => {
  const rowsOf = (text) =>
    text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ {2,}/));

  it('goes on after a bad one, says which, and gives each the results of a run of its own', async () => {
    const { code, out, err } = await run(
      ...['unmix', 'cube.hdr', 'short.img', 'cube.img', 'none.hdr'],
      ...['placed.img', 'mosaic/part/cube.hdr', 'one.dpt'],
      ...['--endmembers', '3', '--seed', '5', '--at-once', '2'],
      ...['--out', 'many'],
    );
    assert.equal(code, 2, err);
    assert.match(err, /^short\.img: .*short\.img.*bytes/m);
    assert.match(err, /none\.hdr: there is no such file\./);
    assert.match(err, /^one\.dpt: .*an image with a spectrum at each pixel/m);
    // A header and its data are one; folders of one name are told apart.
    assert.deepEqual(
      rowsOf(out).map((cells) => cells.slice(0, 3)),
      [
        ['cube.hdr', 'done', 'cube'],
        ['short.img', 'failed', rowsOf(out)[1][2]],
        ['none.hdr', 'failed', rowsOf(out)[2][2]],
        ['placed.img', 'done', 'placed'],
        ['mosaic/part/cube.hdr', 'done', 'cube-2'],
        ['one.dpt', 'failed', rowsOf(out)[5][2]],
      ],
    );
    assert.deepEqual(readdirSync(at('many')).sort(), [
      'cube',
      'cube-2',
      'placed',
      'summary.csv',
    ]);
    await run(
      ...['unmix', 'cube.hdr', '--endmembers', '3', '--seed', '5'],
      ...['--out', 'alone'],
    );
    for (const file of ['abundances.img', 'endmembers.csv', 'recipe.json'])
      assert.deepEqual(
        readFileSync(at('many/cube', file)),
        readFileSync(at('alone', file)),
        file,
      );
    const { meanAngle } = JSON.parse(
      readFileSync(at('many/cube/report.json'), 'utf8'),
    );
    const summary = readFileSync(at('many/summary.csv'), 'utf8').split('\n');
    assert.equal(
      summary[0],
      'file,state,folder,size,endmembers,mean angle (rad),rmse,seconds,warnings,reason',
    );
    assert.ok(
      summary[1].startsWith(
        `cube.hdr,done,cube,${width} x ${height} x ${bands},3,${meanAngle.toFixed(4)},`,
      ),
      summary[1],
    );
    assert.equal(summary.filter((line) => line.includes('failed')).length, 3);
  });

  it('takes one recipe for all', async () => {
    const { code, err } = await run(
      ...[
        'unmix',
        'cube.hdr',
        'placed.hdr',
        '--recipe',
        'many/cube/recipe.json',
      ],
      ...['--out', 'alike'],
    );
    assert.equal(code, 0, err);
    for (const name of ['cube', 'placed'])
      assert.deepEqual(
        readFileSync(at('alike', name, 'endmembers.csv')),
        readFileSync(at('many/cube/endmembers.csv')),
      );
  });

  it('keeps what is done when interrupted, and says how much that is', async () => {
    const child = spawn(
      process.execPath,
      [
        ...[program, 'unmix', 'cube.hdr', 'placed.hdr'],
        ...['--endmembers', '3', '--preset', 'pande2026'],
        ...['--backend', 'wasm', '--epochs', '100000'],
        ...['--at-once', '1', '--out', 'cut'],
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let out = '';
    let said = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    const ended = new Promise((resolve) => child.on('close', resolve));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    assert.equal(child.exitCode, null, said);
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.match(said, /Interrupted: 0 of 2 files are done\./);
    assert.deepEqual(
      rowsOf(out).map(([file, state]) => [file, state]),
      [
        ['cube.hdr', 'not run'],
        ['placed.hdr', 'not run'],
      ],
    );
    assert.deepEqual(readdirSync(at('cut')), ['summary.csv']);
  });
});

describe('stratigraph', () => {
  it('--help names all commands and every preset, --version the version of the package', async () => {
    const help = await run('--help');
    assert.equal(help.code, 0);
    for (const word of [
      'info',
      'convert',
      'unmix',
      'auto',
      'network',
      'pande2026',
      'mcr-als',
      '--fixed FILE',
      'softmaxScale',
    ])
      assert.ok(help.out.includes(word), word);
    const { out } = await run('--version');
    const { version } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    assert.equal(out.trim(), version);
  });
});
