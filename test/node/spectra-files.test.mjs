// Real files of Thermo OMNIC, Renishaw WiRE and in SPC, where they lie beside the project. Known answers were computed
// with numpy from the bytes and the layouts (np.frombuffer), not with this code; sums are of the values as 32-bit floats.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { bundled, data, filesAt, near, skip, sum } from './real.mjs';

/** A value of a spectrum: [spectrum, band, value]. */
const spcFiles = [
  {
    name: '4d_map.spc',
    kind: 'cube',
    spectra: 121,
    axis: [313, 798.3953857421875, 2001.77392578125, 'cm-1', 'absorbance'],
    value: [60, 156, 0.8074524402618408],
    sum: 15005.985667089,
  },
  {
    name: 'Ft-ir.spc',
    spectra: 1,
    axis: [1776, 4000, 450, 'cm-1', 'transmittance'],
    value: [0, 888, 96.27213287353516],
    sum: 150493.73670387268,
  },
  {
    name: 'NDR0002.SPC',
    spectra: 1,
    axis: [4069, 4011.202392578125, 88.63693237304688, 'cm-1', 'intensity'],
    value: [0, 2034, 0.0019483668729662895],
    sum: 20.419186847284436,
  },
  {
    name: 'NMR_FID.SPC',
    spectra: 1,
    axis: [16384, 0, 0.3268608, null, null],
    value: [0, 8192, -623400],
    sum: 6745984,
    warning: 'in seconds, which is no unit of spectra',
  },
  {
    name: 'NMR_SPC.SPC',
    spectra: 1,
    axis: [32768, 237.5145, -11.585677670069687, null, null],
    value: [0, 16384, -43900],
    sum: 24442610458,
    warning: 'in parts per million, which is no unit of spectra',
  },
  {
    name: 'RAMAN.SPC',
    spectra: 1,
    axis: [3632, 3996.8232421875, -3005.9560546875005, 'cm-1', 'intensity'],
    value: [0, 1816, 1.237623691558838],
    sum: 6484.2582359313965,
  },
  {
    name: 'm_evenz.spc',
    kind: 'cube',
    spectra: 32,
    axis: [171, 200, 800, 'nm', 'absorbance'],
    value: [16, 85, 0.6117261648178101],
    sum: 5752.069223742466,
  },
  {
    name: 'm_ordz.spc',
    kind: 'cube',
    spectra: 10,
    axis: [857, 698.229736328125, 4000.354736328125, 'cm-1', 'absorbance'],
    value: [5, 428, -0.056247636675834656],
    sum: -158.19636906683445,
  },
  {
    name: 'm_xyxy.spc',
    spectra: 1,
    axis: [8, 43.900001525878906, 25.850000381469727, null, null],
    value: [0, 0, 6823],
    sum: 45327,
    warning: 'their axes differ from the first: 511 of 512',
  },
  {
    name: 'ms.spc',
    spectra: 1,
    axis: [128, 42, 413, null, null],
    value: [0, 64, 644],
    sum: 83126,
    warning: 'in m/z, which is no unit of spectra',
  },
  {
    name: 'nir.spc',
    kind: 'cube',
    spectra: 20,
    axis: [700, 1100, 2498, 'nm', null],
    value: [10, 350, 0.28698018193244934],
    sum: 5834.226192491971,
    warning: 'Kubelka-Munk units',
  },
  {
    name: 'raman-sion.spc',
    kind: 'cube',
    spectra: 36,
    axis: [1015, 2801.458984375, 1218.43359375, 'cm-1', 'intensity'],
    value: [18, 507, 2104.81982421875],
    sum: 161337706.7838745,
  },
  {
    name: 'resolutionPro.spc',
    spectra: 1,
    axis: [1557, 499.5621681400001, 3500.792799900001, 'cm-1', 'absorbance'],
    value: [0, 0, 7],
    sum: 16948,
  },
  {
    name: 's_evenx.spc',
    spectra: 1,
    axis: [1844, 447.48406982421875, 4002.28173828125, 'cm-1', 'absorbance'],
    value: [0, 922, 0.000046993372961878777],
    sum: 23.572040791623294,
  },
  {
    name: 's_xy.spc',
    spectra: 1,
    axis: [512, 1.0866667032241821, 6.017166614532471, null, null],
    value: [0, 256, 38961],
    sum: 30065112,
    warning: 'in minutes, which is no unit of spectra',
  },
];

const axisOf = ({ values, unit, quantity }) => [
  values.length,
  values[0],
  values[values.length - 1],
  unit,
  quantity,
];

describe('real files of spectra', { skip }, () => {
  let openFiles;
  before(async () => {
    ({ openFiles } = await bundled('formats/open.ts'));
  });

  const open = async (path) => openFiles(await filesAt(path));

  it('an OMNIC .spa gives its spectrum', async () => {
    const [{ kind, type, spectra }, ...others] =
      await open('omnic/sample1.spa');
    assert.deepEqual(
      [kind, type, others.length],
      ['spectra', 'Thermo OMNIC', 0],
    );
    assert.deepEqual(axisOf(spectra.axis), [
      1738,
      3999.703125,
      649.903564453125,
      'cm-1',
      'absorbance',
    ]);
    near(spectra.data[0], 0.043998364, 1e-8);
    near(sum(spectra.data), 180.31563295790693, 1e-9);
    // Protein: amide I at 1655, far above the silent region at 2000 cm-1.
    const at = (wavenumber) =>
      spectra.data[
        spectra.axis.values.findIndex((value) => value <= wavenumber)
      ];
    assert.ok(at(1655) > 5 * at(2000));
  });

  it('an OMNIC .map gives its cube and the picture under it', async () => {
    const [{ cube, missing }, { picture }] = await open(
      'omnic/small_Omnic.map',
    );
    assert.deepEqual([cube.width, cube.height], [2, 2]);
    assert.deepEqual(axisOf(cube.axis), [
      14,
      1604.510009765625,
      1805.0740966796875,
      'cm-1',
      'intensity',
    ]);
    assert.deepEqual(missing, []);
    // The first row is the one of the higher y on the stage: spectra 3 and 4, then 1 and 2.
    near(cube.data[0], 4.07233190536499, 1e-9);
    near(cube.data[14], 4.212184906005859, 1e-9);
    near(cube.data[28], 3.982954502105713, 1e-9);
    near(cube.data[42], 4.013092517852783, 1e-9);
    near(sum(cube.data), 207.17489314079285, 1e-9);
    assert.deepEqual(
      cube.geometry.origin,
      [-14598.640625, 3028.07568359375, 0],
    );
    assert.deepEqual(cube.geometry.spacing, [10, 10, 1]);
    assert.equal(cube.geometry.unit, 'µm');
    assert.deepEqual([picture.width, picture.height], [833, 687]);
    assert.equal(sum(picture.data), 21385026 + 255 * 833 * 687);
    assert.deepEqual([...picture.data.slice(0, 4)], [12, 12, 12, 255]);
    // Both are centred on one place.
    const centre = ({ width, height, geometry: { origin, spacing } }) => [
      origin[0] + ((width - 1) / 2) * spacing[0],
      origin[1] + ((height - 1) / 2) * spacing[1],
    ];
    const [x, y] = centre(picture);
    near(x, centre(cube)[0], 0.01);
    near(y, centre(cube)[1], 0.01);
  });

  it('a .wdf map gives its cube and its white-light image, as a JPEG reader decodes it', async () => {
    const path = 'wdf/renishaw_test_map.wdf';
    const [{ cube, missing }, { picture }] = await open(path);
    assert.deepEqual([cube.width, cube.height], [3, 3]);
    assert.deepEqual(axisOf(cube.axis), [
      47,
      350.67730712890625,
      346.7727966308594,
      'nm',
      'intensity',
    ]);
    assert.deepEqual(missing, []);
    near(cube.data[0], 2.0856183, 1e-7);
    near(cube.data[9 * 47 - 1], 0.680512, 1e-7);
    near(sum(cube.data), 665.0569956898689, 1e-9);
    assert.deepEqual(cube.geometry.origin, [-100, -100, 0]);
    assert.deepEqual(cube.geometry.spacing, [100, 100, 1]);
    assert.deepEqual([picture.width, picture.height], [752, 480]);
    // 649.714 x 411.5 µm from (-328.641, -212.765).
    near(752 * picture.geometry.spacing[0], 649.714, 1e-9);
    near(480 * picture.geometry.spacing[1], 411.5, 1e-9);
    near(picture.geometry.origin[0], -328.641 + 649.714 / 752 / 2, 1e-9);
    near(picture.geometry.origin[1], -212.765 + 411.5 / 480 / 2, 1e-9);
    const jpeg = readFileSync(join(data, path)).subarray(309203, 318011);
    const [alone] = await openFiles([new File([jpeg], 'alone.jpg')]);
    const differences = picture.data.map((value, i) =>
      Math.abs(value - alone.picture.data[i]),
    );
    assert.ok(sum(differences) / differences.length < 0.5);
  });

  it('every SPC file is known', () => {
    assert.deepEqual(
      readdirSync(join(data, 'spc')).sort(),
      spcFiles.map(({ name }) => name).sort(),
    );
  });

  for (const { name, kind = 'spectra', spectra, axis, ...known } of spcFiles)
    it(`${name} gives its spectra, axis and values`, async () => {
      const [opened] = await open(`spc/${name}`);
      assert.equal(opened.kind, kind);
      const read = opened.cube ?? opened.spectra;
      assert.deepEqual(axisOf(read.axis), axis);
      assert.equal(read.data.length, spectra * axis[0]);
      const [n, band, value] = known.value;
      assert.equal(read.data[n * axis[0] + band], value);
      near(sum(read.data), known.sum, 1e-12 * Math.abs(known.sum));
      assert.ok(
        !known.warning ||
          opened.warnings.some((warning) => warning.includes(known.warning)),
        opened.warnings.join(' '),
      );
    });

  it('an SPC map of 11 x 11 lies on a grid of 10 µm', async () => {
    const [{ cube, missing }] = await open('spc/4d_map.spc');
    assert.deepEqual([cube.width, cube.height], [11, 11]);
    assert.deepEqual(cube.geometry.spacing, [10, 10, 1]);
    assert.equal(cube.geometry.unit, 'µm');
    assert.deepEqual(missing, []);
  });
});
