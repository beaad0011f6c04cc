import { expect } from '@open-wc/testing';
import type { Progress } from '../../src/engine/protocol.js';
import { Timeline } from '../../src/engine/timeline.js';

const pause = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 5));

describe('timeline', () => {
  it('adds up the time of a stage that is entered twice', async () => {
    const timeline = new Timeline('pande2026', undefined);
    timeline.at('preparing', 0);
    await pause();
    timeline.at('subspace', 0);
    timeline.at('training', 0);
    await pause();
    timeline.at('subspace', 0.5);
    const before = timeline.seconds;
    const { stages } = timeline;
    const after = timeline.seconds;
    expect(stages.map(({ stage }) => stage)).to.eql([
      'preparing',
      'subspace',
      'training',
    ]);
    const sum = stages.reduce((total, { seconds }) => total + seconds, 0);
    expect(sum).to.be.within(before - 1e-9, after + 1e-9);
  });

  it('guesses the time left of a fast run only when some of it is done', async () => {
    const seen: Progress[] = [];
    const timeline = new Timeline('auto', (progress) => seen.push(progress));
    timeline.at('preparing', 0);
    await pause();
    timeline.at('subspace', 0.5);
    timeline.at('fitting', 1);
    expect(seen[0].secondsLeft).to.equal(null);
    expect(seen[1].secondsLeft).to.be.above(0);
    expect(seen[2].secondsLeft).to.be.closeTo(0, 1e-9);
  });

  it('takes several runs for so much more to do after the subspace', async () => {
    for (const runs of [1, 10]) {
      const seen: Progress[] = [];
      const timeline = new Timeline('auto', (told) => seen.push(told), runs);
      await pause();
      const before = timeline.seconds;
      timeline.at('subspace', 1);
      const after = timeline.seconds;
      // Up to here .65, from here on .35 a run.
      const more = (runs * 0.35) / 0.65;
      expect(seen[0].secondsLeft).to.be.within(
        before * more * (1 - 1e-9),
        after * more * (1 + 1e-9),
      );
    }
  });

  it('repeats the last loss while a pass is under way', async () => {
    const seen: Progress[] = [];
    const timeline = new Timeline('network', (progress) => seen.push(progress));
    timeline.train(4.5, 4, 8, 'cpu');
    await pause();
    timeline.train(5, 4, 8, 'cpu', 0.3, 0.2);
    timeline.train(5.5, 4, 8, 'cpu');
    expect(seen[0].training).to.equal(undefined);
    expect(seen[2].training).to.eql({
      epoch: 5,
      epochs: 8,
      loss: 0.3,
      best: 0.2,
      backend: 'cpu',
    });
    expect(seen.map(({ fraction }) => fraction)).to.eql([0.125, 0.25, 0.375]);
  });
});
