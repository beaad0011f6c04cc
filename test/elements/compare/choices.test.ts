import { expect } from '@open-wc/testing';
import {
  comparisonOf,
  subjectChoices,
  viewerChoices,
} from '../../../src/elements/compare/choices.js';
import {
  recallWays,
  rememberWays,
} from '../../../src/elements/compare/modes.js';
import { comparisonPanes } from '../../../src/elements/compare/panes.js';
import { subjectOf } from '../../../src/elements/compare/subjects.js';
import { comparisonWords } from '../../../src/elements/compare/words.js';
import { compared } from '../../fixtures/comparison.js';
import { unitGeometry } from '../../../src/spectral/cube.js';
import { sessions } from '../../fixtures/sessions.js';
import { keptFixture } from '../runs/kept-fixture.js';

const { done, ready } = sessions();
const idsOf = (choices: readonly (readonly [string, string])[]): string[] =>
  choices.map(([id]) => id);

describe('what can be compared', () => {
  it('is all abundances as one, every layer, and what is seen', () => {
    expect(idsOf(subjectChoices(done))).to.deep.equal([
      'cube-1/abundances',
      'cube-1/abundance-0',
      'cube-1/abundance-1',
      'cube-1/abundance-2',
      'cube-1',
      'picture-1',
      'seen',
    ]);
  });

  it('is the kept results of every cube, each with the name of its cube, unless it is the only one and on show', () => {
    const kept = keptFixture();
    const two = {
      ...done,
      runs: [kept],
      shownRun: kept.id,
      cubes: [
        { ...done.cubes[0], ...done, runs: [kept], shownRun: kept.id },
        {
          ...done.cubes[0],
          id: 'cube-2',
          name: 'Second',
          runs: [
            keptFixture({ id: 'cube-2/run-a' }),
            keptFixture({ id: 'cube-2/run-b', name: 'Auto, seed 1' }),
          ],
        },
      ].map(({ id, name, unmixing, runs, shownRun, colours }) => ({
        ...done.cubes[0],
        ...{ id, name, unmixing, runs, shownRun, colours },
      })),
      placements: { 'cube-2': [1, 0, 10, 0, 1, 0] as const },
    };
    const runs = subjectChoices(two).filter(([id]) => id.startsWith('run:'));
    expect(runs).to.deep.equal([
      ['run:cube-2/run-a', 'Run: Network, seed 42, Second'],
      ['run:cube-2/run-b', 'Run: Auto, seed 1, Second'],
    ]);
    const subject = subjectOf(two, 'run:cube-2/run-b');
    expect(subject?.name).to.equal('Auto, seed 1, Second');
    expect(subject?.own[0].geometry.origin[0]).to.equal(
      unitGeometry.origin[0] + 10,
    );
    expect(subjectOf(two, `run:${kept.id}`)?.own[0].geometry).to.equal(
      kept.geometry,
    );
  });

  it('in the ways of a viewer is of the grid of the cube alone', () => {
    expect(idsOf(viewerChoices(done))).to.deep.equal([
      'cube-1/abundances',
      'cube-1/abundance-0',
      'cube-1/abundance-1',
      'cube-1/abundance-2',
      'cube-1',
    ]);
  });
});

describe('a comparison to begin with', () => {
  beforeEach(() => localStorage.clear());

  it('is the picture against the abundances, swiped in the middle', () => {
    expect(comparisonOf(done)).to.deep.equal(
      compared('picture-1', 'cube-1/abundances'),
    );
  });

  it('is of the two images while nothing was unmixed, and of none while there is one', () => {
    expect(comparisonOf(ready)).to.deep.equal(compared('picture-1', 'cube-1'));
    expect(comparisonOf({ ...ready, layers: [] })).to.equal(null);
  });

  it('takes what is asked as far as it is there, also twice the same', () => {
    expect(
      comparisonOf(done, {
        first: 'gone',
        second: 'picture-1',
        mode: 'flicker',
      }),
    ).to.deep.equal(compared('cube-1', 'picture-1', { mode: 'flicker' }));
    expect(
      comparisonOf(done, { first: 'cube-1', second: 'cube-1' }),
    ).to.deep.equal(compared('cube-1', 'cube-1'));
  });

  it('is in the way of the last one; what cannot be is as by default', () => {
    rememberWays(compared('a', 'b', { mode: 'overlay', mix: 0.2, rate: 4 }));
    expect(recallWays()).to.deep.include({
      mode: 'overlay',
      mix: 0.2,
      rate: 4,
    });
    localStorage.setItem(
      'stratigraph.comparison',
      '{"mode":"sideways","mix":7,"rate":40,"divider":"left","upright":false}',
    );
    expect(recallWays()).to.deep.equal({
      mode: 'swipe',
      divider: 0.5,
      upright: false,
      mix: 0.5,
      rate: 2,
    });
  });

  it('is ours where the viewer has no such way', () => {
    const bare = {
      ...done,
      viewer: { ...done.viewer, capabilities: new Set<never>() },
    };
    expect(comparisonOf(bare, { mode: 'blend' })?.mode).to.equal('swipe');
    expect(comparisonOf(done, { mode: 'blend' })?.mode).to.equal('blend');
  });
});

describe('a subject', () => {
  it('of maps lies on the pictures that are shown; a picture lies on nothing', () => {
    const maps = subjectOf(done, 'cube-1/abundances');
    const below = done.layers
      .filter(
        ({ role, style }) =>
          style.visible && (role === 'picture' || role === 'cube'),
      )
      .map(({ id }) => id)
      .reverse();
    expect(maps?.ground.map(({ id }) => id)).to.deep.equal(below);
    expect(maps?.own.map(({ id }) => id)).to.deep.equal([
      'cube-1/abundance-2',
      'cube-1/abundance-1',
      'cube-1/abundance-0',
    ]);
    expect(subjectOf(done, 'picture-1')?.ground).to.deep.equal([]);
  });

  it('is seen though its layer is hidden, as the same object again, and is none once it is gone', () => {
    const hidden = {
      ...done,
      layers: done.layers.map((layer) => ({
        ...layer,
        style: { ...layer.style, visible: false },
      })),
    };
    const own = subjectOf(hidden, 'picture-1')?.own;
    expect(own?.[0].style.visible).to.equal(true);
    expect(subjectOf(hidden, 'picture-1')?.own[0]).to.equal(own?.[0]);
    expect(subjectOf(hidden, 'seen')).to.equal(null);
    expect(subjectOf(done, 'picture-9')).to.equal(null);
    expect(subjectOf(done, 'run:9')).to.equal(null);
  });
});

describe('the panes of a comparison', () => {
  const now = { flicked: 'second', difference: null } as const;
  const [first, second] = ['picture-1', 'cube-1/abundances'];
  const layersIn = (mode: 'overlay' | 'swipe' | 'side-by-side' | 'flicker') =>
    comparisonPanes(
      done,
      compared(first, second, { mode, mix: 0.3, divider: 0.4 }),
      now,
    );

  it('fade the second over the first', () => {
    const panes = layersIn('overlay')?.panes;
    expect(panes?.length).to.equal(1);
    const [below, above] = panes?.[0].groups ?? [];
    expect(below.layers.map(({ id }) => id)).to.deep.equal([first]);
    expect(above.opacity).to.equal(0.3);
    expect(above.layers.length).to.equal(3);
  });

  it('hold each subject on its side of the divider', () => {
    const shown = layersIn('swipe');
    expect(shown?.split).to.deep.equal({ at: 0.4, upright: true });
    expect(shown?.panes[0].groups.map(({ side }) => side)).to.deep.equal([
      'first',
      'second',
    ]);
  });

  it('are two side by side, and one of that which flickers', () => {
    expect(layersIn('side-by-side')?.panes.map(({ id }) => id)).to.deep.equal([
      'first',
      'second',
    ]);
    expect(layersIn('flicker')?.panes[0].groups[0].layers.at(-1)?.id).to.equal(
      'cube-1/abundance-0',
    );
  });

  it('outline the cube and cross the pixel that is held', () => {
    const pointer = {
      x: 3,
      y: 2,
      world: [3, 2, 0] as const,
      pinned: true,
      spectrum: null,
    };
    const shown = comparisonPanes(
      { ...done, pointer },
      compared(first, second),
      now,
    );
    expect(shown?.panes[0].marks?.map(({ kind }) => kind)).to.deep.equal([
      'outline',
      'cross',
    ]);
  });

  it('are said in one line', () => {
    expect(comparisonWords(done, compared(first, second))).to.equal(
      'swipe, Micrograph, visible | Abundances',
    );
  });
});
