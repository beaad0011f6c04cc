import { expect } from '@open-wc/testing';
import { packFiles } from '../../../src/formats/pack.js';
import { readNpyHeader } from '../../../src/formats/npy/header.js';
import { sha256 } from '../../../src/formats/sha256.js';
import { Keys } from '../../../src/session/document/keys.js';
import {
  fileRecords,
  fromPieces,
  pieceKeys,
} from '../../../src/session/document/load.js';
import { isSessionFile } from '../../../src/session/document/look.js';
import { readDocument } from '../../../src/session/document/read.js';
import type {
  LaterArray,
  Pieces,
  SessionContent,
} from '../../../src/session/document/schema.js';
import { toPieces } from '../../../src/session/document/write.js';
import {
  openSessionZip,
  sessionFiles,
} from '../../../src/session/document/zip.js';
import { isUnmixingError } from '../../../src/spectral/errors.js';
import { sampleFile, sampleSession } from './sample.js';

const zipped = async (pieces: Pieces): Promise<File> =>
  packFiles(await sessionFiles(pieces), 'a.stratigraph.zip');

async function reopened(zip: File): Promise<SessionContent> {
  const { document, source } = await openSessionZip(zip);
  return fromPieces(document, source);
}

const refusal = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

/** A session without what stands for an array that is fetched later: that is compared by its values. */
const plain = ({ cubes, ...others }: SessionContent) => ({
  ...others,
  cubes: cubes.map(({ source, ...cube }) => ({
    ...cube,
    source: source.kind === 'values' ? { ...source, data: null } : source,
  })),
});

const laterOf = ({ cubes }: SessionContent): LaterArray => {
  const [source] = cubes.flatMap((cube) =>
    cube.source.kind === 'values' ? [cube.source] : [],
  );
  return source.data;
};

type Json = Record<string, unknown>;

/** The sample's document as JSON, to be damaged. */
const json = (): Json =>
  JSON.parse(
    JSON.stringify(toPieces(sampleSession(), new Keys()).document),
  ) as Json;

/** Puts a value at a path of it, as "cubes.0.runs.0.names"; undefined takes the field away. */
function with_(path: string, value: unknown): string {
  const document = json();
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  let at: unknown = document;
  for (const part of parts) at = (at as Json)[part];
  (at as Json)[last] = value;
  return JSON.stringify(document);
}

describe('a saved session', () => {
  it('comes back from its zip with every value, array and file as it was', async () => {
    const session = sampleSession();
    const zip = await zipped(toPieces(session, new Keys()));
    const again = await reopened(zip);
    expect(plain(again)).to.deep.include(plain(session));
    expect(await laterOf(again).load()).to.deep.equal(
      await laterOf(session).load(),
    );
    const { source } = again.cubes[0];
    const [file] = source.kind === 'files' ? source.files : [];
    if (!(file instanceof File)) throw new Error('the file is not there');
    expect(new Uint8Array(await file.arrayBuffer())).to.deep.equal(
      Uint8Array.of(1, 2, 3, 4, 5),
    );
    expect([file.name, file.lastModified]).to.deep.equal([
      'folder/section.img',
      1_700_000_000_000,
    ]);
  });

  it('keeps each array once, however many results share it', async () => {
    const { document, pieces } = toPieces(sampleSession(), new Keys());
    const [first, second] = document.cubes[0].runs;
    expect(first.unmixing.abundances.piece).to.equal(
      second.unmixing.abundances.piece,
    );
    expect([...pieceKeys(document)].sort()).to.deep.equal(
      [...pieces.keys()].sort(),
    );
    const again = await reopened(await zipped({ document, pieces }));
    const [one, two] = again.cubes[0].runs;
    expect(one.unmixing.abundances).to.equal(two.unmixing.abundances);
  });

  it('gives an array the same key as long as it is the same object, and keys that were taken over', () => {
    const keys = new Keys();
    const session = sampleSession();
    const before = [...toPieces(session, keys).pieces.keys()];
    expect([...toPieces(session, keys).pieces.keys()]).to.deep.equal(before);
    const array = Float32Array.of(1);
    keys.know(array, 'results/old.npy');
    expect(keys.ofArray(array, 'results', 'new')).to.equal('results/old.npy');
  });

  it('has arrays in the shapes of their images: abundances are height x width x endmembers', async () => {
    const zip = await zipped(toPieces(sampleSession(), new Keys()));
    const { document, source } = await openSessionZip(zip);
    const { abundances, endmembers } = document.cubes[0].runs[0].unmixing;
    expect(abundances.shape).to.deep.equal([2, 3, 2]);
    expect(endmembers.shape).to.deep.equal([2, 4]);
    expect(await source.array(abundances)).to.have.length(12);
    const [, blob] = (
      await sessionFiles(toPieces(sampleSession(), new Keys()))
    ).filter(({ name }) => name.includes('endmembers'));
    const header = await readNpyHeader(new File([blob.content], 'e.npy'));
    expect(header).to.include({ type: 'float32', littleEndian: true });
  });

  it('by reference has names, sizes and sums of files in place of their bytes', async () => {
    const file = sampleFile();
    const sum = await sha256(file);
    // Of the bytes 1 to 5, by sha256sum.
    expect(sum).to.equal(
      '74f81fe167d99b4cb41d6d0ccda82278caee9f3e2f25d5e5a3936ff3dcec60d0',
    );
    const pieces = toPieces(sampleSession(file), new Keys(), {
      references: new Map([[file, sum]]),
    });
    expect(fileRecords(pieces.document)).to.deep.equal([
      {
        name: 'folder/section.img',
        size: 5,
        lastModified: 1_700_000_000_000,
        sha256: sum,
        piece: null,
      },
    ]);
    const again = await reopened(await zipped(pieces));
    const { source } = again.cubes[0];
    const [record] = source.kind === 'files' ? source.files : [];
    expect(record).to.include({ name: 'folder/section.img', sha256: sum });
    // Saved again without the file, it is still told of.
    const once = toPieces(again, new Keys());
    expect(fileRecords(once.document)[0]).to.include({ sha256: sum });
  });

  it('is told from other zips by its first file', async () => {
    const zip = await zipped(toPieces(sampleSession(), new Keys()));
    expect(await isSessionFile(new File([zip], 'renamed.zip'))).to.equal(true);
    const other = await packFiles(
      [{ name: 'a.hdr', content: new Blob(['ENVI']), shrinks: true }],
      'a.zip',
    );
    expect(await isSessionFile(other)).to.equal(false);
    expect(await isSessionFile(new File(['PK'], 'a.hdr'))).to.equal(false);
  });

  it('of a newer form is refused, with the version that wrote it', async () => {
    const text = JSON.stringify({ ...json(), version: 2, program: '9.9.9' });
    expect(await refusal(() => readDocument(text))).to.match(
      /^This session was written by stratigraph 9\.9\.9 in form 2, .* reads forms up to 1: update to open it\.$/,
    );
  });

  for (const [path, value, sentence] of [
    ['stratigraph', 'recipe', 'stratigraph is "recipe" (want session)'],
    ['version', 0, 'version is 0 (want a whole number from 1 to'],
    ['cubes', null, 'cubes is null (want a list of at most 1000)'],
    ['cubes.0.id', '', 'cubes[0].id is "" (want an id'],
    ['cubes.1.id', 'cube-1', 'cubes[1].id is "cube-1" (want ids that differ)'],
    ['cubes.0.source.kind', 'ftp', 'cubes[0].source.kind is "ftp"'],
    [
      'cubes.2.source.urls.0',
      'javascript:alert(1)',
      'cubes[2].source.urls[0] is "javascript:alert(1)" (want an address',
    ],
    ['cubes.0.summary.width', 2.5, 'cubes[0].summary.width is 2.5'],
    [
      'cubes.0.shown.unmixing.abundances.shape',
      [1e9, 1e9],
      'cubes[0].shown.unmixing.abundances.shape is [1000000000,1000000000] (want 12 values in all)',
    ],
    [
      'cubes.0.runs.0.unmixing.mask.type',
      'float64',
      'cubes[0].runs[0].unmixing.mask.type is "float64" (want uint8)',
    ],
    ['cubes.0.runs.0.names', ['a'], 'cubes[0].runs[0].names is ["a"] (want 2'],
    [
      'cubes.0.runs.0.report.options.endmembers',
      40,
      'cubes[0].runs[0].report.options: invalid endmembers: 40',
    ],
    ['cubes.0.shownRun', 'run-9', 'cubes[0].shownRun is "run-9"'],
    ['cubes.0.steps.0.kind', 'sharpen', 'cubes[0].steps: invalid correction 1'],
    [
      'cubes.0.request.network.weight',
      1,
      'cubes[0].request.network.weight is 1',
    ],
    ['active', 'cube-9', 'active is "cube-9" (want the id of one of the cubes'],
    ['layers.0.style.gamma', null, 'layers[0].style.gamma is null'],
    ['layers.0.style.colour', [1, 2, 300], 'layers[0].style.colour[2] is 300'],
    ['layers.0.owner', 'cube-9', 'layers[0].owner is "cube-9"'],
    ['layers.0.endmember', 2, 'layers[0].endmember is 2 (want one of the 2'],
    ['layers.3.image', null, 'layers[3].image is null (want an image)'],
    [
      'placements.cube-1',
      [1, 2, 3],
      'placements.cube-1 is [1,2,3] (want a list of 6)',
    ],
    ['registrations.0.kind', 'warp', 'registrations[0].kind is "warp"'],
    ['view.halfHeight', 0, 'view.halfHeight is 0'],
    ['title', undefined, 'title is missing (want a text of at most 1000'],
  ] as const)
    it(`is refused where ${path} is ${JSON.stringify(value)}, and says so`, async () => {
      const message = await refusal(() => readDocument(with_(path, value)));
      expect(message.slice(0, 17)).to.equal('invalid session: ');
      expect(message).to.include(sentence);
    });

  it('cannot reach the prototype of what is made of it', () => {
    const text = with_('placements', {}).replace(
      '"placements":{}',
      '"placements":{"__proto__":[1,0,0,0,1,0]}',
    );
    expect(() => readDocument(text)).to.throw(/placements/);
  });
});
