import { expect } from '@open-wc/testing';
import { unitGeometry } from '../../src/spectral/cube.js';
import { openFiles } from '../../src/formats/open.js';
import type { Opened } from '../../src/formats/opened.js';
import type { Picture } from '../../src/spectral/cube.js';
import { file, itkAssets, lines, openCube, openOne, refusal } from './files.js';

/** 0, 1, 2 … as bytes. */
const counting = (n: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: n }, (_, i) => i);

const nrrd = (...fields: string[]): string =>
  lines(
    'NRRD0004',
    'type: float',
    'endian: little',
    'encoding: raw',
    ...fields,
  );

/** 3 x 2 pixels, 4 bands as the third axis; x runs along the world's +y, y along its -x. */
const rotated = [
  'dimension: 3',
  'space: left-posterior-superior',
  'sizes: 3 2 4',
  'space directions: (0,2,0) (-3,0,0) (0,0,5)',
  'space origin: (10,20,30)',
];
/** Value (x, y, b) of a counting band-sequential file, by pixel. */
const turned = Array.from(
  { length: 24 },
  (_, i) => (i % 4) * 6 + Math.floor(i / 4),
);

const meta = (dataFile: string, ...more: string[]): string =>
  lines(
    'ObjectType = Image',
    'NDims = 3',
    'DimSize = 3 2 4',
    'ElementType = MET_FLOAT',
    'ElementSpacing = 2 3 5',
    'Offset = 10 20 30',
    'TransformMatrix = 0 1 0 -1 0 0 0 0 1',
    ...more,
    `ElementDataFile = ${dataFile}`,
  );

function expectRotatedCube(opened: Opened): void {
  if (opened.kind !== 'cube') throw new Error(`a ${opened.kind} was opened`);
  const { cube } = opened;
  expect([cube.width, cube.height]).to.deep.equal([3, 2]);
  expect([...cube.data]).to.deep.equal(turned);
  expect([...cube.axis.values]).to.deep.equal([1, 2, 3, 4]);
  expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
  expect(cube.geometry.origin).to.deep.equal([10, 20, 30]);
  expect(cube.geometry.spacing).to.deep.equal([2, 3, 5]);
  // Column 0 is the world direction of x: +y; column 1 that of y: -x.
  expect(cube.geometry.direction.map((d) => d + 0)).to.deep.equal([
    0, -1, 0, 1, 0, 0, 0, 0, 1,
  ]);
  expect(cube.geometry.unit).to.equal('mm');
}

async function openPicture(...files: File[]): Promise<Picture> {
  const opened = await openOne(...files);
  if (opened.kind !== 'picture') throw new Error(`a ${opened.kind} was opened`);
  return opened.picture;
}

/** A picture encoded by the browser. */
async function encoded(type: string, rgba: number[]): Promise<Blob> {
  const canvas = new OffscreenCanvas(rgba.length / 4, 1);
  const context = canvas.getContext('2d')!;
  context.putImageData(
    new ImageData(new Uint8ClampedArray(rgba), rgba.length / 4, 1),
    0,
    0,
  );
  return canvas.convertToBlob({ type, quality: 1 });
}

/** A NIfTI-1 file of 3 x 2 x 4 floats. */
function nifti(values: Float32Array): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(352 + 4 * values.length));
  view.setInt32(0, 348, true);
  [3, 3, 2, 4, 1, 1, 1, 1].forEach((size, i) => {
    view.setInt16(40 + 2 * i, size, true);
  });
  view.setInt16(70, 16, true);
  view.setInt16(72, 32, true);
  [1, 2, 3, 5, 1].forEach((size, i) => {
    view.setFloat32(76 + 4 * i, size, true);
  });
  view.setFloat32(108, 352, true);
  view.setUint32(344, 0x00312b6e, true);
  values.forEach((value, i) => {
    view.setFloat32(352 + 4 * i, value, true);
  });
  return view.buffer;
}

describe('images read by itk-wasm', () => {
  it('a rotated NRRD with bands as third axis gives every value and its place in the world', async () => {
    expectRotatedCube(
      await openOne(file('r.nrrd', nrrd(...rotated), '\n', counting(24))),
    );
  });

  it('a detached NRRD finds its data in either order of the files', async () => {
    const header = file('r.nhdr', nrrd(...rotated, 'data file: r.raw'));
    const data = file('r.raw', counting(24));
    expectRotatedCube(await openOne(header, data));
    expectRotatedCube(await openOne(data, header));
  });

  it('a rotated MetaImage, whole or in two files, gives the same', async () => {
    expectRotatedCube(
      await openOne(file('r.mha', meta('LOCAL'), counting(24))),
    );
    expectRotatedCube(
      await openOne(file('r.mhd', meta('r.raw')), file('r.raw', counting(24))),
    );
  });

  it('components of a flat NRRD are bands', async () => {
    const cube = await openCube(
      file(
        'v.nrrd',
        nrrd('dimension: 3', 'sizes: 6 3 2', 'kinds: vector domain domain'),
        '\n',
        counting(36),
      ),
    );
    expect(cube.axis.values).to.have.length(6);
    expect([...cube.data]).to.deep.equal([...counting(36)]);
    expect(cube.geometry.unit).to.equal(null);
  });

  it('the unit of an NRRD is what it says; one that we do not know is none', async () => {
    const unitOf = async (unit: string) =>
      (
        await openCube(
          file(
            'u.nrrd',
            nrrd(...rotated, `space units: "${unit}" "${unit}" "${unit}"`),
            '\n',
            counting(24),
          ),
        )
      ).geometry.unit;
    expect(await unitOf('µm')).to.equal('µm');
    expect(await unitOf('microns')).to.equal('µm');
    expect(await unitOf('mm')).to.equal('mm');
    expect(await unitOf('km')).to.equal(null);
  });

  it('a NIfTI whose steps go backwards opens without its place, and says so', async () => {
    const damaged = nifti(counting(24));
    new DataView(damaged).setFloat32(80, -5, true);
    const opened = await openOne(file('n.nii', damaged));
    if (opened.kind !== 'cube') throw new Error(`a ${opened.kind} was opened`);
    expect(opened.cube.geometry).to.deep.equal(unitGeometry);
    expect(opened.warnings[0]).to.include('is not usable (steps of');
  });

  it('a NIfTI with bands as third axis gives every value', async () => {
    const cube = await openCube(file('n.nii', nifti(counting(24))));
    expect([...cube.data]).to.deep.equal(turned);
    expect(cube.geometry.spacing).to.deep.equal([2, 3, 5]);
  });

  it('values that are no numbers are counted', async () => {
    const values = counting(24);
    values[3] = NaN;
    values[5] = -Infinity;
    const { warnings } = await openOne(
      file('r.nrrd', nrrd(...rotated), '\n', values),
    );
    expect(warnings).to.deep.equal([
      '1 value of 24 is not a number.',
      '1 value of 24 is infinite.',
    ]);
  });

  it('a PNG keeps its colours and alpha exactly', async () => {
    const rgba = [255, 0, 0, 255, 0, 128, 255, 255, 7, 8, 9, 255];
    const picture = await openPicture(
      file('p.png', await encoded('image/png', rgba)),
    );
    expect([picture.width, picture.height]).to.deep.equal([3, 1]);
    expect([...picture.data]).to.deep.equal(rgba);
  });

  it('a JPEG gives its colour', async () => {
    const rgba = Array.from(
      { length: 64 },
      (_, i) => [200, 60, 30, 255][i % 4],
    );
    const { data } = await openPicture(
      file('p.jpg', await encoded('image/jpeg', rgba)),
    );
    expect(data[0]).to.be.closeTo(200, 4);
    expect(data[1]).to.be.closeTo(60, 4);
    expect(data[2]).to.be.closeTo(30, 4);
    expect(data[3]).to.equal(255);
  });

  it('asks nothing of another origin', async () => {
    performance.clearResourceTimings();
    await openOne(file('r.nrrd', nrrd(...rotated), '\n', counting(24)));
    const asked = performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).origin);
    expect(asked).to.include(location.origin);
    expect(new Set(asked)).to.have.length(1);
  });
});

describe('a bad image is refused with a sentence', () => {
  const cases: [string, () => File[] | Promise<File[]>, string][] = [
    [
      'a truncated NRRD gives both sizes',
      () => [file('r.nrrd', nrrd(...rotated), '\n', counting(20))],
      'r.nrrd holds 80 bytes of values but its header declares 96 bytes.',
    ],
    [
      'a truncated MetaImage gives both sizes',
      () => [file('r.mha', meta('LOCAL'), counting(20))],
      'r.mha holds 80 bytes of values but its header declares 96 bytes.',
    ],
    [
      'a truncated NIfTI gives both sizes',
      () => [file('n.nii', nifti(counting(24)).slice(0, 400))],
      'n.nii holds 48 bytes of values but its header declares 96 bytes.',
    ],
    [
      'a compressed NRRD of a size that no machine holds',
      () => [
        file(
          'h.nrrd',
          'NRRD0004\ntype: float\ndimension: 3\nsizes: 100000 100000 1000\nencoding: gzip\n\nx',
        ),
      ],
      'h.nrrd declares an image of 40.0 TB (want at most 2.1 GB).',
    ],
    [
      'an NRRD of zero pixels',
      () => [file('z.nrrd', nrrd('dimension: 2', 'sizes: 0 5'), '\n')],
      'z.nrrd declares an image without values',
    ],
    [
      'a truncated PNG',
      async () => [
        file(
          'p.png',
          (await encoded('image/png', Array<number>(400).fill(77))).slice(
            0,
            50,
          ),
        ),
      ],
      'p.png is damaged or cut short: it cannot be read as PNG.',
    ],
    [
      'a PNG that is none',
      () => [file('p.png', 'GIF89a')],
      'p.png is named like PNG but does not hold it',
    ],
    [
      'a detached header without its data',
      () => [file('r.nhdr', nrrd(...rotated, 'data file: other.raw'))],
      'r.nhdr is a header without its data: open it together with other.raw.',
    ],
    [
      'a volume of many components',
      () => [
        file(
          'v.mha',
          meta('LOCAL', 'ElementNumberOfChannels = 6'),
          counting(144),
        ),
      ],
      'v.mha is a volume of 3 x 2 x 4 with 6 components',
    ],
    [
      'something else',
      () => [file('notes.abc', '\0\0\0')],
      'notes.abc is in no format that can be opened',
    ],
  ];
  for (const [title, files, sentence] of cases)
    it(title, async () => {
      expect(await refusal(...(await files()))).to.contain(sentence);
    });

  it('a reader that cannot be loaded, without waiting for it', async () => {
    let message = '';
    try {
      await openFiles([file('r.nrrd', nrrd(...rotated), '\n', counting(24))], {
        itkAssets: '/nowhere',
      });
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).to.contain('The reader of image files cannot be loaded');
    expect(message).to.contain('/nowhere/itk-wasm-pipeline.worker.js');
  });

  it('a page that does not say where the reader lies', async () => {
    let message = '';
    try {
      await openFiles([file('r.nrrd', nrrd(...rotated), '\n', counting(24))]);
    } catch (error) {
      message = error instanceof Error ? error.message : '';
    }
    expect(message).to.contain('itkAssets');
  });

  it('an aborted read rejects with the reason given', async () => {
    const aborter = new AbortController();
    const reason = new Error('enough');
    const opening = openFiles(
      [file('r.nrrd', nrrd(...rotated), '\n', counting(24))],
      { itkAssets, signal: aborter.signal },
    );
    aborter.abort(reason);
    const caught: unknown = await opening.then(
      () => null,
      (error: unknown) => error,
    );
    expect(caught).to.equal(reason);
  });
});
