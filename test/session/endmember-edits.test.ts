import { expect } from '@open-wc/testing';
import type { EndmemberEdit } from '../../src/engine/endmember-edits.js';
import { checkEdits, editWords } from '../../src/session/endmember-edits.js';
import { isUnmixingError } from '../../src/spectral/errors.js';

const spectrum = { name: 'Gypsum', positions: [4000, 900], values: [0.1, 1] };
const edits: readonly EndmemberEdit[] = [
  { kind: 'rename', endmember: 0, name: 'Calcite', names: ['A'], at: 1 },
  { kind: 'reorder', order: [1, 0], names: ['B', 'Calcite'], at: 2 },
  {
    kind: 'merge',
    endmembers: [0, 1],
    spectrum: 'mean',
    names: ['B', 'C'],
    at: 3,
  },
  { kind: 'split', endmember: 1, threshold: 0.5, names: ['B'], at: 4 },
  { kind: 'delete', endmember: 2, names: ['D'], at: 5 },
  {
    kind: 'replace',
    endmember: 0,
    spectrum,
    from: 'from gypsum.csv',
    names: ['B'],
    at: 6,
  },
  { kind: 'flip', endmember: 0, names: ['Gypsum'], at: 7 },
];

function refusal(value: unknown): string {
  try {
    checkEdits(value);
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('edits of endmembers on record', () => {
  it('read back as they were written', () => {
    expect(checkEdits(JSON.parse(JSON.stringify(edits)))).to.deep.equal(edits);
  });

  it('are told in one sentence each', () => {
    expect(edits.map(editWords)).to.deep.equal([
      'A was named Calcite.',
      'The order was changed: B and Calcite moved.',
      'C was merged into B, with the mean of both spectra by area.',
      'B was split in two where it has most, and at least 50 %, of a pixel.',
      'D was deleted.',
      'B was replaced by Gypsum, from gypsum.csv.',
      'Gypsum was turned upside down.',
    ]);
  });

  it('leave out fields that nobody knows', () => {
    const [known] = checkEdits([{ ...edits[4], __proto__: null, more: 1 }]);
    expect(known).to.deep.equal(edits[4]);
  });

  for (const [what, broken, want] of [
    ['no list', {}, 'invalid edits'],
    ['an unknown kind', [{ ...edits[4], kind: 'melt' }], 'edits[0].kind'],
    ['a place beyond all', [{ ...edits[4], endmember: 32 }], 'from 0 to 31'],
    ['half a place', [{ ...edits[4], endmember: 0.5 }], 'edits[0].endmember'],
    ['one to merge', [{ ...edits[2], endmembers: [1] }], 'two places'],
    ['a share above one', [{ ...edits[3], threshold: 2 }], 'from 0 to 1'],
    [
      'values without positions',
      [{ ...edits[5], spectrum: { ...spectrum, values: [1] } }],
      '2 positions, 1 values',
    ],
    ['a name that is a number', [{ ...edits[4], names: [7] }], 'names[0]'],
    ['no time', [{ ...edits[4], at: null }], 'edits[0].at'],
  ] as const)
    it(`with ${what} are refused where it is`, () => {
      expect(refusal(broken)).to.include(want);
    });
});
