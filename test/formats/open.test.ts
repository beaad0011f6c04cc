import { expect } from '@open-wc/testing';
import { openFiles } from '../../src/formats/open.js';
import { file, lines, refusal } from './files.js';

const header = (name: string): File =>
  file(
    name,
    lines(
      'ENVI',
      'samples = 2',
      'lines = 1',
      'bands = 1',
      'data type = 1',
      'interleave = bsq',
    ),
  );
const values = (name: string): File => file(name, Uint8Array.of(1, 2));

describe('files of a folder', () => {
  it('open although one is damaged, one has no data and one is unknown, and all that is told', async () => {
    const [cube, ...others] = await openFiles([
      header('scan/good.hdr'),
      values('scan/good.img'),
      header('scan/short.hdr'),
      file('scan/short.img', Uint8Array.of(1)),
      header('scan/alone.hdr'),
      file('scan/notes.doc', 'no measurement'),
    ]);
    expect(others).to.deep.equal([]);
    expect(cube.kind).to.equal('cube');
    const told = cube.warnings.filter((one) => one.startsWith('Skipped'));
    expect(told).to.have.length(3);
    expect(told[0]).to.include('alone.hdr is a header without its data');
    expect(told[1]).to.include('short.img holds 1 byte');
    expect(told[2]).to.equal(
      'Skipped, in no format that can be opened: scan/notes.doc.',
    );
  });

  it('are refused with the first sentence when none can be opened', async () => {
    expect(await refusal(header('scan/alone.hdr'))).to.include(
      'alone.hdr is a header without its data',
    );
  });
});

describe('files chosen one by one', () => {
  it('are refused when one of them is damaged: each of them is wanted', async () => {
    const sentence = await refusal(
      header('good.hdr'),
      values('good.img'),
      header('alone.hdr'),
    );
    expect(sentence).to.include('alone.hdr is a header without its data');
  });

  it('open without those in no known format, which are listed', async () => {
    const [cube] = await openFiles([
      header('good.hdr'),
      values('good.img'),
      file('notes.doc', 'no measurement'),
    ]);
    expect(cube.warnings).to.include(
      'Skipped, in no format that can be opened: notes.doc.',
    );
  });

  it('that are a tile without its mosaic are told where they belong', async () => {
    expect(
      await refusal(file('wall_0000_0001.dmd', new Uint8Array(2000))),
    ).to.equal(
      'wall_0000_0001.dmd is one tile of a mosaic: open it together with wall.dmt, or open their folder.',
    );
  });

  it('may be none', async () => {
    expect(await openFiles([])).to.deep.equal([]);
  });
});
