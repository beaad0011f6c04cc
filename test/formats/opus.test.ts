import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { Made, jpegOf } from './bytes-made.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

type Value = number | string | { readonly whole: number };

interface Block {
  readonly type: number;
  readonly content: Uint8Array;
}

const original = 0x40000000;
/** A block of values of the ratio of sample and reference, and the block that describes them. */
const valuesOf = (content: number): number => (content << 10) | 0xf;
const aboutValues = (type: number): number => type | 0x10;

function parameters(said: Readonly<Record<string, Value>>): Uint8Array {
  const made = new Made();
  for (const [name, value] of Object.entries(said)) {
    made.text(`${name}\0`);
    if (typeof value === 'string') {
      const padded = `${value}\0${value.length % 2 ? '' : '\0'}`;
      made.uint16(2, padded.length / 2).text(padded);
    } else if (typeof value === 'number') made.uint16(1, 4).float64(value);
    else made.uint16(0, 2).int32(value.whole);
  }
  return made.text('END\0\0\0\0\0').done();
}

const whole = (value: number): Value => ({ whole: value });

const about = (
  points: number,
  more: Readonly<Record<string, Value>> = {},
): Uint8Array =>
  parameters({
    DPF: whole(1),
    NPT: whole(points),
    FXV: 4000,
    LXV: 4000 - 2 * (points - 1),
    DXU: 'WN',
    ...more,
  });

/** A file with a directory of these blocks. */
function opus(...blocks: Block[]): Uint8Array<ArrayBuffer> {
  const made = new Made()
    .text('\n\n\xfe\xfe')
    .float64(920622)
    .int32(24, 40, blocks.length + 1, 13 << 10, 120, 24);
  let at = 504;
  for (const { type, content } of blocks) {
    const words = Math.ceil(content.length / 4);
    made.int32(type, words, at);
    at += 4 * words;
  }
  made.upTo(504);
  for (const { content } of blocks)
    made.bytes(content).upTo(4 * Math.ceil(made.size / 4));
  return made.done();
}

const floats = (...values: number[]): Uint8Array =>
  new Made().float32(...values).done();

const absorbance = valuesOf(4);
const spectrum = (type: number, ...values: number[]): Block[] => [
  { type, content: floats(...values) },
  { type: aboutValues(type), content: about(values.length) },
];

describe('Bruker OPUS', () => {
  it('a spectrum gives its values, axis, quantity and the name of the sample', async () => {
    const spectra = await openSpectra(
      file(
        'sample.0',
        opus(...spectrum(absorbance, 0.5, 0.25, 1), {
          type: 10 << 4,
          content: parameters({ SNM: 'Blue <b>' }),
        }),
      ),
    );
    expect([...spectra.data]).to.deep.equal([0.5, 0.25, 1]);
    expect([...spectra.axis.values]).to.deep.equal([4000, 3998, 3996]);
    expect(spectra.axis.unit).to.equal('cm-1');
    expect(spectra.axis.quantity).to.equal('absorbance');
    expect(spectra.names).to.deep.equal(['Blue <b>']);
  });

  it('values are multiplied by CSF, and read as whole numbers where DPF is 2', async () => {
    const { data } = await openSpectra(
      file(
        'sample.0',
        opus(
          { type: absorbance, content: new Made().int32(3, -4).done() },
          {
            type: aboutValues(absorbance),
            content: about(2, { DPF: whole(2), CSF: 0.25 }),
          },
        ),
      ),
    );
    expect([...data]).to.deep.equal([0.75, -1]);
  });

  it('of several blocks absorbance is taken, its present state before the original, and the others are listed', async () => {
    const opened = await openOne(
      file(
        'sample.0',
        opus(
          ...spectrum(valuesOf(12), 1, 1),
          ...spectrum(absorbance | original, 2, 2),
          ...spectrum(absorbance, 3, 3),
          ...spectrum((2 << 10) | 7, 4, 4),
          { type: 50 << 19, content: floats(0) },
        ),
      ),
    );
    if (opened.kind !== 'spectra') throw new Error(opened.kind);
    expect([...opened.spectra.data]).to.deep.equal([3, 3]);
    expect(opened.warnings).to.deep.equal([
      'Of what the file holds, the absorbance is opened.',
      'Skipped: reflectance, original absorbance, sample interferogram, block of kind 50.',
    ]);
  });

  for (const [said, unit] of [
    ['MI', 'µm'],
    ['PNT', null],
  ] as const)
    it(`the axis unit ${said} is ${unit ?? 'said to be unknown'}`, async () => {
      const opened = await openOne(
        file(
          'sample.0',
          opus(
            { type: absorbance, content: floats(1, 2) },
            {
              type: aboutValues(absorbance),
              content: about(2, { DXU: said }),
            },
          ),
        ),
      );
      if (opened.kind !== 'spectra') throw new Error(opened.kind);
      expect(opened.spectra.axis.unit).to.equal(unit);
      expect(opened.warnings).to.deep.equal(
        unit ? [] : ['The unit "PNT" of the axis is not known.'],
      );
    });

  /** Two spectra after a head and a table of those stored, with eight bytes of notes after each. */
  const series = (more: Readonly<Record<string, Value>>): Block[] => [
    {
      type: absorbance | (2 << 19),
      content: new Made()
        .int32(0, 4, 32, 8, 8, 1, 1, 4)
        .float32(1, 2, -1, -1, 3, 4, -1, -1, 5, 6, -1, -1, 7, 8, -1, -1)
        .done(),
    },
    {
      type: aboutValues(absorbance | (2 << 19)),
      content: about(2, more),
    },
  ];

  it('a series with a place on the stage is an image whose lowest row comes first in the file', async () => {
    const cube = await openCube(
      file(
        'map.0',
        opus(
          ...series({
            NPX: whole(2),
            NPY: whole(2),
            AOX: 100,
            AOY: 50,
            DDX: 2.5,
            DDY: 4,
          }),
        ),
      ),
    );
    expect([cube.width, cube.height]).to.deep.equal([2, 2]);
    expect([...cube.data]).to.deep.equal([5, 6, 7, 8, 1, 2, 3, 4]);
    expect(cube.geometry.origin).to.deep.equal([100, -54, 0]);
    expect(cube.geometry.spacing).to.deep.equal([2.5, 4, 1]);
    expect(cube.geometry.unit).to.equal('µm');
  });

  it('a series over time keeps its order and asks for the width', async () => {
    const opened = await openOne(file('kinetics.0', opus(...series({}))));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.missing).to.deep.equal(['width']);
    expect([opened.cube.width, opened.cube.height]).to.deep.equal([4, 1]);
    expect([...opened.cube.data]).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  const labels = (...pairs: (readonly [string, Value])[]) =>
    Object.fromEntries(
      pairs.flatMap(([label, value], i) => [
        [`H0${i}`, label],
        [`V0${i}`, value],
      ]),
    );
  function picture(packed: Uint8Array, x: number, y: number): Uint8Array {
    const heading = {
      ...labels(
        ['Pos. X:', x],
        ['Pos. Y', y],
        ['Bytes:', whole(packed.length + 14)],
        ['PixelSizeX:', 0.5],
        ['PixelSizeY:', 0.25],
        ['ImageID:', whole(7)],
      ),
    };
    const size = parameters({ SIZ: whole(0), ...heading }).length;
    return new Made()
      .bytes(parameters({ SIZ: whole(size), ...heading }))
      .text('BM\0\0\0\0\0\0\0\0\x36\0\0\0')
      .bytes(packed)
      .done();
  }
  function pictures(...tables: Uint8Array[]): Block {
    const starts = (from: number) => {
      let at = from;
      return Object.fromEntries(
        tables.map((table, i) => {
          const said = [`F0${i}`, whole(at)];
          at += table.length;
          return said;
        }),
      ) as Record<string, Value>;
    };
    const from = 12 + parameters(starts(0)).length;
    const made = new Made().int32(0, 0, 1).bytes(parameters(starts(from)));
    for (const table of tables) made.bytes(table);
    return { type: 20 << 19, content: made.done() };
  }

  it('photographs of one picture are laid side by side, upwards, and placed by the stage', async () => {
    const red = picture(await jpegOf(16, 8, 'rgb(200 30 40)'), 100, 40);
    const blue = picture(await jpegOf(16, 8, 'rgb(10 20 220)'), 100, 48);
    const [, opened] = await openFiles([
      file(
        'sample.0',
        opus(...spectrum(absorbance, 1, 2), pictures(red, blue)),
      ),
    ]);
    if (opened.kind !== 'picture') throw new Error(opened.kind);
    const { width, height, data, geometry } = opened.picture;
    expect([width, height]).to.deep.equal([16, 16]);
    const isNear = (at: number, colour: readonly number[]) =>
      colour.forEach((value, c) =>
        expect(data[4 * at + c]).to.be.closeTo(value, 4),
      );
    isNear(0, [10, 20, 220, 255]);
    isNear(16 * 15 + 15, [200, 30, 40, 255]);
    // The centre of the upper left pixel: x 100.5 · 0.5, y 55.5 · 0.25 turned over.
    expect(geometry.origin).to.deep.equal([50.25, -13.875, 0]);
    expect(geometry.spacing).to.deep.equal([0.5, 0.25, 1]);
    expect(geometry.unit).to.equal('µm');
  });

  it('a damaged picture is told of and does not keep the spectrum away', async () => {
    const jpeg = await jpegOf(16, 8, 'red');
    const opened = await openOne(
      file(
        'sample.0',
        opus(
          ...spectrum(absorbance, 1, 2),
          pictures(picture(jpeg.subarray(0, 60), 0, 0)),
        ),
      ),
    );
    expect(opened.kind).to.equal('spectra');
    expect(opened.warnings).to.deep.equal([
      '1 picture in the file is damaged or in a form that is not known.',
    ]);
  });

  it('a file of interferograms only is refused', async () => {
    expect(
      await refusal(file('scan.0', opus(...spectrum((2 << 10) | 7, 1, 2)))),
    ).to.equal(
      'scan.0 holds no spectrum that can be opened, only sample interferogram.',
    );
  });

  it('values that are cut off are refused', async () => {
    const bytes = opus(...spectrum(absorbance, 1, 2));
    expect(await refusal(file('cut.0', bytes.subarray(0, 508)))).to.equal(
      'cut.0 is cut short or damaged: its absorbance should end at byte 512, and it holds 508.',
    );
  });

  it('more points than the block holds are refused before memory is taken', async () => {
    expect(
      await refusal(
        file(
          'lie.0',
          opus(
            { type: absorbance, content: floats(1, 2) },
            { type: aboutValues(absorbance), content: about(2 ** 30) },
          ),
        ),
      ),
    ).to.equal(
      'lie.0 is damaged: it declares 1073741824 points in a block of 8 bytes.',
    );
  });

  it('a series of more spectra than its block holds is refused', async () => {
    const [values, description] = series({});
    new DataView(values.content.buffer).setInt32(4, 2 ** 30, true);
    expect(await refusal(file('lie.0', opus(values, description)))).to.match(
      /^lie\.0 is damaged: a series of 1073741824 spectra/,
    );
  });
});
