// Files of Bruker, PerkinElmer and Agilent instruments, where they lie beside the project. Known answers: the export of
// OPUS, the ENVI header that came with a tile, a spectrum that was taken out of its image, and numbers computed with
// numpy from the bytes and the documented layouts (np.frombuffer), not with this code.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { bundled, data, filesAt, near, skip, sum } from './real.mjs';

describe('files of instruments', { skip }, () => {
  let openFiles;
  before(async () => {
    ({ openFiles } = await bundled('formats/open.ts'));
  });

  const open = async (...paths) => {
    return openFiles(await filesAt(...paths));
  };

  it('peach_juice.0 is its .dpt export at every wavenumber, and holds four pictures', async () => {
    const [{ spectra, warnings }, ...pictures] =
      await open('opus/peach_juice.0');
    const rows = readFileSync(join(data, 'opus/peach_juice.dpt'), 'utf8')
      .split('\n')
      .map((line) =>
        line
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      )
      .filter((row) => row.length === 2 && row.every(Number.isFinite));
    assert.equal(rows.length, 1816);
    assert.equal(spectra.axis.values.length, 1816);
    rows.forEach(([wavenumber, value], i) => {
      near(spectra.axis.values[i] / wavenumber, 1, 1e-6);
      // The export has five digits behind the point.
      near(spectra.data[i], value, 5.1e-6);
    });
    assert.deepEqual(
      [spectra.axis.unit, spectra.axis.quantity, spectra.names],
      ['cm-1', 'reflectance', ['Peach juice colorful spot']],
    );
    assert.match(warnings.join(' '), /the reflectance is opened/);
    assert.deepEqual(
      pictures.map(({ kind, picture: { width, height, geometry } }) => [
        kind,
        width,
        height,
        geometry.unit,
      ]),
      [
        ['picture', 568, 414, 'µm'],
        ['picture', 568, 414, 'µm'],
        ['picture', 568, 414, 'µm'],
        // 45 photographs, 3 side by side.
        ['picture', 1704, 6210, 'µm'],
      ],
    );
    // Pos. X 89645 and PixelSizeX 0.39951 of the first; its upper edge at Pos. Y 72944 + 414 rows of 0.342586.
    const { origin, spacing } = pictures[0].picture.geometry;
    near(origin[0], 89645.5 * 0.399509996175766, 1e-9);
    near(origin[1], -73357.5 * 0.3425860106945038, 1e-9);
    near(spacing[1], 0.3425860106945038, 1e-15);
    // The third photograph is of a place that the mosaic shows too: 364 pixels from its second column's left edge.
    const [third, mosaic] = [pictures[2].picture, pictures[3].picture];
    const left =
      (third.geometry.origin[0] - mosaic.geometry.origin[0]) / spacing[0];
    const top =
      (third.geometry.origin[1] - mosaic.geometry.origin[1]) / spacing[1];
    near(left, 932, 1e-6);
    near(top, 5796, 1e-6);
    const grey = (picture, x, y) =>
      sum(
        picture.data.subarray(
          4 * (y * picture.width + x),
          4 * (y * picture.width + x) + 3,
        ),
      ) / 3;
    // Correlation of both, inside the frame of the optics, when the third is laid at this row of the mosaic.
    const likeness = (row) => {
      const both = [];
      for (let y = 60; y < 400; y += 5)
        for (let x = 60; x < 190; x += 5)
          both.push([
            grey(third, x, y),
            grey(mosaic, x + Math.round(left), y + row),
          ]);
      const means = [0, 1].map(
        (i) => sum(both.map((one) => one[i])) / both.length,
      );
      const product = (i, j) =>
        sum(both.map((one) => (one[i] - means[i]) * (one[j] - means[j])));
      return product(0, 1) / Math.sqrt(product(0, 0) * product(1, 1));
    };
    assert.ok(likeness(Math.round(top)) > 0.75);
    // Where it would lie if rows of photographs ran the other way.
    assert.ok(likeness(0) < 0.4);
  });

  for (const [name, points, first, last, quantity, sample, total] of [
    [
      '629266_1TP_A-1_C1.0',
      3578,
      7497.969434666015,
      599.7604151700439,
      'absorbance',
      '629266 1TP A-1;;;soil;soil',
      1949.9344501793385,
    ],
    [
      'MMP_2107_Test1.001',
      1899,
      11540,
      3948,
      'absorbance',
      'Sample_Milchpulver_MMP 2107.0',
      441.7977466136217,
    ],
    [
      'issue82_Opus_test.0',
      1112,
      12488,
      3600,
      'absorbance',
      'REP1;MPA2;3z1011119;Colza;Euralis',
      759.8383187651634,
    ],
    [
      'test_spectra.0',
      4819,
      7498.2916914224625,
      599.920606970787,
      'reflectance',
      'SB9742A;Marmar;;SMAP QUICK;Soil',
      1658.3596039880067,
    ],
  ])
    it(`${name} gives its points, ends, sample and values`, async () => {
      const [{ kind, spectra }] = await open(`opus/${name}`);
      assert.equal(kind, 'spectra');
      const { values, unit } = spectra.axis;
      assert.deepEqual([values.length, unit], [points, 'cm-1']);
      near(values[0], first, 1e-9);
      near(values[points - 1], last, 1e-9);
      assert.equal(spectra.axis.quantity, quantity);
      assert.deepEqual(spectra.names, [sample]);
      near(sum(spectra.data), total, 1e-6);
    });

  it('a PerkinElmer image gives its pixels, place on the stage and axis', async () => {
    const [{ cube, missing, warnings }] = await open(
      'perkinelmer/4x4_pixel_PE_image.fsm',
    );
    assert.deepEqual([cube.width, cube.height], [4, 4]);
    const { values, unit, quantity } = cube.axis;
    assert.deepEqual(
      [values.length, values[0], values[1], values[1625], unit, quantity],
      [1626, 4000, 3998, 750, 'cm-1', 'transmittance'],
    );
    assert.deepEqual(missing, []);
    assert.deepEqual(warnings, ['Values are in percent (%T), as in the file.']);
    const at = (x, y, b) => cube.data[(y * 4 + x) * 1626 + b];
    // Spectrum 12 of the file is the first of its last row, which lies highest on the stage.
    near(at(0, 0, 0), 100.15972900390625, 0);
    near(at(3, 0, 1625), 100.93017578125, 0);
    near(at(0, 3, 0), 98.4024658203125, 0);
    near(sum(cube.data), 2583198.2810668945, 1e-6);
    const { origin, spacing } = cube.geometry;
    near(origin[0], 17480, 1e-5);
    near(origin[1], -2899, 1e-5);
    near(spacing[0], 50, 1e-5);
    near(spacing[1], 50, 1e-5);
    assert.equal(cube.geometry.unit, 'µm');
  });

  it('a PerkinElmer spectrum is the pixel of the image out of which it was taken', async () => {
    const [{ spectra }] = await open('perkinelmer/single_PE_spectrum.sp');
    const [{ cube }] = await open('perkinelmer/4x4_pixel_PE_image.fsm');
    // "Spectrum 6 at 17530, 2799": second column, second row from below.
    const pixel = cube.data.subarray((2 * 4 + 1) * 1626, (2 * 4 + 2) * 1626);
    assert.deepEqual(spectra.data, pixel);
    assert.deepEqual(spectra.axis, cube.axis);
  });

  it('an Agilent tile is its ENVI image turned over, on the same axis', async () => {
    const tile = ['bsp', 'dat', 'hdr', 'seq'].map(
      (end) => `agilent/4_noimage_agg256.${end}`,
    );
    const [{ cube, missing, warnings }, ...others] = await open(...tile);
    assert.deepEqual(others, []);
    const [envi] = await open(tile[2], tile[1]);
    assert.deepEqual([cube.width, cube.height], [8, 8]);
    for (let y = 0; y < 8; y++)
      assert.deepEqual(
        cube.data.subarray(72 * y, 72 * (y + 1)),
        envi.cube.data.subarray(72 * (7 - y), 72 * (8 - y)),
      );
    envi.cube.axis.values.forEach((value, b) =>
      near(cube.axis.values[b], value, 1e-5),
    );
    assert.deepEqual(
      [cube.axis.unit, cube.axis.quantity, missing],
      ['cm-1', 'absorbance', []],
    );
    assert.deepEqual(warnings, [
      'Skipped, interferograms: 4_noimage_agg256.seq.',
    ]);
    // 16 detector pixels of 5.5 µm.
    assert.deepEqual(cube.geometry.spacing, [88, 88, 1]);
    assert.equal(cube.geometry.unit, 'µm');
  });

  it('an Agilent mosaic is put together as the instrument did', async () => {
    const named = (end) => `agilent/5_Mosaic_agg1024${end}`;
    const [{ cube }] = await open(
      'agilent/5_mosaic_agg1024.dmt',
      named('_0000_0000.dmd'),
      named('_0000_0001.dmd'),
      named('_0000_0001.drd'),
    );
    const [envi] = await open(named('.hdr'), named('.dat'));
    assert.deepEqual([cube.width, cube.height], [4, 8]);
    for (let y = 0; y < 8; y++)
      assert.deepEqual(
        cube.data.subarray(36 * y, 36 * (y + 1)),
        envi.cube.data.subarray(36 * (7 - y), 36 * (8 - y)),
      );
    assert.deepEqual(cube.geometry.spacing, [176, 176, 1]);
  });

  it('a folder of Agilent files opens as one cube a measurement', async () => {
    const files = readdirSync(join(data, 'agilent'));
    const opened = await open(...files.map((name) => `agilent/${name}`));
    assert.deepEqual(
      opened.map(({ kind, cube, picture }) => [
        kind,
        (cube ?? picture).name,
        (cube ?? picture).width,
        (cube ?? picture).height,
        cube?.axis.quantity,
      ]),
      [
        ['cube', '4_noimage_agg256', 8, 8, 'absorbance'],
        ['cube', '5_mosaic_agg1024', 4, 8, 'absorbance'],
        ['cube', 'background_agg256', 8, 8, 'intensity'],
        ['cube', 'tile', 20, 20, 'absorbance'],
        ['picture', 'tile, picture', 1396, 1375, undefined],
      ],
    );
    near(sum(opened[2].cube.data), 232.59995111823082, 1e-9);
  });

  it('an Agilent tile tells how many values stand at the ceiling', async () => {
    const [{ cube, warnings }] = await open(
      'agilent/tile.bsp',
      'agilent/tile.dat',
    );
    const { values } = cube.axis;
    assert.equal(values.length, 572);
    near(values[0], 1299.7869424819944, 1e-9);
    near(values[571], 3502.0965690612784, 1e-9);
    near(sum(cube.data), 36112.333401911856, 1e-6);
    near(cube.data[571], 0.016061151400208473, 0);
    near(cube.data[((19 - 12) * 20 + 7) * 572 + 100], 0.4435782730579376, 0);
    assert.deepEqual(warnings, [
      "1288 of 228800 values stand at 8, the instrument's ceiling.",
    ]);
    assert.deepEqual(cube.geometry.spacing, [20.6, 20.6, 1]);
  });
});
