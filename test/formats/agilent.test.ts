import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { Made, jpegOf } from './bytes-made.js';
import { file, openCube, openOne, refusal } from './files.js';

const sector = 512;
const end = -2;

const text = (words: string): Uint8Array =>
  new Made().int32(words.length).text(words).done();
const value = (bytes: Uint8Array): Uint8Array =>
  new Made().int32(bytes.length).bytes(bytes).done();
const int32 = (n: number): Uint8Array => value(new Made().int32(n).done());
const float64 = (...n: number[]): Uint8Array =>
  value(new Made().float64(...n).done());
const letters = (words: string): readonly Uint8Array[] => [
  int32(words.length),
  value(new Made().text(words).done()),
];

/** A name and its values, as the description holds them. */
function object(name: string, ...values: Uint8Array[]): Uint8Array {
  const made = new Made().bytes(text(name)).int32(0, 1);
  made.bytes(text('1.00')).int32(1, values.length);
  for (const one of values) made.bytes(one);
  return made.done();
}
function setting(name: string, said: string): Uint8Array {
  const n = said.length;
  return new Made()
    .bytes(text(name))
    .int32(4, 1, 4, 2, 4, 4, 4, n, 4, n, n)
    .text(said)
    .done();
}

/** What describes three bands at 1000, 1010 and 1020 cm-1 of pixels of 2 x 5.5 µm. */
const description = (...more: Uint8Array[]): Uint8Array[] => [
  object('Data', float64(10), int32(100), int32(3), float64(1, 2, 3)),
  object(
    'Parms',
    int32(0),
    int32(0),
    ...letters('Wavenumber'),
    ...letters('Absorbance'),
  ),
  object('FPA Pixel Size', float64(5.5)),
  setting('PixelAggregationSize', '2'),
  setting('FPA Size X', '4'),
  ...more,
];

/** The table of a chain that runs straight on. */
const straight = (count: number): readonly number[] => [
  ...Array.from({ length: count - 1 }, (_, i) => i + 1),
  end,
];

/** Entry of a directory: name, kind, first sector, bytes. */
const entry = (name: string, kind: number, first: number, size: number) => {
  const made = new Made();
  for (const letter of name) made.text(`${letter}\0`);
  return made
    .upTo(64)
    .uint16(2 * name.length + 2, kind)
    .upTo(116)
    .int32(first, size)
    .upTo(128)
    .done();
};

/**
 * A compound file with one stream. A stream of 4096 bytes or more lies in sectors in falling order, a shorter one in
 * the small sectors of the root.
 */
function compound(
  parts: readonly Uint8Array[],
  { isLong = true, name = '0007255F-5A4BE501' } = {},
): Uint8Array<ArrayBuffer> {
  const made = new Made();
  for (const part of parts) made.bytes(part);
  if (isLong) made.upTo(Math.max(5000, made.size));
  const stream = made.done();
  const count = Math.ceil(stream.length / sector);
  const small = Math.ceil(stream.length / 64);
  // Sectors: table, directory, table of small sectors, then the stream.
  const chain = Array.from({ length: count }, (_, i) => 3 + count - 1 - i);
  const following = [-3, end, end, ...Array<number>(count).fill(end)];
  chain.forEach((at, i) => (following[at] = chain[i + 1] ?? end));
  const out = new Made()
    .text('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')
    .upTo(28)
    .uint16(0xfffe, 9, 6)
    .upTo(44)
    .int32(1, 1, 0, 4096, 2, isLong ? 0 : 1, end, 0, 0)
    .upTo(sector)
    .int32(...following)
    .upTo(2 * sector)
    .bytes(entry('Root Entry', 5, chain[0], count * sector))
    .bytes(entry('StingrayViewParms', 1, 0, 0))
    .bytes(entry(name, 2, isLong ? chain[0] : 0, stream.length))
    .upTo(3 * sector)
    .int32(...(isLong ? [] : straight(small)))
    .upTo(4 * sector);
  const sectors = chain.map((at, i) => ({ at, i }));
  for (const { i } of sectors.toSorted((a, b) => a.at - b.at)) {
    const bytes = stream.subarray(i * sector, (i + 1) * sector);
    const begin = out.size;
    out.bytes(bytes).upTo(begin + sector);
  }
  return out.done();
}

/** Values of a tile, band after band, lowest row first. */
const tile = (width: number, height: number, values: number[], says = true) =>
  new Made()
    .upTo(24)
    .uint16(says ? width : 0, says ? height : 0)
    .upTo(1020)
    .float32(...values)
    .done();
const counted = (from: number): number[] =>
  Array.from({ length: 12 }, (_, i) => from + i);
/** The pixels of a tile of 2 x 2 whose values were counted from here, from the top. */
const rows = (from: number) => ({
  upper: [2, 6, 10, 3, 7, 11].map((n) => from + n),
  lower: [0, 4, 8, 1, 5, 9].map((n) => from + n),
});

describe('Agilent', () => {
  for (const isLong of [true, false])
    it(`a tile gives its values from the top, axis and pixel size (${isLong ? 'long' : 'short'} stream)`, async () => {
      const cube = await openCube(
        file('a.bsp', compound(description(), { isLong })),
        file('A.dat', tile(2, 2, counted(0))),
      );
      expect([cube.name, cube.width, cube.height]).to.deep.equal(['a', 2, 2]);
      expect([...cube.data]).to.deep.equal([
        ...rows(0).upper,
        ...rows(0).lower,
      ]);
      expect([...cube.axis.values]).to.deep.equal([1000, 1010, 1020]);
      expect(cube.axis.unit).to.equal('cm-1');
      expect(cube.axis.quantity).to.equal('absorbance');
      expect(cube.geometry.spacing).to.deep.equal([11, 11, 1]);
      expect(cube.geometry.unit).to.equal('µm');
    });

  it('a tile that does not say its shape is square', async () => {
    const { width, height } = await openCube(
      file('a.bsp', compound(description())),
      file('a.dat', tile(2, 2, counted(0), false)),
    );
    expect([width, height]).to.deep.equal([2, 2]);
  });

  it('values at the ceiling are counted, and interferograms and the ENVI header of the tile belong to it', async () => {
    const values = counted(0);
    values[3] = 8;
    const opened = await openOne(
      file('a.hdr', 'ENVI\n'),
      file('a.bsp', compound(description())),
      file('a.dat', tile(2, 2, values)),
      file('a.seq', 'interferograms'),
    );
    expect(opened.warnings).to.deep.equal([
      'Skipped, interferograms: a.seq.',
      "2 of 12 values stand at 8, the instrument's ceiling.",
    ]);
  });

  it('tiles of a mosaic, counted from the upper left, are put together in any order', async () => {
    const cube = await openCube(
      file('M_0000_0001.dmd', tile(2, 2, counted(200))),
      file('m.dmt', compound(description())),
      file('M_0001_0000.dmd', tile(2, 2, counted(100))),
      file('M_0000_0000.dmd', tile(2, 2, counted(0))),
      file('M_0001_0001.dmd', tile(2, 2, counted(300))),
    );
    expect([cube.width, cube.height]).to.deep.equal([4, 4]);
    expect([...cube.data]).to.deep.equal([
      ...[...rows(0).upper, ...rows(100).upper],
      ...[...rows(0).lower, ...rows(100).lower],
      ...[...rows(200).upper, ...rows(300).upper],
      ...[...rows(200).lower, ...rows(300).lower],
    ]);
    expect(cube.mask).to.equal(undefined);
  });

  it('a tile that is missing is masked and named', async () => {
    const opened = await openOne(
      file(
        'm.dmt',
        compound(
          description(
            setting('MosaicExtentX', '1'),
            setting('MosaicExtentY', '2'),
          ),
        ),
      ),
      file('m_0000_0000.dmd', tile(2, 2, counted(0))),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...(opened.cube.mask ?? [])]).to.deep.equal([
      0, 0, 0, 0, 1, 1, 1, 1,
    ]);
    expect(opened.warnings[0]).to.equal(
      '1 tile of 2 is missing and left out: column 1, row 2.',
    );
  });

  it('without tiles the file of the whole mosaic is taken', async () => {
    const whole = tile(2, 4, [...Array(24).keys()]);
    const cube = await openCube(
      file('m.dmt', compound(description())),
      file('m.dms', whole),
    );
    expect([cube.width, cube.height]).to.deep.equal([2, 4]);
    expect([...cube.data.subarray(0, 3)]).to.deep.equal([6, 14, 22]);
  });

  it('the photograph in a tile is laid with its middle on that of the cube', async () => {
    const jpeg = await jpegOf(16, 8, 'rgb(200 30 40)');
    const [, opened] = await openFiles([
      file(
        'a.bsp',
        compound(
          description(
            object('Captured Image', int32(jpeg.length), value(jpeg)),
            object('Visible Pixel Size', float64(2)),
          ),
        ),
      ),
      file('a.dat', tile(2, 2, counted(0))),
    ]);
    if (opened.kind !== 'picture') throw new Error(opened.kind);
    const { width, height, geometry } = opened.picture;
    expect([width, height]).to.deep.equal([16, 8]);
    expect(geometry.origin).to.deep.equal([5.5 - 15, 5.5 - 7, 0]);
    expect(geometry.spacing).to.deep.equal([2, 2, 1]);
    expect(opened.warnings).to.deep.equal([]);
  });

  it('a description alone says what to open with it', async () => {
    expect(await refusal(file('a.bsp', compound(description())))).to.equal(
      'a.bsp is a header without its data: open it together with a.dat.',
    );
    expect(await refusal(file('m.dmt', compound(description())))).to.match(
      /^m\.dmt describes a mosaic whose tiles are not there/,
    );
  });

  it('a tile that is cut short is refused', async () => {
    expect(
      await refusal(
        file('a.bsp', compound(description())),
        file('a.dat', tile(2, 2, counted(0).slice(1))),
      ),
    ).to.equal(
      'a.dat holds 1064 bytes, which is no tile of 3 bands of 32-bit numbers after 1020 bytes.',
    );
  });

  it('a name far from the others does not make a huge mosaic', async () => {
    expect(
      await refusal(
        file('m.dmt', compound(description())),
        file('m_9999_9999.dmd', tile(2, 2, counted(0))),
      ),
    ).to.equal(
      'm.dmt describes a mosaic of 10000 x 10000 tiles, of which only 1 is there: open the whole folder.',
    );
  });

  it('another compound file is refused', async () => {
    expect(
      await refusal(
        file('a.bsp', compound(description(), { name: 'Workbook' })),
        file('a.dat', tile(2, 2, counted(0))),
      ),
    ).to.equal('a.bsp does not describe an image of an Agilent microscope.');
  });

  it('sectors that run in a circle end in a sentence', async () => {
    const bytes = compound(description());
    // The directory's sector follows itself.
    new DataView(bytes.buffer).setInt32(sector + 4, 1, true);
    expect(
      await refusal(
        file('a.bsp', bytes),
        file('a.dat', tile(2, 2, counted(0))),
      ),
    ).to.equal(
      'a.bsp is cut short or damaged: its sectors do not hang together.',
    );
  });
});
