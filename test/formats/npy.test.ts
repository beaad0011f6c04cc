import { expect } from '@open-wc/testing';
import { writeNpy } from '../../src/formats/npy/write.js';
import type { SavedImage } from '../../src/formats/saved.js';
import { file, openCube, openOne, refusal } from './files.js';

/** A .npy as NumPy lays it down. */
function npy(
  name: string,
  descr: string,
  shape: string,
  values: BlobPart,
  { fortran = false, version = 1 } = {},
): File {
  const words = `{'descr': ${descr}, 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }\n`;
  const size = new DataView(new ArrayBuffer(version === 1 ? 2 : 4));
  if (version === 1) size.setUint16(0, words.length, true);
  else size.setUint32(0, words.length, true);
  return file(
    name,
    new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0]),
    size,
    words,
    values,
  );
}

const height = 2;
const width = 3;
const bands = 4;
const expected = Array.from({ length: height * width * bands }, (_, i) => i);
/** The same values with the first index running fastest: (y, x, b) at y + height (x + width b). */
const columnMajor = expected.map((_, i) => {
  const y = i % height;
  const x = Math.floor(i / height) % width;
  return (y * width + x) * bands + Math.floor(i / (height * width));
});

type Setter = (view: DataView, at: number, v: number, little: boolean) => void;
const types: [string, number, Setter][] = [
  ['i1', 1, (d, i, v) => d.setInt8(i, v)],
  ['u1', 1, (d, i, v) => d.setUint8(i, v)],
  ['i2', 2, (d, i, v, l) => d.setInt16(i, v, l)],
  ['u2', 2, (d, i, v, l) => d.setUint16(i, v, l)],
  ['i4', 4, (d, i, v, l) => d.setInt32(i, v, l)],
  ['u4', 4, (d, i, v, l) => d.setUint32(i, v, l)],
  ['i8', 8, (d, i, v, l) => d.setBigInt64(i, BigInt(v), l)],
  ['u8', 8, (d, i, v, l) => d.setBigUint64(i, BigInt(v), l)],
  ['f4', 4, (d, i, v, l) => d.setFloat32(i, v, l)],
  ['f8', 8, (d, i, v, l) => d.setFloat64(i, v, l)],
];

describe('a NumPy array', () => {
  for (const [type, bytes, set] of types)
    it(`of ${type} in both byte and index orders gives the value of every place`, async () => {
      for (const little of [true, false])
        for (const fortran of [true, false]) {
          const view = new DataView(new ArrayBuffer(bytes * expected.length));
          (fortran ? columnMajor : expected).forEach((v, i) =>
            set(view, i * bytes, v, little),
          );
          const mark = bytes === 1 ? '|' : little ? '<' : '>';
          const cube = await openCube(
            npy('a.npy', `'${mark}${type}'`, '(2, 3, 4)', view, { fortran }),
          );
          expect([cube.width, cube.height]).to.deep.equal([width, height]);
          expect([...cube.data]).to.deep.equal(expected);
        }
    });

  it('of half floats gives their numbers', async () => {
    const bits = new Uint16Array([
      0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0x3555,
    ]);
    const { data } = await openCube(npy('h.npy', "'<f2'", '(4, 2)', bits));
    expect([...data]).to.deep.equal([
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      -0,
      Infinity,
      0.333251953125,
    ]);
  });

  it('of two dimensions is a list of spectra, in any version, in either order', async () => {
    for (const version of [1, 2, 3])
      for (const fortran of [true, false]) {
        const opened = await openOne(
          npy(
            'l.npy',
            "'<f4'",
            '(2, 3)',
            new Float32Array(fortran ? [1, 4, 2, 5, 3, 6] : [1, 2, 3, 4, 5, 6]),
            { version, fortran },
          ),
        );
        if (opened.kind !== 'cube') throw new Error(opened.kind);
        expect([...opened.cube.data]).to.deep.equal([1, 2, 3, 4, 5, 6]);
        expect(opened.cube.width).to.equal(2);
        expect(opened.missing).to.deep.equal([
          'axis',
          'unit',
          'quantity',
          'width',
        ]);
      }
  });

  it('leaves out pixels that hold no number', async () => {
    const { mask } = await openCube(
      npy('m.npy', "'<f4'", '(1, 2, 2)', new Float32Array([1, 2, NaN, NaN])),
    );
    expect([...(mask ?? [])]).to.deep.equal([0, 1]);
  });

  const one = new Float32Array(4);
  for (const [title, bad, sentence] of [
    [
      'of one dimension',
      npy('b.npy', "'<f4'", '(4,)', one),
      'is an array of shape (4)',
    ],
    [
      'of complex numbers',
      npy('b.npy', "'<c8'", '(2, 1)', one),
      'holds values of type "<c8"',
    ],
    [
      'of records',
      npy('b.npy', "[('a', '<f4')]", '(2, 2)', one),
      'holds records of several fields',
    ],
    [
      'cut short',
      npy('b.npy', "'<f4'", '(2, 3)', one),
      'but its header declares',
    ],
    [
      'of a size that no machine holds',
      npy('b.npy', "'<f8'", '(1000000, 1000000, 1000)', one),
      'but its header declares 8.0 PB',
    ],
    [
      'of nothing',
      npy('b.npy', "'<f4'", '(0, 3)', one),
      'but its header declares',
    ],
    [
      'of a later version',
      npy('b.npy', "'<f4'", '(2, 2)', one, { version: 4 }),
      'of a version that is not known',
    ],
    [
      'with half a header',
      file(
        'b.npy',
        new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 200, 0, 123]),
      ),
      'is cut short',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(bad)).to.contain(sentence);
    });
});

describe('an image written as .npy', () => {
  const image: SavedImage = {
    name: 'w',
    description: 'a test',
    width,
    height,
    bands,
    data: Float32Array.from(expected, (v) => v / 3),
    axis: {
      values: new Float64Array([4000, 3000.1 + 0.2, 2000, 1000 / 3]),
      unit: 'cm-1',
      quantity: 'absorbance',
    },
    geometry: {
      origin: [100.1, -20.3, 5],
      spacing: [6.25, 6.1, 1],
      direction: [0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1],
      unit: 'µm',
    },
  };
  const files = (one: SavedImage): File[] =>
    writeNpy(one).map(({ name, content }) => file(name, content));

  it('opens again with the same values, axis and geometry, and no warning', async () => {
    const opened = await openOne(...files(image));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    const { cube, missing, warnings } = opened;
    expect(warnings).to.deep.equal([]);
    expect(missing).to.deep.equal([]);
    expect([...cube.data]).to.deep.equal([...image.data]);
    expect(cube.axis).to.deep.equal(image.axis);
    expect(cube.geometry).to.deep.equal(image.geometry);
  });

  it('keeps the names of its maps', async () => {
    const { axis, ...maps } = image;
    const bandNames = ['lead white', 'a, "b"', '<i>', 'ä'];
    const cube = await openCube(...files({ ...maps, bandNames }));
    expect(cube.bandNames).to.deep.equal(bandNames);
    expect(cube.axis).not.to.deep.equal(axis);
  });

  it('without what lies beside it opens still, and asks', async () => {
    const opened = await openOne(files(image)[0]);
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.missing).to.deep.equal(['axis', 'unit', 'quantity']);
  });

  it('beside something that is not its description says so', async () => {
    const { warnings } = await openOne(
      files(image)[0],
      file('w.npy.json', '{"axis": 5'),
    );
    expect(warnings).to.have.length(1);
  });
});
