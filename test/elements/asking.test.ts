import { expect } from '@open-wc/testing';
import {
  type Answers,
  type Reading,
  answered,
  choiceOf,
  readOn,
} from '../../src/elements/asking.js';
import type { Question, Source } from '../../src/elements/source.js';

const source: Source = { cube: null, pictures: [] };
const question = (file: string | null): Question => ({
  file,
  type: file === null ? null : 'MATLAB',
  choices: [
    { id: 'V', description: '4 × 4' },
    { id: 'W', description: '8 × 8' },
  ],
});
const task = {
  signal: new AbortController().signal,
  onProgress: () => undefined,
};

/** A reading that asks until each file has an answer; and all answers it was read with. */
function asksFor(...files: (string | null)[]) {
  const heard: Answers[] = [];
  const reading: Reading = {
    name: 'some.mat',
    origin: { files: [] },
    question: null,
    answers: {},
    remarks: [],
    read: (_, answers) => {
      heard.push(answers);
      const open = files.find((file) => !((file ?? '') in answers));
      return Promise.resolve(open === undefined ? source : question(open));
    },
  };
  return { reading, heard };
}

async function asked(reading: Reading): Promise<Reading> {
  const result = await readOn(reading, task);
  if (!('choices' in result.source)) throw new Error('nothing was asked');
  return { ...result.reading, question: result.source };
}

describe('asking which of several is meant', () => {
  beforeEach(() => localStorage.clear());

  it('reads again with the answer, until there is nothing to ask', async () => {
    const { reading, heard } = asksFor('a.mat', 'b.mat');
    const first = answered(await asked(reading), 'W');
    if (!first) throw new Error('the answer was refused');
    const done = await readOn(first, task);
    expect(done.source).to.equal(source);
    // The second file is of the same kind: what was said of the first is taken, and told.
    expect(heard.at(-1)).to.deep.equal({ 'a.mat': 'W', 'b.mat': 'W' });
    expect(done.reading.remarks).to.deep.equal([
      'b.mat holds several arrays: W is taken, as you chose last time.',
    ]);
  });

  it('takes no answer that is not on offer', async () => {
    const { reading } = asksFor('a.mat');
    expect(answered(await asked(reading), 'X')).to.equal(null);
  });

  it('asks again when what was remembered is not among the arrays of this file', async () => {
    answered(await asked(asksFor('a.mat').reading), 'V');
    localStorage.setItem('stratigraph.choice MATLAB', '"gone"');
    const again = await asked(asksFor('c.mat').reading);
    expect(again.question?.file).to.equal('c.mat');
  });

  it('does not go round when an answer settles nothing', async () => {
    const { reading } = asksFor('a.mat');
    const stubborn = {
      ...reading,
      read: () => Promise.resolve(question('a.mat')),
    };
    const first = answered(await asked(stubborn), 'V');
    if (!first) throw new Error('the answer was refused');
    expect((await asked(first)).question?.file).to.equal('a.mat');
  });

  it('learns nothing from a choice among several cubes', async () => {
    const first = answered(await asked(asksFor(null).reading), 'V');
    expect(first && choiceOf(first)).to.deep.include({
      file: null,
      chosen: 'V',
    });
    expect((await asked(asksFor(null).reading)).question?.file).to.equal(null);
  });
});
