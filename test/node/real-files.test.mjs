// Real files of instruments, where they lie beside the project. Known answers were computed with numpy 2 from the
// bytes and the layout that each format documents (np.fromfile, reshape), not with this code.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { bundled, filesAt, near, skip, sum } from './real.mjs';

describe('real files', { skip }, () => {
  let openFiles;
  before(async () => {
    ({ openFiles } = await bundled('formats/open.ts'));
  });

  const open = async (...paths) => {
    const [opened] = await openFiles(await filesAt(...paths));
    return opened;
  };

  it('an FTIR image whose header leaves out byte order and unit gives its values, axis and pixel size', async () => {
    const { cube, missing, warnings } = await open(
      'envi/CA_tiny_map/CA small UF.hdr',
      'envi/CA_tiny_map/CA small UF.dat',
    );
    assert.deepEqual([cube.width, cube.height], [16, 13]);
    const { values, unit, quantity } = cube.axis;
    assert.deepEqual(
      [values.length, values[0], values[426], unit, quantity],
      [427, 717.42, 4003.67, 'cm-1', 'absorbance'],
    );
    assert.deepEqual(missing, []);
    assert.deepEqual(warnings, [
      'The header does not say its byte order: little-endian is taken.',
    ]);
    const at = (x, y, b) => cube.data[(y * 16 + x) * 427 + b];
    near(at(0, 0, 0), -0.8599975, 1e-7);
    near(at(7, 5, 100), 0.12690623, 1e-7);
    near(at(15, 12, 426), -0.74073964, 1e-7);
    near(sum(cube.data), -17442.98912147709, 1e-6);
    assert.deepEqual(cube.geometry.spacing, [25, 25, 1]);
    assert.equal(cube.geometry.unit, 'µm');
  });

  it('a tile with a header offset, band after band, gives its values', async () => {
    const { cube, missing } = await open(
      'agilent/4_noimage_agg256.hdr',
      'agilent/4_noimage_agg256.dat',
    );
    const at = (x, y, b) => cube.data[(y * 8 + x) * 9 + b];
    near(at(0, 0, 0), 1.3126681, 1e-7);
    near(at(5, 2, 4), 1.1065958, 1e-7);
    near(at(7, 7, 8), 1.3451254, 1e-7);
    near(sum(cube.data), 547.0907884985209, 1e-9);
    assert.deepEqual(missing, ['unit', 'quantity']);
  });

  it('a library of pigments gives every spectrum and its name', async () => {
    const { kind, spectra } = await open(
      'libraries/__speclib_averages.sli',
      'libraries/__speclib_averages.hdr',
    );
    assert.equal(kind, 'spectra');
    assert.equal(spectra.names.length, 1592);
    assert.equal(new Set(spectra.names).size > 1, true);
    assert.equal(spectra.axis.unit, 'nm');
    near(spectra.axis.values[0], 405.369888, 1e-9);
    near(spectra.axis.values[185], 995.827873, 1e-9);
    near(spectra.data[800 * 186 + 90], 0.16330063, 1e-7);
    near(spectra.data[1591 * 186 + 185], 0.12198524, 1e-7);
    near(sum(spectra.data), 87487.73736262694, 1e-6);
  });

  it('a .dpt export of OPUS, with comments, gives its points', async () => {
    const { kind, spectra } = await open('opus/peach_juice.dpt');
    assert.equal(kind, 'spectra');
    const { values, unit } = spectra.axis;
    assert.deepEqual(
      [values.length, values[0], values[1815], unit],
      [1816, 4000.1161, 499.53234, 'cm-1'],
    );
    near(spectra.data[0], 0.90603, 1e-7);
    near(sum(spectra.data), 1395.4402101635933, 1e-9);
  });

  it('a micrograph gives its size and opaque colours', async () => {
    const { kind, picture } = await open('micrograph/Test.png');
    assert.equal(kind, 'picture');
    assert.deepEqual([picture.width, picture.height], [128, 219]);
    assert.deepEqual([...picture.data.slice(0, 4)], [165, 156, 142, 255]);
  });
});
