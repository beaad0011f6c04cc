import { expect } from '@open-wc/testing';
import { Made } from './bytes-made.js';
import { file, openCube, openOne, openSpectra, refusal } from './files.js';

const block = (id: number, content: Uint8Array): Uint8Array =>
  new Made().uint16(id).int32(content.length).bytes(content).done();

const text = (words: string): Uint8Array =>
  new Made().uint16(words.length).text(words).done();

function pe(...blocks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = new Made().text('PEPE').upTo(44);
  for (const one of blocks) made.bytes(one);
  return made.done();
}

/** The header of an image of 2 x 2 pixels and 3 bands. */
function header(label: string, width = 2): Uint8Array {
  const made = new Made()
    .bytes(text('Image'))
    .float64(25, 50, -4, 3000, 2992, 0, 0, 1000, 200, 3000)
    .int32(width, 2, 3);
  for (const words of ['Y - micrometers', 'X - micrometers', 'cm-1', label])
    made.bytes(text(words));
  return block(5100, made.done());
}
const spectrum = (...values: number[]): Uint8Array =>
  block(5105, new Made().float32(...values).done());
const four = [
  spectrum(1, 2, 3),
  spectrum(4, 5, 6),
  spectrum(7, 8, 9),
  spectrum(10, 11, 12),
];

describe('PerkinElmer', () => {
  it('an image gives its pixels by the stage, whose y runs upwards, axis and quantity', async () => {
    const cube = await openCube(file('map.fsm', pe(header('A'), ...four)));
    expect([cube.width, cube.height]).to.deep.equal([2, 2]);
    expect([...cube.data]).to.deep.equal([
      7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6,
    ]);
    expect([...cube.axis.values]).to.deep.equal([3000, 2996, 2992]);
    expect(cube.axis.unit).to.equal('cm-1');
    expect(cube.axis.quantity).to.equal('absorbance');
    expect(cube.geometry.origin).to.deep.equal([1000, -250, 0]);
    expect(cube.geometry.spacing).to.deep.equal([25, 50, 1]);
    expect(cube.geometry.unit).to.equal('µm');
  });

  it('percent stay as they are and are told of, and so are blocks that are skipped', async () => {
    const opened = await openOne(
      file('map.fsm', pe(header('%R'), ...four, block(5199, text('?')))),
    );
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect(opened.cube.axis.quantity).to.equal('reflectance');
    expect(opened.warnings).to.deep.equal([
      'Skipped: block 5199.',
      'Values are in percent (%R), as in the file.',
    ]);
  });

  it('a label that is not known is asked for', async () => {
    const opened = await openOne(file('map.fsm', pe(header('?'), ...four)));
    expect(opened.kind === 'cube' && opened.missing).to.deep.equal([
      'quantity',
    ]);
  });

  it('an image without all of its spectra is refused', async () => {
    expect(
      await refusal(file('map.fsm', pe(header('A'), ...four.slice(1)))),
    ).to.equal(
      'map.fsm is cut short or damaged: its header declares 2 x 2 spectra of 3 bands, and it holds 3.',
    );
    expect(
      await refusal(file('map.fsm', pe(header('A', 2 ** 30), ...four))),
    ).to.match(/declares 1073741824 x 2 spectra of 3 bands, and it holds 4/);
  });

  /** A spectrum of three points in steps of −2 from 1000. */
  function single(members: Readonly<Record<number, Made>> = {}): Uint8Array {
    const all: Record<number, Made> = {
      0x8b72: new Made().uint16(0x751d).float64(1000, 996),
      0x8b74: new Made().uint16(0x751b).float64(-2),
      0x8b75: new Made().uint16(0x752b).int32(3),
      0x8b77: new Made().uint16(0x7523).bytes(text('cm-1')),
      0x8b78: new Made().uint16(0x7523).bytes(text('EGY')),
      0x8b7c: new Made().uint16(0x7516).int32(24).float64(0.5, 1.5, 2.5),
      ...members,
    };
    const made = new Made();
    for (const [id, member] of Object.entries(all))
      made.bytes(block(Number(id), member.done()));
    return block(120, made.done());
  }

  it('a spectrum gives its values, axis and quantity', async () => {
    const spectra = await openSpectra(file('one.sp', pe(single())));
    expect([...spectra.data]).to.deep.equal([0.5, 1.5, 2.5]);
    expect([...spectra.axis.values]).to.deep.equal([1000, 998, 996]);
    expect(spectra.axis.unit).to.equal('cm-1');
    expect(spectra.axis.quantity).to.equal('intensity');
    expect(spectra.names).to.deep.equal(['one']);
  });

  it('a spectrum whose points do not fill its range is refused', async () => {
    const members = { 0x8b74: new Made().uint16(0x751b).float64(-20) };
    expect(await refusal(file('one.sp', pe(single(members))))).to.equal(
      'one.sp is damaged: 3 points in steps of -20 do not go from 1000 to 996.',
    );
  });

  it('more points than there are values are refused before memory is taken', async () => {
    const members = { 0x8b75: new Made().uint16(0x752b).int32(2 ** 30) };
    expect(await refusal(file('one.sp', pe(single(members))))).to.match(
      /^one\.sp is cut short or damaged: it declares 1073741824 points/,
    );
  });

  it('a block that reaches past the end is refused', async () => {
    const bytes = pe(header('A'), ...four);
    expect(await refusal(file('cut.fsm', bytes.subarray(0, 200)))).to.match(
      /^cut\.fsm is cut short or damaged: it points to byte \d+, and holds 200\.$/,
    );
  });
});
