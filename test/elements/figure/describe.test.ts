import { expect } from '@open-wc/testing';
import { captionOf } from '../../../src/elements/figure/caption.js';
import {
  FigureDescriber,
  type FigureChoices,
  type Seen,
  extentsOf,
} from '../../../src/elements/figure/describe.js';
import { comparisonDefaults } from '../../../src/elements/compare/modes.js';
import { Difference } from '../../../src/elements/figure/compared.js';
import type { View } from '../../../src/hosts/host.js';
import { placedLayers } from '../../../src/elements/placements.js';
import type { KeptRun, SessionState } from '../../../src/elements/state.js';
import { newStep } from '../../../src/preprocess/check-steps.js';
import type { PlacedRaster } from '../../../src/session/figure/figure.js';
import { sessions } from '../../fixtures/sessions.js';

const { done, ready } = sessions();
const choices: FigureChoices = {
  what: 'seen',
  extent: 'all',
  width: 692,
  theme: 'light',
  legend: true,
  bar: true,
  beneath: false,
};
const view: View = {
  centre: [8, 4, 0],
  right: [1, 0, 0],
  up: [0, -1, 0],
  halfHeight: 2,
};

const describeOf = (
  session: SessionState,
  more: Partial<FigureChoices> = {},
  rest: { seen?: Seen; caption?: string } = {},
) =>
  new FigureDescriber().describe({
    session,
    choices: { ...choices, ...more },
    seen: rest.seen ?? null,
    caption: rest.caption ?? '',
    difference: null,
  });

const styled = (
  session: SessionState,
  id: string,
  patch: Partial<SessionState['layers'][number]['style']>,
): SessionState => ({
  ...session,
  layers: session.layers.map((layer) =>
    layer.id === id ? { ...layer, style: { ...layer.style, ...patch } } : layer,
  ),
});

/** Where a place of an image's pixels lies in the plane. */
const through = ({ at }: PlacedRaster, x: number, y: number): number[] => [
  at[0] * x + at[1] * y + at[2],
  at[3] * x + at[4] * y + at[5],
];

describe('a figure of what is seen', () => {
  it('has every visible layer, bottom first, in the extent of all', () => {
    const [{ figure }] = describeOf(styled(done, 'cube-1', { visible: false }));
    const [panel] = figure.panels;
    expect(panel.stacks[0].images.length).to.equal(4);
    // The unit geometry: the corner of the first pixel lies half a step before its centre.
    expect(panel.extent).to.deep.equal({
      x: -0.5,
      y: -0.5,
      width: 16,
      height: 8,
    });
    expect(through(panel.stacks[0].images[0], 0, 0)).to.deep.equal([
      -0.5, -0.5,
    ]);
    expect(panel.stacks[0].images.map(({ smooth }) => smooth)).to.deep.equal([
      true,
      false,
      false,
      false,
    ]);
  });

  it('lists endmembers by number, whatever their order, with limits that are not usual', () => {
    const session = styled(
      {
        ...done,
        layers: [
          done.layers[2],
          done.layers[0],
          done.layers[1],
          ...done.layers.slice(3),
        ],
      },
      'cube-1/abundance-1',
      { limits: [0.1, 0.8], colour: [1, 2, 3] },
    );
    const [{ figure }] = describeOf(session);
    expect(figure.legend.map(({ swatch }) => swatch?.number)).to.deep.equal([
      1, 2, 3,
    ]);
    expect(figure.legend[1]).to.deep.include({
      swatch: { number: 2, colour: '#010203', hatched: false },
      name: 'Endmember 2',
      detail: '10\u00a0% to 80\u00a0%',
      bar: null,
    });
    const ramped = styled(done, 'cube-1/abundance-0', { colourMap: 'heat' });
    expect(describeOf(ramped)[0].figure.legend[0].bar?.high).to.equal(
      '100\u00a0%',
    );
  });

  it('hatches the swatch of a ninth endmember', () => {
    const names = Array.from({ length: 9 }, (_, r) => `E${r + 1}`);
    const [{ figure }] = describeOf(sessions({ names }).done);
    expect(figure.legend.map(({ swatch }) => swatch?.hatched)).to.deep.equal(
      names.map((_, r) => r === 8),
    );
  });

  it('is cut to what the viewer shows of the images, to one image, or not at all', () => {
    const seen = { view, aspect: 2 };
    const extent = (of: string, ...rest: [typeof seen?]) =>
      describeOf(done, { extent: of }, { seen: rest[0] })[0].figure.panels[0]
        .extent;
    expect(extent('view', seen)).to.deep.equal({
      x: 4,
      y: 2,
      width: 8,
      height: 4,
    });
    expect(extent('view', { view, aspect: 6 })).to.deep.equal({
      x: -0.5,
      y: 2,
      width: 16,
      height: 4,
    });
    const away = { ...view, centre: [99, 99, 0] as const };
    expect(extent('view', { view: away, aspect: 1 }).width).to.equal(16);
    expect(extent('view').width).to.equal(16);
    expect(extentsOf(done).map(({ id }) => id)).to.deep.equal([
      'cube-1/abundance-0',
      'cube-1',
      'picture-1',
    ]);
  });

  it('shows a placed image where its placement takes it, sheared as it is', () => {
    const placement = [1.1, 0.2, 5, -0.1, 0.9, 3] as const;
    const layers = placedLayers(done.layers, { 'cube-1': placement });
    const [{ figure }] = describeOf({ ...done, layers });
    const images = figure.panels[0].stacks[0].images;
    const map = images[images.length - 1];
    const [x, y] = through(map, 10, 6);
    expect(x).to.be.closeTo(1.1 * 9.5 + 0.2 * 5.5 + 5, 1e-9);
    expect(y).to.be.closeTo(-0.1 * 9.5 + 0.9 * 5.5 + 3, 1e-9);
  });

  it('blends the maps where the viewer shows a blend', () => {
    const [{ figure }] = describeOf({
      ...done,
      composite: { on: true, reason: null },
    });
    expect(figure.panels[0].stacks[0].images.length).to.equal(3);
    expect(figure.legend.length).to.equal(3);
  });

  it('is none when nothing is shown', () => {
    const layers = done.layers.map((layer) => ({
      ...layer,
      style: { ...layer.style, visible: false },
    }));
    for (const what of ['seen', 'maps', 'sheet', 'compared'] as const)
      expect(describeOf({ ...done, layers }, { what })).to.deep.equal([]);
  });
});

describe('figures of maps', () => {
  it('are one for each that is shown, at full strength on black, with number, name and bar', () => {
    const figures = describeOf(
      styled(done, 'cube-1/abundance-1', { visible: false }),
      { what: 'maps' },
    );
    expect(figures.map(({ name }) => name)).to.deep.equal([
      'Endmember 1',
      'Endmember 3',
    ]);
    const { panels, ground, legend } = figures[1].figure;
    expect(ground).to.equal('black');
    expect(legend).to.deep.equal([]);
    const [{ raster }] = panels[0].stacks[0].images;
    const layer = done.layers[2];
    if (layer.image.kind !== 'map') throw new Error('no map');
    layer.image.values.forEach((value, n) =>
      expect(raster.data[4 * n + 3]).to.be.closeTo(255 * Math.min(1, value), 1),
    );
    expect(panels[0].title?.swatch?.number).to.equal(3);
    expect(panels[0].title?.bar?.low).to.equal('0\u00a0%');
    const bar = panels[0].title?.bar?.raster;
    expect([bar?.data[3], bar?.data.at(-1)]).to.deep.equal([0, 255]);
  });

  it('lie over the images beneath them as in the viewer, when asked for', () => {
    const [{ figure }] = describeOf(done, { what: 'sheet', beneath: true });
    expect(figure.panels.length).to.equal(3);
    expect(figure.ground).to.equal('page');
    for (const { stacks } of figure.panels)
      expect(stacks[0].images.length).to.equal(3);
    // The picture is one raster in all of them.
    expect(
      new Set(figure.panels.map(({ stacks }) => stacks[0].images[0].raster))
        .size,
    ).to.equal(1);
  });

  it('share a scale bar of a round length that fits', () => {
    const [{ figure }] = describeOf(done, { what: 'sheet' });
    expect(figure.scale?.label).to.equal('5\u00a0px');
    const [none] = describeOf(done, { what: 'sheet', bar: false });
    expect(none.figure.scale).to.equal(null);
  });
});

describe('a figure of the comparison on show', () => {
  const compared = (
    mode: 'swipe' | 'side-by-side' | 'flicker' | 'overlay' | 'difference',
  ) => ({
    ...done,
    comparison: {
      ...comparisonDefaults,
      first: 'picture-1',
      second: 'cube-1/abundance-0',
      mode,
      divider: 0.25,
      mix: 0.4,
    },
  });

  it('divides a panel where the divider is, and names both sides', () => {
    const [{ figure }] = describeOf(compared('swipe'), { what: 'compared' });
    const [{ stacks }] = figure.panels;
    expect(stacks.map(({ part }) => [part.x, part.width])).to.deep.equal([
      [0, 0.25],
      [0.25, 0.75],
    ]);
    expect(stacks.map(({ tag }) => tag)).to.deep.equal([
      'Micrograph, visible',
      'Endmember 1',
    ]);
    expect(figure.legend.map(({ name }) => name)).to.deep.equal([
      'Endmember 1',
    ]);
  });

  it('puts both side by side, also for flicker, and fades the second when overlaid', () => {
    for (const mode of ['side-by-side', 'flicker'] as const) {
      const [{ figure }] = describeOf(compared(mode), { what: 'compared' });
      expect(figure.panels.map(({ title }) => title?.name)).to.deep.equal([
        'Micrograph, visible',
        'Endmember 1',
      ]);
    }
    const [{ figure }] = describeOf(compared('overlay'), { what: 'compared' });
    expect(figure.panels[0].stacks.map(({ opacity }) => opacity)).to.deep.equal(
      [1, 0.4],
    );
  });

  it('shows a difference with its bar about zero', async () => {
    const session = {
      ...compared('difference'),
      comparison: {
        ...compared('difference').comparison,
        first: 'cube-1/abundance-1',
      },
    };
    const difference = await new Difference().of(session);
    const [{ figure }] = new FigureDescriber().describe({
      session,
      choices: { ...choices, what: 'compared' },
      seen: null,
      caption: '',
      difference,
    });
    const [{ bar }] = figure.legend;
    if (!bar) throw new Error('no bar');
    expect(bar.low.replace('\u2212', '')).to.equal(bar.high);
  });
});

describe('the caption', () => {
  const drawn = new Date(2026, 10, 26);
  const run = (session: SessionState): KeptRun => {
    if (session.run.state !== 'done' || !session.unmixing)
      throw new Error('no run');
    return {
      id: 'run-1',
      name: 'Network, seed 42',
      result: session.run.result,
      unmixing: session.unmixing,
      colours: session.colours,
      steps: [newStep('rubberband'), { ...newStep('spikes'), on: false }],
      geometry: session.layers[0].geometry,
      finished: new Date(2026, 10, 24, 9).getTime(),
    };
  };

  it('tells method, number, seed, bands, corrections, image, dates and version of the run on show', () => {
    const session = { ...done, runs: [run(done)], shownRun: 'run-1' };
    expect(captionOf(session, drawn)).to.equal(
      'cross-section-07: blind spectral unmixing into 3 endmembers (Network, Scaled NNLS, seed 42); 62 of 120 bands left out; corrected before: rubberband baseline; shown with Micrograph, visible. Unmixed 2026-11-24, drawn 2026-11-26 with Stratigraph 0.1.0.',
    );
  });

  it('tells how an image was registered, with the worst residual where its landmarks lie now', () => {
    const session: SessionState = {
      ...done,
      runs: [run(done)],
      shownRun: 'run-1',
      placements: {
        'cube-1': [1, 0, 10, 0, 1, 0],
        'picture-1': [2, 0, 0, 0, 2, 0],
      },
      registrations: [
        {
          moving: 'cube-1',
          fixed: 'picture-1',
          kind: 'similarity',
          landmarks: [
            { moving: [0, 0], fixed: [5, 0] },
            { moving: [4, 0], fixed: [7, 1.5] },
          ],
        },
      ],
    };
    expect(captionOf(session, drawn)).to.contain(
      'Cube, 2 310 cm⁻¹ was registered to Micrograph, visible (similarity, 2 landmarks within 3\u00a0px).'.replace(
        'Cube, 2 310 cm⁻¹',
        session.layers.find(({ id }) => id === 'cube-1')?.name ?? '',
      ),
    );
  });

  it('names no picture for maps on their own', () => {
    expect(captionOf(done, drawn, false)).not.to.contain('Micrograph');
  });

  it('says what there is before anything was unmixed', () => {
    expect(captionOf(ready, drawn)).to.equal(
      'cross-section-07; shown with Micrograph, visible. Drawn 2026-11-26 with Stratigraph 0.1.0.',
    );
  });
});
