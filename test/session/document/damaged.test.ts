import { expect } from '@open-wc/testing';
import { packFiles } from '../../../src/formats/pack.js';
import { Keys } from '../../../src/session/document/keys.js';
import { fromPieces } from '../../../src/session/document/load.js';
import { toPieces } from '../../../src/session/document/write.js';
import {
  openSessionZip,
  sessionFiles,
} from '../../../src/session/document/zip.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { randomSource } from '../../../src/spectral/random.js';
import { sampleSession } from './sample.js';

const mutations = 300;

const zipOf = async (
  change: (name: string, content: Blob) => Blob = (_, content) => content,
): Promise<File> => {
  const files = await sessionFiles(toPieces(sampleSession(), new Keys()));
  return packFiles(
    files.map((file) => ({
      ...file,
      content: change(file.name, file.content),
    })),
    'a.stratigraph.zip',
  );
};

/** Opens a session with all its parts; the sentence when it is refused. */
async function outcome(zip: File): Promise<string> {
  try {
    const { document, source } = await openSessionZip(zip);
    await fromPieces(document, source);
    return 'opened';
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'file') return error.message;
    throw error;
  }
}

describe('a damaged session', () => {
  it(`opens as it was or is refused in a sentence, whichever of ${mutations} changes is made to its bytes`, async () => {
    const whole = new Uint8Array(await (await zipOf()).arrayBuffer());
    const random = randomSource(3);
    const outcomes: string[] = [];
    for (let i = 0; i < mutations; i++) {
      const bytes = whole.slice();
      const at = random.below(bytes.length);
      const kind = i % 4;
      if (kind === 0) bytes[at] ^= 1 << random.below(8);
      if (kind === 1) bytes.fill(random.below(256), at, at + 40);
      if (kind === 2) bytes.copyWithin(at, random.below(bytes.length));
      const end = kind === 3 ? at : bytes.length;
      const zip = new File([bytes.subarray(0, end)], 'a.stratigraph.zip');
      outcomes.push(await outcome(zip));
    }
    expect(outcomes.filter((one) => one !== 'opened').length).above(100);
    for (const one of outcomes) expect(one.length).below(400);
  });

  it('with a value of an array changed is refused with its name', async () => {
    const zip = await zipOf();
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const { document } = await openSessionZip(zip);
    const { piece } = document.cubes[0].runs[0].unmixing.endmembers;
    const text = Array.from(bytes, (one) => String.fromCharCode(one)).join('');
    // The first place is the file itself, which its header of 128 bytes begins.
    bytes[text.indexOf(piece) + piece.length + 140] ^= 1;
    expect(await outcome(new File([bytes], 'a.zip'))).to.equal(
      `a.zip is cut short or damaged: ${piece} does not hold what it should.`,
    );
  });

  it('whose array is another than the document says is refused with its name and both sizes', async () => {
    const zip = await zipOf((name, content) =>
      name.includes('abundances') ? new Blob([content, 'x']) : content,
    );
    expect(await outcome(zip)).to.match(
      /abundances-\w+\.npy is cut short or damaged: it holds \d+ bytes \(want \d+\)\.$/,
    );
  });

  it('whose paths lead out of it names parts and nothing else', async () => {
    const zip = await packFiles(
      [
        {
          name: '../../session.json',
          content: new Blob(['{}']),
          shrinks: true,
        },
      ],
      'a.stratigraph.zip',
    );
    expect(await outcome(zip)).to.equal(
      'a.stratigraph.zip is no saved session: session.json is missing in it.',
    );
  });

  it('that says it unpacks to more than its bytes can is refused before room is made', async () => {
    const zip = await zipOf();
    const bytes = new Uint8Array(await zip.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(bytes.length - 22 + 16, true);
    view.setUint32(directory + 24, 0xfffffff0, true);
    expect(await outcome(new File([bytes], 'a.zip'))).to.equal(
      'a.zip is cut short or damaged: session.json is packed in a way that is not known.',
    );
  });
});
