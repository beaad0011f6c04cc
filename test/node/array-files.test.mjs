// Real files of arrays, where they lie beside the project. Known answers were read with h5py 3.7 and scipy.io 1.10
// (sums of 64-bit numbers), not with this code.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { bundled, filesAt, near, skip, sum } from './real.mjs';

const ends = ({ values, unit, quantity }) => [
  values.length,
  values[0],
  values[values.length - 1],
  unit,
  quantity,
];
/** Value (x, y, b) of a cube. */
const at = ({ width, axis, data: values }, x, y, b) =>
  values[(y * width + x) * axis.values.length + b];

describe('real files of arrays', { skip }, () => {
  let openFiles;
  before(async () => {
    ({ openFiles } = await bundled('formats/open.ts'));
  });

  const open = async (path, variable) => {
    const [file] = await filesAt(path);
    return openFiles([file], {
      variables: variable ? { [file.name]: variable } : {},
    });
  };

  it('a hyperspectral .ptir gives its infrared and its Raman map on the stage', async () => {
    const [infrared, raman, ...others] = await open('ptir/Hyper_Sample.ptir');
    assert.deepEqual(others, []);
    for (const { cube, missing } of [infrared, raman]) {
      assert.deepEqual([cube.width, cube.height], [7, 5]);
      assert.deepEqual(missing, []);
      assert.deepEqual(cube.geometry.spacing, [20, 20, 1]);
      assert.equal(cube.geometry.unit, 'µm');
      near(cube.geometry.origin[0], -4088.96337890625, 1e-9);
      near(cube.geometry.origin[1], 806.1981201171875, 1e-9);
    }
    assert.deepEqual(ends(infrared.cube.axis), [
      451,
      900,
      1800,
      'cm-1',
      'intensity',
    ]);
    near(at(infrared.cube, 0, 0, 0), 0.09639620035886765, 1e-9);
    near(at(infrared.cube, 0, 0, 100), 0.24598121643066406, 1e-9);
    near(at(infrared.cube, 6, 4, 450), 0.11582700163125992, 1e-9);
    near(sum(infrared.cube.data), 14964.2551909409, 1e-8);
    assert.deepEqual(ends(raman.cube.axis), [
      1024,
      180,
      2115.776611328125,
      'cm-1',
      'intensity',
    ]);
    near(at(raman.cube, 0, 0, 100), 5030.54443359375, 1e-9);
    near(sum(raman.cube.data), 259422804.88134766, 1e-5);
  });

  it('a .ptir of points gives its spectra, with the gap between the lasers, and its pictures in place', async () => {
    const [spectra, ...pictures] = await open('ptir/Spectra_w_Image.ptir');
    assert.deepEqual(spectra.spectra.names, ['IR Spectrum 1', 'IR Spectrum 2']);
    assert.deepEqual(ends(spectra.spectra.axis), [
      1046,
      930,
      3020,
      'cm-1',
      'intensity',
    ]);
    const second = spectra.spectra.data.subarray(1046);
    near(second[0], 7.0132012367248535, 1e-9);
    near(second[1045], 44.109519958496094, 1e-9);
    near(sum(second), 52314.378769397736, 1e-6);
    assert.ok(Number.isNaN(second[436]) && !Number.isNaN(second[435]));
    assert.ok(
      spectra.warnings.includes(
        'The background in Measurement_000 is skipped.',
      ),
    );
    assert.deepEqual(
      pictures.map(({ picture }) => picture.name),
      ['O-PTIR 1080 001', 'O-PTIR 1545 001', 'Copy of O-PTIR 1080 001'],
    );
    const { picture } = pictures[0];
    assert.deepEqual([picture.width, picture.height], [147, 169]);
    // 29.2 × 33.6 µm about (8737.25, -698.75); values from 1.83 (black) to 562 (white).
    near(picture.geometry.origin[0], 8737.25 - 14.6 + 0.0993197, 1e-5);
    near(picture.geometry.origin[1], 698.75 - 16.8 + 0.0994083, 1e-5);
    const grey = (value) => (255 * (value - 1.8348)) / (562.4184 - 1.8348);
    near(picture.data[0], grey(184.9253387451172), 1);
    near(picture.data[4 * (100 * 147 + 60)], grey(174.3158721923828), 1);
  });

  it('a NeXus scan by axis attributes, and the same layout without attributes, give their stacks', async () => {
    const [{ cube, type, missing }] = await open('hdf5/small_diamond_nxs.nxs');
    assert.equal(type, 'NeXus');
    assert.deepEqual([cube.width, cube.height], [6, 7]);
    assert.deepEqual(ends(cube.axis), [8, 278, 282.2, null, null]);
    assert.deepEqual(missing, ['unit', 'quantity']);
    // Its y rises with the row of the file: the last row lies at the top.
    assert.deepEqual(
      [at(cube, 0, 0, 0), at(cube, 0, 0, 7), at(cube, 5, 6, 3)],
      [1334, 1268, 1379],
    );
    assert.equal(sum(cube.data), 452027);
    near(cube.geometry.origin[0], -1.77900021, 1e-8);
    near(cube.geometry.origin[1], 2.74279824, 1e-8);
    const [{ cube: small }] = await open('hdf5/small_OK.hdf5');
    assert.deepEqual(ends(small.axis), [2, 100.1, 101.1, null, null]);
    // data[energy][y][x] = 1000 (1 + 2 energy + y) + 0.1 + x
    near(at(small, 1, 1, 0), 1001.1, 1e-4);
    near(at(small, 0, 0, 1), 4000.1, 1e-3);
    assert.deepEqual(small.geometry.origin, [1.1, -22.1, 0]);
  });

  it('Samson runs down its columns', async () => {
    const [{ cube, missing, warnings }] = await open('samson/samson_1.mat');
    assert.deepEqual([cube.width, cube.height], [95, 95]);
    assert.deepEqual(ends(cube.axis), [156, 1, 156, null, null]);
    assert.deepEqual(missing, ['axis', 'unit', 'quantity']);
    assert.deepEqual(warnings, []);
    // V[:, 95 x + y]
    near(at(cube, 0, 0, 0), 0.0256776, 1e-7);
    near(at(cube, 94, 0, 155), 0.40798859, 1e-7);
    near(at(cube, 40, 20, 77), 0.042796005706134094, 1e-8);
    near(sum(cube.data), 234604.54564907277, 1e-2);
  });

  it('endmembers beside names are spectra once they are chosen', async () => {
    const [asked] = await open('samson/end3.mat');
    assert.deepEqual(asked.variables, [
      { id: 'A', description: '3 × 9025, float64' },
      { id: 'M', description: '156 × 3, float64' },
    ]);
    const [{ spectra }] = await open('samson/end3.mat', 'M');
    assert.deepEqual(spectra.names, ['1-rock', '2-Tree', '3-water']);
    near(spectra.data[0], 0.10132159, 1e-7);
    near(spectra.data[156], 0.01052632, 1e-7);
    near(spectra.data[312], 0.16961617, 1e-7);
  });

  it('an image of rows × columns × bands, and matrices of spectra, give their values', async () => {
    const [{ cube }] = await open('sim1/Sim1_Y_clean.mat');
    assert.deepEqual([cube.width, cube.height], [105, 105]);
    near(at(cube, 50, 3, 100), 0.586085595190525, 1e-7);
    near(at(cube, 0, 104, 223), 0.5136524438858031, 1e-7);
    near(sum(cube.data), 1395749.0386953491, 1e-2);
    const [{ cube: list, missing }] = await open(
      'als2004/als2004dataset.MAT',
      'MATRIX',
    );
    assert.deepEqual([list.width, list.height], [204, 1]);
    assert.ok(missing.includes('width'));
    near(at(list, 100, 0, 50), 0.006914644424182892, 1e-9);
    near(sum(list.data), 1950.7475332844201, 1e-4);
    const [{ cube: pure }] = await open('micrograph/ReferenceSpectrumFull.mat');
    assert.deepEqual(
      [pure.width, ...ends(pure.axis)],
      [7, 1626, 1, 1626, null, null],
    );
    near(at(pure, 6, 0, 1625), 0.0434410547624579, 1e-8);
    near(at(pure, 3, 0, 800), 0.0224329185675247, 1e-8);
  });

  it('small files of Octave give their numbers, axis and names', async () => {
    const [{ cube }] = await open('matlab/wavenumbers.mat');
    assert.deepEqual([...cube.axis.values], [0, 0.5, 1]);
    assert.deepEqual([...cube.data], [5, 6, 7, 4, 5, 6]);
    const [{ spectra }] = await open('matlab/metas_mixed.mat');
    assert.deepEqual(spectra.names, ['first row', 'second row']);
    assert.deepEqual([...spectra.data], [5, 6, 7, 4, 5, 6]);
    const [{ kind }] = await open('matlab/metas_numeric.mat');
    assert.equal(kind, 'variables');
    for (const path of [
      'matlab/only_annotations.mat',
      'micrograph/TestWave.mat',
    ])
      await assert.rejects(open(path), {
        name: 'UnmixingError',
        message: /holds no array of numbers with two or three dimensions/,
      });
  });
});
