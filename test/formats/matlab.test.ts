import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { openCube, openOne, openSpectra, refusal } from './files.js';

/** Joins parts; each begins at a multiple of 8 bytes. */
function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const padded = (part: Uint8Array): number => 8 * Math.ceil(part.length / 8);
  const all = new Uint8Array(parts.reduce((sum, one) => sum + padded(one), 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += padded(part);
  }
  return all;
}

/** Writes MAT-files of version 5 in one of both byte orders, by MathWorks' description of the format. */
class Writer {
  constructor(readonly little = true) {}

  #bytes(
    width: 1 | 2 | 4 | 8,
    values: readonly number[],
    set: (view: DataView, at: number, value: number) => void,
  ): Uint8Array {
    const view = new DataView(new ArrayBuffer(width * values.length));
    values.forEach((one, i) => set(view, i * width, one));
    return new Uint8Array(view.buffer);
  }
  int32(...values: number[]): Uint8Array {
    return this.#bytes(4, values, (v, at, x) => v.setInt32(at, x, this.little));
  }
  int16(...values: number[]): Uint8Array {
    return this.#bytes(2, values, (v, at, x) => v.setInt16(at, x, this.little));
  }
  float64(...values: number[]): Uint8Array {
    return this.#bytes(8, values, (v, at, x) =>
      v.setFloat64(at, x, this.little),
    );
  }
  element(type: number, data: Uint8Array): Uint8Array {
    return joined(joined(this.int32(type, data.length)), data);
  }
  /** Up to four bytes of data inside the tag. */
  small(type: number, data: Uint8Array): Uint8Array {
    const tag = new Uint8Array(8);
    tag.set(this.int32((data.length << 16) | type));
    tag.set(data, 4);
    return tag;
  }
  text(text: string): Uint8Array {
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  }
  matrix(
    kind: number,
    shape: readonly number[],
    name: string,
    ...parts: Uint8Array[]
  ): Uint8Array {
    const isShort = name.length > 0 && name.length <= 4;
    return this.element(
      14,
      joined(
        this.element(6, this.int32(kind, 0)),
        this.element(5, this.int32(...shape)),
        isShort
          ? this.small(1, this.text(name))
          : this.element(1, this.text(name)),
        ...parts,
      ),
    );
  }
  doubles(name: string, shape: number[], values: number[]): Uint8Array {
    return this.matrix(
      6,
      shape,
      name,
      this.element(9, this.float64(...values)),
    );
  }
  chars(name: string, text: string): Uint8Array {
    return this.matrix(
      4,
      [1, text.length],
      name,
      this.element(16, this.text(text)),
    );
  }
  file(name: string, ...variables: Uint8Array[]): File {
    const header = new Uint8Array(128).fill(32);
    header.set(this.text('MATLAB 5.0 MAT-file'));
    header.set(this.int16(0x0100), 124);
    header.set(this.text(this.little ? 'IM' : 'MI'), 126);
    return new File([joined(header, ...variables)], name);
  }
}

const writer = new Writer();

/** (row, column, band) of 2 × 3 × 4, the first index fastest. */
const columnMajor = Array.from(
  { length: 24 },
  (_, i) => 100 * (i % 2) + 10 * (Math.floor(i / 2) % 3) + Math.floor(i / 6),
);
/** The same band-interleaved by pixel, row by row. */
const interleaved = Float32Array.from(
  { length: 24 },
  (_, i) => 100 * Math.floor(i / 12) + 10 * (Math.floor(i / 4) % 3) + (i % 4),
);

describe('MATLAB', () => {
  for (const little of [true, false])
    it(`${little ? 'little' : 'big'}-endian rows × columns × bands with wavelengths is a cube`, async () => {
      const w = new Writer(little);
      const opened = await openOne(
        w.file(
          'a.mat',
          w.doubles('cube', [2, 3, 4], columnMajor),
          // Doubles that are small whole numbers lie as such, here inside the tag.
          w.matrix(
            6,
            [1, 4],
            'wavelength_nm',
            w.element(3, w.int16(400, 500, 600, 700)),
          ),
        ),
      );
      if (opened.kind !== 'cube') throw new Error(opened.kind);
      expect([opened.cube.width, opened.cube.height]).to.deep.equal([3, 2]);
      expect(opened.cube.data).to.deep.equal(interleaved);
      expect([...opened.cube.axis.values]).to.deep.equal([400, 500, 600, 700]);
      expect(opened.cube.axis.unit).to.equal('nm');
    });

  it('bands × pixels with nRow and nCol is an image whose pixels run down the columns', async () => {
    const pixels = Array.from({ length: 6 }, (_, n) => [n, n + 0.5]).flat();
    const cube = await openCube(
      writer.file(
        'a.mat',
        writer.matrix(6, [1, 1], 'nRow', writer.small(2, Uint8Array.of(2))),
        writer.matrix(6, [1, 1], 'nCol', writer.small(2, Uint8Array.of(3))),
        writer.doubles('V', [2, 6], pixels),
      ),
    );
    expect([cube.width, cube.height]).to.deep.equal([3, 2]);
    expect([...cube.data]).to.deep.equal(
      [0, 2, 4, 1, 3, 5].flatMap((n) => [n, n + 0.5]),
    );
  });

  it('compressed variables are unpacked; a few bytes that say they are many are refused', async () => {
    const variable = writer.doubles('cube', [2, 3, 4], columnMajor);
    const pack = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
      new Uint8Array(
        await new Response(
          new Blob([bytes])
            .stream()
            .pipeThrough(new CompressionStream('deflate')),
        ).arrayBuffer(),
      );
    const packed = await pack(joined(variable));
    const cube = await openCube(
      writer.file('a.mat', writer.element(15, packed)),
    );
    expect(cube.data).to.deep.equal(interleaved);
    const lying = joined(variable);
    lying.set(writer.int32(2 ** 31 - 1), 4);
    expect(
      await refusal(
        writer.file('a.mat', writer.element(15, await pack(lying))),
      ),
    ).to.contain('a compressed variable cannot be unpacked');
  });

  it('structures and cells are walked by path, and what is no array is told', async () => {
    const file = writer.file(
      'a.mat',
      writer.matrix(
        2,
        [1, 1],
        's',
        writer.small(5, writer.int32(4)),
        writer.element(1, writer.text('V\0\0\0t\0\0\0')),
        writer.doubles('', [2, 2], [1, 2, 3, 4]),
        writer.chars('', 'hello'),
      ),
      writer.matrix(
        1,
        [1, 1],
        'cell',
        writer.doubles('', [2, 2], [5, 6, 7, 8]),
      ),
      writer.matrix(5, [2, 2], 'few'),
    );
    const asked = await openOne(file);
    if (asked.kind !== 'variables') throw new Error(asked.kind);
    expect(asked.variables.map(({ id }) => id)).to.deep.equal([
      's.V',
      'cell{1}',
    ]);
    expect(asked.warnings).to.deep.equal(['Skipped: few (a sparse matrix).']);
    const [chosen] = await openFiles([file], { variables: { 'a.mat': 's.V' } });
    if (chosen.kind !== 'cube') throw new Error(chosen.kind);
    expect([...chosen.cube.data]).to.deep.equal([1, 3, 2, 4]);
  });

  it('names in a cell make the columns that they count into spectra', async () => {
    const spectra = await openSpectra(
      writer.file(
        'a.mat',
        writer.doubles('M', [3, 2], [1, 2, 3, 4, 5, 6]),
        writer.matrix(
          1,
          [2, 1],
          'cood',
          writer.chars('', 'rock'),
          writer.chars('', 'tree'),
        ),
      ),
    );
    expect(spectra.names).to.deep.equal(['rock', 'tree']);
    expect([...spectra.data]).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('that holds fewer values than it declares, or no array, is refused', async () => {
    expect(
      await refusal(
        writer.file('a.mat', writer.doubles('V', [2000, 3000], [1, 2])),
      ),
    ).to.equal('V of a.mat declares 2000 × 3000 values and holds 2.');
    expect(
      await refusal(
        writer.file('a.mat', writer.doubles('x', [1, 3], [1, 2, 3])),
      ),
    ).to.equal('a.mat holds no array of numbers with two or three dimensions.');
    const whole = writer.file('a.mat', writer.doubles('V', [2, 1], [1, 2]));
    expect(await refusal(new File([whole.slice(0, 180)], 'a.mat'))).to.contain(
      'cut short or damaged',
    );
  });
});
