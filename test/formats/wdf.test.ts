import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { Draft } from './draft.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

/** A block with its head. */
const block = (id: string, body: Draft): Draft =>
  new Draft(16 + body.bytes.length)
    .text(0, id)
    .put(8, 'u64', 16 + body.bytes.length)
    .copy(16, body.bytes);

const head = (bands: number, capacity: number, taken = capacity): Draft =>
  new Draft(512)
    .text(0, 'WDF1')
    .put(8, 'u64', 512)
    .put(60, 'u32', bands)
    .put(64, 'u64', capacity, taken);

const data = (...values: number[]): Draft =>
  block('DATA', new Draft(4 * values.length).put(0, 'f32', ...values));

/** Positions of bands in a unit: 1 is Raman shift, 3 nm. */
const axis = (unit: number, ...values: number[]): Draft =>
  block(
    'XLST',
    new Draft(8 + 4 * values.length)
      .put(0, 'u32', 1, unit)
      .put(8, 'f32', ...values),
  );

/** Positions of spectra, x in µm and y in a unit: 5 is µm, 8 mm. */
function origins(x: number[], y: number[], unit = 5): Draft {
  const size = 24 + 8 * x.length;
  return block(
    'ORGN',
    new Draft(4 + 2 * size)
      .put(0, 'u32', 2)
      .put(4, 'u32', 0x80000003, 5)
      .put(28, 'f64', ...x)
      .put(4 + size, 'u32', 0x80000004, unit)
      .put(28 + size, 'f64', ...y),
  );
}

const wdf = (...parts: Draft[]): File =>
  file('a.wdf', ...parts.map(({ bytes }) => bytes));

const shift = axis(1, 600, 500);

/** Exif tags of a white-light image 20 µm wide and 10 high, whose upper left corner lies at (-8, 4). */
function exif(unit: number): Draft {
  const entry = (
    draft: Draft,
    at: number,
    tag: number,
    kind: number,
    count: number,
  ): Draft => draft.put(at, 'u16', tag, kind).put(at + 4, 'u32', count);
  const tiff = new Draft(120, false).text(0, 'MM\0*').put(4, 'u32', 8);
  tiff.put(8, 'u16', 2);
  entry(tiff, 10, 0x8769, 4, 1).put(18, 'u32', 40);
  entry(tiff, 22, 0xfea0, 10, 2).put(30, 'u32', 100);
  tiff.put(40, 'u16', 3);
  entry(tiff, 42, 0xa20e, 5, 1).put(50, 'u32', 84);
  entry(tiff, 54, 0xa20f, 5, 1).put(62, 'u32', 92);
  entry(tiff, 66, 0xa210, 3, 1).put(74, 'u16', unit);
  tiff.put(84, 'u32', 20000, 1000, 10000, 1000);
  tiff.put(100, 'i32', -8000, 1000, 4000, 1000);
  return new Draft(130, false)
    .put(0, 'u16', 0xffe1, 128)
    .text(4, 'Exif\0\0')
    .copy(10, tiff.bytes);
}

/** A red picture of 4 x 2 pixels, as WiRE keeps it. */
async function whiteLight(unit = 5): Promise<Draft> {
  const canvas = new OffscreenCanvas(4, 2);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 4, 2);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
  const jpeg = new Uint8Array(await blob.arrayBuffer());
  const segment = exif(unit).bytes;
  return block(
    'WHTL',
    new Draft(jpeg.length + segment.length)
      .copy(0, jpeg.subarray(0, 2))
      .copy(2, segment)
      .copy(2 + segment.length, jpeg.subarray(2)),
  );
}

describe('a .wdf', () => {
  it('of one spectrum gives it in Raman shift', async () => {
    const spectra = await openSpectra(wdf(head(2, 1), data(7, 8), shift));
    expect([...spectra.axis.values]).to.deep.equal([600, 500]);
    expect(spectra.axis.unit).to.equal('cm-1');
    expect(spectra.axis.quantity).to.equal('intensity');
    expect([...spectra.data]).to.deep.equal([7, 8]);
  });

  it('of a map places its spectra by the stage, whose y runs downwards, in any order', async () => {
    const cube = await openCube(
      wdf(
        head(2, 4),
        shift,
        data(1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5),
        origins([10, 10, 15, 15], [0.2, 0.1, 0.1, 0.2], 8),
      ),
    );
    expect([cube.width, cube.height]).to.deep.equal([2, 2]);
    expect([...cube.data]).to.deep.equal([2, 2.5, 3, 3.5, 1, 1.5, 4, 4.5]);
    expect(cube.geometry.origin).to.deep.equal([10, 100, 0]);
    expect(cube.geometry.spacing).to.deep.equal([5, 100, 1]);
    expect(cube.geometry.unit).to.equal('µm');
  });

  it('of a map with a hole is a list', async () => {
    const opened = await openOne(
      wdf(
        head(2, 3),
        data(1, 2, 3, 4, 5, 6),
        shift,
        origins([0, 5, 0], [0, 0, 5]),
      ),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.width).to.equal(3);
    expect(opened.missing).to.deep.equal(['width']);
    expect(opened.warnings).to.deep.equal([
      'The positions in a.wdf do not fill a rectangle: its spectra are a list.',
    ]);
  });

  it('that was stopped gives the spectra that were taken', async () => {
    const opened = await openOne(
      wdf(
        head(2, 4, 2),
        data(1, 2, 3, 4, 0, 0, 0, 0),
        shift,
        origins([0, 5, 0, 0], [1, 1, 0, 0]),
      ),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.data]).to.deep.equal([1, 2, 3, 4]);
    expect(opened.warnings).to.deep.equal([
      'The measurement was stopped: 2 of 4 spectra were taken.',
    ]);
  });

  it('lists the blocks that were skipped, known or not', async () => {
    const { warnings } = await openOne(
      wdf(
        head(2, 1),
        data(7, 8),
        shift,
        block('NEW1', new Draft(3)),
        block('TEXT', new Draft(9)),
      ),
    );
    expect(warnings).to.deep.equal(['Blocks that were skipped: NEW1, TEXT.']);
  });

  it('of an axis in another unit keeps it without one and says so', async () => {
    const opened = await openOne(wdf(head(2, 1), data(7, 8), axis(4, 1, 2)));
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    expect(opened.spectra.axis.unit).to.equal(null);
    expect(opened.warnings).to.deep.equal([
      'a.wdf gives its axis in a unit that is not known here (code 4).',
    ]);
  });

  it('gives its white-light image, placed by the tags inside it', async () => {
    const opened = await openFiles([
      wdf(head(2, 1), data(7, 8), shift, await whiteLight()),
    ]);
    expect(opened.map(({ kind }) => kind)).to.deep.equal([
      'spectra',
      'picture',
    ]);
    const [, white] = opened;
    if (white.kind !== 'picture') throw new Error(white.kind);
    const { width, height, data: rgba, geometry } = white.picture;
    expect([width, height]).to.deep.equal([4, 2]);
    expect(rgba[0]).to.be.closeTo(255, 4);
    expect(rgba[1]).to.be.closeTo(0, 4);
    expect(geometry.spacing).to.deep.equal([5, 5, 1]);
    expect(geometry.origin).to.deep.equal([-5.5, 6.5, 0]);
    expect(geometry.unit).to.equal('µm');
  });

  it('says when its white-light image does not tell where it lies', async () => {
    const [, white] = await openFiles([
      wdf(head(2, 1), data(7, 8), shift, await whiteLight(1)),
    ]);
    expect(white.warnings).to.deep.equal([
      'a white light does not say where it lies.',
    ]);
  });

  it('with a damaged white-light image gives its spectra', async () => {
    const opened = await openOne(
      wdf(head(2, 1), data(7, 8), shift, block('WHTL', new Draft(9))),
    );
    expect(opened.kind).to.equal('spectra');
    expect(opened.warnings).to.deep.equal([
      'The white-light image is damaged: it was skipped.',
    ]);
  });

  for (const [title, parts, sentence] of [
    [
      'without spectra',
      [head(2, 1), shift],
      'a.wdf has no block DATA, so it holds no spectra.',
    ],
    [
      'without an axis',
      [head(2, 1), data(7, 8)],
      'a.wdf has no block XLST, so it holds no spectra.',
    ],
    [
      'with more spectra than bytes',
      [head(2, 1e12), data(7, 8), shift],
      'a.wdf is cut short or damaged',
    ],
    [
      'with more spectra than bytes, of no bands',
      [head(0, 1e12), data(7, 8), shift, origins([0, 1], [0, 0])],
      'a.wdf is cut short or damaged',
    ],
    [
      'with a block of no bytes',
      [head(2, 1), data(7, 8).put(8, 'u64', 0)],
      'a.wdf is damaged: its block at byte 512 is 0 bytes long (want at least 16).',
    ],
    [
      'cut within a block',
      [head(2, 1), data(7, 8).put(8, 'u64', 100)],
      'a.wdf is cut short or damaged: it points to byte 612, and holds 536.',
    ],
    [
      'whose axis turns back',
      [head(3, 1), data(7, 8, 9), axis(1, 1, 3, 2)],
      'a.wdf has no usable axis: band 3 lies at 2, after 3',
    ],
    [
      'without a spectrum',
      [head(2, 0), data(), shift],
      'a.wdf holds no spectrum.',
    ],
  ] as const)
    it(`${title} is refused with a sentence`, async () => {
      expect(await refusal(wdf(...parts))).to.contain(sentence);
    });
});
