// Real tables of text, RRUFF and JCAMP-DX files, where they lie beside the project, and what an independent reader
// makes of JCAMP-DX that we wrote. Known answers were computed with numpy from the text, not with this code; sums are
// of the values as 32-bit floats.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { convert } from 'jcampconverter';
import { bundled, data, filesAt, near, skip, sum } from './real.mjs';

let openFiles;
let writeJcamp;
before(async () => {
  ({ openFiles, writeJcamp } = await bundled(
    'formats/open.ts',
    'formats/jcamp/write.ts',
  ));
});

const open = async (path) => {
  const [opened] = await openFiles(await filesAt(path));
  return opened;
};

describe('real files of text', { skip }, () => {
  it('a map with a spectrum a row lies where its columns of x and y say', async () => {
    const { cube, missing, warnings } = await open('text/map_test.xyz');
    assert.deepEqual([cube.width, cube.height], [4, 4]);
    const { values, unit, quantity } = cube.axis;
    assert.deepEqual(
      [values.length, values[0], values[8], unit, quantity],
      [9, 1641.69, 1634.84, null, null],
    );
    assert.deepEqual(missing, ['unit', 'quantity']);
    assert.deepEqual(warnings, [
      'map_test.xyz does not say the unit of its positions: µm is taken.',
    ]);
    // x 1 to 7 by 2, y 4 to 13 by 3, and the highest y is the first row.
    assert.deepEqual(cube.geometry.origin, [1, -13, 0]);
    assert.deepEqual(cube.geometry.spacing, [2, 3, 1]);
    const at = (x, y, b) => cube.data[(y * 4 + x) * 9 + b];
    near(at(0, 0, 0), 0.1243, 1e-7);
    near(at(3, 1, 8), 0.122, 1e-7);
    near(at(1, 2, 0), 0.1243, 1e-7);
    near(at(3, 3, 8), 0.1259, 1e-7);
    near(sum(cube.data), 17.92930007725954, 1e-9);
  });

  it('rows of two scans of one area are a list, since each place comes twice', async () => {
    const { cube, missing, warnings } = await open(
      'text/three_coordinates_data.csv',
    );
    assert.deepEqual([cube.width, cube.height], [50, 1]);
    assert.deepEqual([...cube.axis.values], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(missing, ['unit', 'quantity', 'width']);
    assert.equal(warnings.length, 2);
    near(cube.data[499], 0.08604118227958679, 1e-8);
    near(sum(cube.data), 36.05709631962236, 1e-9);
  });

  it('an interferogram has no wavenumbers', async () => {
    const { spectra } = await open('opus/IFG_single.dpt');
    const { values, unit } = spectra.axis;
    assert.deepEqual(
      [values.length, values[0], values[3681], unit],
      [3682, 0, 3681, null],
    );
    near(sum(spectra.data), 0.11753358001795888, 1e-12);
  });

  it('all 51 minerals of RRUFF give their points under their names', async () => {
    const files = readdirSync(join(data, 'rruff'));
    assert.equal(files.length, 51);
    const all = [];
    for (const name of files) all.push(await open(`rruff/${name}`));
    for (const [i, { spectra, type }] of all.entries()) {
      assert.equal(type, 'RRUFF');
      assert.deepEqual(
        [spectra.axis.unit, spectra.axis.quantity],
        ['cm-1', null],
      );
      const [mineral, id] = files[i].split('__');
      assert.deepEqual(spectra.names, [`${mineral} ${id.slice(0, 7)}`]);
    }
    const points = all.map(({ spectra }) => spectra.data);
    assert.equal(sum(points.map(({ length }) => length)), 80141);
    near(sum(points.map(sum)), 7930.373310945752, 1e-6);
    const { axis, data: goethite } =
      all[files.findIndex((name) => name.includes('__971'))].spectra;
    assert.deepEqual(
      [axis.values.length, axis.values[0], axis.values[337]],
      [338, 50.14013, 700.0332],
    );
    near(goethite[100], 0.09997893, 1e-8);
    near(sum(goethite), 29.971670608967543, 1e-9);
  });

  for (const [file, title, quantity, ends, values, total] of [
    [
      'ethylbenzene.jdx',
      'ETHYL BENZENE',
      'transmittance',
      [1991, 589.426, 3942.42],
      [0.62, 0.906, 0.879],
      1554.795097867027,
    ],
    [
      'fitr_nitrocellulose.jdx',
      'Nitrocellulose',
      'reflectance',
      [7154, 7498.994, 599.91952],
      [0.6897301124005768, 0.36288231889669836, 0.04090091252957278],
      1393.0156483044848,
    ],
  ])
    it(`${file} of NIST gives its points, and the same as jcampconverter`, async () => {
      const { spectra, warnings } = await open(`jcamp/${file}`);
      assert.deepEqual(spectra.names, [title]);
      const { axis } = spectra;
      assert.deepEqual(
        [axis.values.length, axis.values[0], axis.values.at(-1)],
        ends,
      );
      assert.deepEqual([axis.unit, axis.quantity], ['cm-1', quantity]);
      assert.deepEqual(warnings, []);
      [0, 1000, ends[0] - 1].forEach((b, i) =>
        near(spectra.data[b], values[i], 1e-7),
      );
      near(sum(spectra.data), total, 1e-6);
      const text = readFileSync(join(data, 'jcamp', file), 'utf8');
      const { x, y } = convert(text).flatten[0].spectra[0].data;
      assert.deepEqual([...spectra.data], y.map(Math.fround));
      axis.values.forEach((value, b) => near(value, x[b], 1e-6));
    });
});

/** Whole numbers as one line of differences and repeats, by the tables of the standard; and a line with the check. */
function compress(values) {
  const digits = (value, plus, minus) => {
    const text = String(Math.abs(value));
    const first = Number(text[0]);
    const sign = value < 0 ? minus[first - 1] : plus[first];
    return `${sign}${text.slice(1)}`;
  };
  let line = digits(values[0], '@ABCDEFGHI', 'abcdefghi');
  for (let i = 1; i < values.length;) {
    const step = values[i] - values[i - 1];
    let times = 1;
    while (values[i + times] - values[i + times - 1] === step) times++;
    line += digits(step, '%JKLMNOPQR', 'jklmnopqr');
    if (times > 1) line += digits(times, ' STUVWXYZs', '');
    i += times;
  }
  return [
    `1${line}`,
    `${values.length}${digits(values.at(-1), '@ABCDEFGHI', 'abcdefghi')}`,
  ];
}

describe('JCAMP-DX beside jcampconverter', () => {
  it('compressed spectra read the same', async () => {
    const values = Array.from(
      { length: 4000 },
      (_, i) => Math.round(900 * Math.sin(i / 40) * ((i >> 9) % 2)) + 0,
    );
    const text = [
      '##TITLE=waves',
      '##JCAMP-DX=4.24',
      '##DATA TYPE=INFRARED SPECTRUM',
      '##XUNITS=1/CM',
      '##YUNITS=ABSORBANCE',
      '##XFACTOR=1',
      '##YFACTOR=0.001',
      '##FIRSTX=1',
      '##LASTX=4000',
      '##NPOINTS=4000',
      '##XYDATA=(X++(Y..Y))',
      ...compress(values),
      '##END=',
    ].join('\n');
    const [{ spectra }] = await openFiles([new File([text], 'waves.jdx')]);
    assert.deepEqual(
      [...spectra.data],
      values.map((value) => Math.fround(value * 0.001)),
    );
    const { y } = convert(text).flatten[0].spectra[0].data;
    assert.deepEqual([...spectra.data], y.map(Math.fround));
  });

  it('what we wrote gives it every value as 32 bits, name and unit, in blocks too', () => {
    const values = Float32Array.from({ length: 60 }, (_, i) =>
      Math.fround(Math.sin(i) * 10 ** ((i % 30) - 20)),
    );
    const [{ content }] = writeJcamp({
      name: 'all',
      axis: {
        values: Float64Array.from({ length: 20 }, (_, b) => 4000.1 - 1.93 * b),
        unit: 'cm-1',
        quantity: 'absorbance',
      },
      names: ['lead white', 'azurite', 'gap'],
      data: values,
    });
    const { flatten } = convert(content);
    const read = flatten.filter(({ spectra }) => spectra.length > 0);
    assert.deepEqual(
      read.map(({ title }) => title),
      ['lead white', 'azurite', 'gap'],
    );
    assert.deepEqual(
      read.flatMap(({ spectra }) => spectra[0].data.y.map(Math.fround)),
      [...values],
    );
    const [{ data: first, xUnits, yUnits }] = read[0].spectra;
    assert.deepEqual([xUnits, yUnits], ['1/CM', 'ABSORBANCE']);
    first.x.forEach((x, b) => near(x, 4000.1 - 1.93 * b, 1e-9));
  });
});
