import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingEmpty } from '../../src/elements/empty.js';
import { everyCapability, insteads } from '../../src/elements/instead.js';
import '../../src/elements/later-sections.js';
import { UnmixingLayers } from '../../src/elements/layers.js';
import { UnmixingPanel } from '../../src/elements/panel.js';
import { UnmixingSection } from '../../src/elements/section.js';
import { UnmixingSpectra } from '../../src/elements/spectra.js';
import type { SessionState } from '../../src/elements/state.js';
import type { Capability } from '../../src/hosts/host.js';
import { compared } from '../fixtures/comparison.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const states = sessions();

const without = (
  session: SessionState,
  ...lacks: Capability[]
): SessionState => ({
  ...session,
  viewer: {
    id: 'some-viewer',
    version: '2.1',
    capabilities: new Set(
      [...everyCapability].filter((one) => !lacks.includes(one)),
    ),
  },
});

const panelOf = async (
  session: SessionState,
  theme = 'dark',
  width = 344,
): Promise<UnmixingPanel> => {
  const panel = await fixture<UnmixingPanel>(
    html`<unmixing-panel
      style="width: ${width}px; height: 900px"
      theme=${theme}
      .session=${session}
    ></unmixing-panel>`,
  );
  await drawn(panel);
  return panel;
};

/** Sections inside draw one after another, and some load when they are needed. */
const drawn = async (panel: UnmixingPanel): Promise<void> => {
  await import('../../src/elements/pixel-map.js');
  for (let depth = 0; depth < 4; depth++) {
    await panel.updateComplete;
    await new Promise((resolve) => setTimeout(resolve));
  }
};

const sectionOf = (panel: UnmixingPanel, heading: string) =>
  Array.from(panel.shadowRoot?.querySelectorAll('unmixing-section') ?? []).find(
    (section) => section.heading === heading,
  );

const open = async (panel: UnmixingPanel, heading: string): Promise<void> => {
  sectionOf(panel, heading)?.shadowRoot?.querySelector('button')?.click();
  await drawn(panel);
};

const partOf = <Part extends Element>(
  panel: UnmixingPanel,
  kind: new () => Part,
  name: string,
): Part | null => {
  const found = panel.shadowRoot?.querySelector(name);
  return found instanceof kind ? found : null;
};

/** All that a viewer can lack, beside the place that holds the panel. */
const all: Capability[] = [
  'volumes',
  'ordered-layers',
  'additive',
  'pick',
  'panel-left',
  'panel-bottom',
  'view',
];

describe('what is done in place of what a viewer lacks', () => {
  const sentences = (...lacks: Capability[]) =>
    insteads(without(states.done, ...lacks).viewer.capabilities);

  it('is nothing where it lacks nothing that a user would miss', () => {
    expect(sentences()).to.deep.equal([]);
    expect(sentences('classes', 'compare')).to.deep.equal([]);
  });

  it('is one sentence for each, and one for all that has no place', () => {
    expect(sentences(...all)).to.deep.equal([
      'This viewer hands out no volumes: open the cube here, from a file.',
      'This viewer cannot order translucent layers: all abundances are blended into one.',
      'This viewer does not tell the pixel under the pointer: choose one on the map in Spectra.',
      'This viewer has no place for the layers, the spectra and the legend: this panel holds them.',
    ]);
    expect(sentences('panel-bottom', 'view')).to.deep.equal([
      'This viewer has no place for the spectra: this panel holds them.',
      'This viewer has no place over the image: the legend stands above the layers.',
    ]);
    expect(sentences('additive')[0]).to.include('cannot add light');
  });
});

describe('the panel in a viewer', () => {
  beforeEach(() => localStorage.clear());

  it('that lacks nothing holds neither layers nor spectra, and tells nothing of the viewer', async () => {
    const panel = await panelOf(states.done);
    for (const heading of ['Layers', 'Spectra', 'Viewer'])
      expect(sectionOf(panel, heading), heading).to.equal(undefined);
  });

  it('tells in one place what it does instead, with name and version', async () => {
    const panel = await panelOf(without(states.done, 'additive', 'pick'));
    const section = sectionOf(panel, 'Viewer');
    expect(section?.summary).to.equal('some-viewer 2.1');
    expect(section?.open).to.equal(false);
    await open(panel, 'Viewer');
    expect(
      Array.from(
        section?.querySelectorAll('li') ?? [],
        ({ textContent }) => textContent,
      ),
    ).to.have.length(2);
  });

  for (const theme of ['dark', 'light'])
    for (const [name, lacks, width] of [
      [
        'has no place for anything else',
        ['panel-left', 'panel-bottom', 'view'],
        320,
      ],
      ['lacks everything', all, 400],
      ['lacks only the pixel', ['pick'], 344],
    ] as const)
      for (const state of ['empty', 'ready', 'done'] as const)
        it(`that ${name} is accessible in ${theme} when ${state}`, async () => {
          localStorage.setItem(
            'stratigraph.sections',
            '{"layers":true,"viewer":true,"spectra":true}',
          );
          const session = without(states[state], ...lacks);
          await expect(await panelOf(session, theme, width)).to.be.accessible();
        });

  it('without volumes says so where a cube is chosen', async () => {
    const panel = await panelOf({
      ...without(states.empty, 'volumes'),
      volumes: [],
    });
    const empty = partOf(panel, UnmixingEmpty, 'unmixing-empty');
    expect(empty?.shadowRoot?.textContent).to.include('hands out no volumes');
  });

  it('without a place beside the image has the layers in a section, with their keys', async () => {
    const panel = await panelOf(without(states.done, 'panel-left'));
    expect(sectionOf(panel, 'Layers')?.summary).to.equal('5 of 5 shown');
    await open(panel, 'Layers');
    const layers = partOf(panel, UnmixingLayers, 'unmixing-layers');
    const row = layers?.shadowRoot?.querySelector<HTMLElement>(
      "li[data-layer='cube-1/abundance-1'] .name",
    );
    const asked = heard(panel, 'unmixing-style');
    row?.dispatchEvent(
      new KeyboardEvent('keydown', { key: ' ', bubbles: true }),
    );
    expect((await asked).layer).to.equal('cube-1/abundance-1');
    expect(layers?.shadowRoot?.querySelector('h2')).to.equal(null);
    expect(layers?.shadowRoot?.querySelector('unmixing-legend')).to.equal(null);
  });

  it('without a place over the image has the legend with the layers, wherever those are', async () => {
    for (const stacked of [true, false]) {
      const layers = await fixture<UnmixingLayers>(
        html`<unmixing-layers
          ?stacked=${stacked}
          .session=${without(states.done, 'view')}
        ></unmixing-layers>`,
      );
      const legend = layers.shadowRoot?.querySelector('unmixing-legend');
      await legend?.updateComplete;
      expect(legend?.shadowRoot?.querySelectorAll('li').length).to.equal(3);
      await expect(layers).to.be.accessible();
    }
  });

  it('without a place under the image opens the spectra with the first pixel that is held, and keeps what the user chose', async () => {
    const { pointer } = states.done;
    const session = without({ ...states.done, pointer: null }, 'panel-bottom');
    const panel = await panelOf(session);
    const isOpen = (): boolean | undefined => sectionOf(panel, 'Spectra')?.open;
    expect(isOpen()).to.equal(false);
    expect(sectionOf(panel, 'Spectra')?.summary).to.equal('mean of the cube');
    panel.session = { ...session, pointer };
    await drawn(panel);
    expect(isOpen()).to.equal(true);
    expect(sectionOf(panel, 'Spectra')?.summary).to.equal('pixel 8, 4');
    const spectra = partOf(panel, UnmixingSpectra, 'unmixing-spectra');
    const figures = spectra?.shadowRoot?.querySelector('aside');
    expect(figures?.offsetHeight).to.be.above(60);
    expect(figures?.textContent).to.include('Angle');
    panel.session = session;
    await drawn(panel);
    expect(isOpen()).to.equal(true);
    await open(panel, 'Spectra');
    panel.session = { ...session, pointer };
    await drawn(panel);
    expect(isOpen()).to.equal(false);
    expect(sectionOf(panel, 'Spectra')).to.be.instanceOf(UnmixingSection);
  });

  it('fits its spectra into 320 pixels: nothing is wider than the panel', async () => {
    localStorage.setItem('stratigraph.sections', '{"spectra":true}');
    const panel = await panelOf(without(states.done, ...all), 'dark', 320);
    const spectra = partOf(panel, UnmixingSpectra, 'unmixing-spectra');
    const inside = spectra?.shadowRoot?.querySelectorAll<HTMLElement>(
      '.top *, aside, unmixing-plot, unmixing-pixel-map, aside button',
    );
    const right = panel.getBoundingClientRect().right;
    for (const one of inside ?? [])
      expect(
        one.getBoundingClientRect().right,
        one.className || one.localName,
      ).to.be.at.most(right);
  });

  it('that does not tell the pixel shows a map, which pins one', async () => {
    const panel = await panelOf(without(states.done, 'pick', 'panel-bottom'));
    const spectra = partOf(panel, UnmixingSpectra, 'unmixing-spectra');
    const map = spectra?.shadowRoot?.querySelector('unmixing-pixel-map');
    if (!map) throw new Error('no map');
    const asked = heard(panel, 'unmixing-pin');
    map.shadowRoot
      ?.querySelector('#map')
      ?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }),
      );
    expect(await asked).to.include({ x: 9, y: 4 });
  });

  it('that tells the pixel offers the map for the keyboard, and remembers it', async () => {
    const spectraOf = async (): Promise<UnmixingSpectra> =>
      fixture<UnmixingSpectra>(
        html`<unmixing-spectra
          style="width: 860px; height: 236px"
          .session=${states.done}
        ></unmixing-spectra>`,
      );
    const mapOf = ({ shadowRoot }: UnmixingSpectra) =>
      shadowRoot?.querySelector('unmixing-pixel-map');
    const spectra = await spectraOf();
    expect(mapOf(spectra)).to.equal(null);
    const button = spectra.shadowRoot?.querySelector<HTMLElement>(
      '[aria-label="Map of the cube"]',
    );
    button?.click();
    await spectra.updateComplete;
    expect(mapOf(spectra)).not.to.equal(null);
    expect(button?.getAttribute('aria-pressed')).to.equal('true');
    await expect(spectra).to.be.accessible();
    expect(mapOf(await spectraOf())).not.to.equal(null);
  });

  it('ends a comparison on Escape before it stops a run', async () => {
    const panel = await panelOf({
      ...states.running,
      comparison: compared('abundances', 'cube', { mode: 'blend' }),
    });
    let stopped = false;
    panel.addEventListener('unmixing-stop', () => (stopped = true));
    const asked = heard(panel, 'unmixing-compare');
    panel.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect((await asked).comparison).to.equal(null);
    expect(stopped).to.equal(false);
  });
});
