import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { heard } from '../fixtures/heard.js';
import '../../src/elements/layers.js';
import type { UnmixingLayers } from '../../src/elements/layers.js';
import '../../src/elements/legend.js';
import type { UnmixingLegend } from '../../src/elements/legend.js';
import '../../src/elements/plot.js';
import type { UnmixingPlot } from '../../src/elements/plot.js';
import '../../src/elements/spectra.js';
import type { UnmixingSpectra } from '../../src/elements/spectra.js';
import { reachOf } from '../../src/elements/plot-spread.js';
import { columnsOf } from '../../src/elements/spectra-lines.js';
import type { SessionState } from '../../src/elements/state.js';
import type { UnmixingThumbnail } from '../../src/elements/thumbnail.js';
import { doubted, sessions } from '../fixtures/sessions.js';

const states = sessions();

const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      cancelable: true,
      ...more,
    }),
  );

describe('unmixing-layers', () => {
  const cube = 'cube-1';
  const map = (endmember: number): string => `cube-1/abundance-${endmember}`;

  const layersOf = async (session: SessionState, theme = 'dark') => {
    const layers = await fixture<UnmixingLayers>(
      html`<unmixing-layers
        style="width: 228px; height: 600px"
        theme=${theme}
        .session=${session}
      ></unmixing-layers>`,
    );
    await waitUntil(
      () => layers.shadowRoot?.querySelector('li[data-layer]'),
      'lines are there',
    );
    return layers;
  };
  it('shows the numbers at the end of names in a list of 200 pixels', async () => {
    const layers = await layersOf(states.done);
    layers.style.width = '200px';
    await layers.updateComplete;
    const names = [
      ...(layers.shadowRoot?.querySelectorAll<HTMLElement>('.child .name') ??
        []),
    ];
    expect(names).to.have.length(3);
    for (const name of names)
      expect(name.scrollWidth, name.textContent).to.be.at.most(
        name.clientWidth,
      );
  });

  const row = (layers: UnmixingLayers, id: string): HTMLElement => {
    const found = layers.shadowRoot?.querySelector<HTMLElement>(
      `li[data-layer='${id}'] .name`,
    );
    if (!found) throw new Error(`no row ${id}`);
    return found;
  };

  /** Of the layer that is selected; they are loaded when they are first needed. */
  const propertiesOf = async (layers: UnmixingLayers) => {
    await layers.updateComplete;
    const properties = layers.shadowRoot?.querySelector(
      'unmixing-layer-properties',
    );
    if (!properties) throw new Error('no properties');
    await customElements.whenDefined('unmixing-layer-properties');
    await properties.updateComplete;
    return properties;
  };

  for (const theme of ['dark', 'light'])
    for (const stacked of [false, true])
      it(`is accessible in ${theme}${stacked ? ' in a panel of 320 pixels' : ''}`, async () => {
        const layers = await layersOf(states.done, theme);
        layers.stacked = stacked;
        layers.style.width = stacked ? '320px' : '228px';
        for (const id of ['picture-1', cube]) {
          row(layers, id).click();
          await propertiesOf(layers);
          await expect(layers).to.be.accessible();
          expect(layers.scrollWidth).to.be.at.most(layers.clientWidth);
        }
      });

  it('reorders by Alt and an arrow', async () => {
    const layers = await layersOf(states.done);
    const asked = heard(layers, 'unmixing-order');
    press(row(layers, map(1)), 'ArrowUp', { altKey: true });
    expect((await asked).layers).to.deep.equal([
      map(1),
      map(0),
      map(2),
      cube,
      'picture-1',
    ]);
  });

  it('keeps the focus on the layer that moves', async () => {
    const layers = await layersOf(states.done);
    row(layers, map(1)).focus();
    press(row(layers, map(1)), 'ArrowUp', { altKey: true });
    await layers.updateComplete;
    const [first, second, ...others] = states.done.layers;
    layers.session = { ...states.done, layers: [second, first, ...others] };
    await layers.updateComplete;
    expect(layers.shadowRoot?.activeElement).to.equal(row(layers, map(1)));
  });

  it('hides by Space and removes only pictures by Delete', async () => {
    const layers = await layersOf(states.done);
    const hidden = heard(layers, 'unmixing-style');
    press(row(layers, cube), ' ');
    expect((await hidden).patch).to.deep.equal({ visible: false });
    const removed: string[] = [];
    layers.addEventListener('unmixing-remove-layer', ({ layer }) =>
      removed.push(layer),
    );
    press(row(layers, cube), 'Delete');
    press(row(layers, 'picture-1'), 'Delete');
    expect(removed).to.deep.equal(['picture-1']);
  });

  it('walks over groups and layers by arrows, Home and End, with one tab stop', async () => {
    const layers = await layersOf(states.done);
    const focused = () =>
      layers.shadowRoot?.activeElement?.closest<HTMLElement>('li')?.dataset
        .layer;
    const go = async (key: string) => {
      press(layers.shadowRoot!.activeElement!, key);
      await layers.updateComplete;
      await layers.updateComplete;
      return focused();
    };
    row(layers, 'group abundances').focus();
    expect(await go('ArrowDown')).to.equal(map(0));
    expect(await go('End')).to.equal('picture-1');
    expect(await go('ArrowUp')).to.equal(cube);
    expect(await go('Home')).to.equal('group abundances');
    const stops = layers.shadowRoot?.querySelectorAll('.name[tabindex="0"]');
    expect(stops).to.have.length(1);
  });

  it('closes and opens the group of the abundances, by arrows and by a click', async () => {
    const layers = await layersOf(states.done);
    const group = row(layers, 'group abundances');
    const children = () => layers.shadowRoot?.querySelectorAll('.child').length;
    expect(children()).to.equal(3);
    press(group, 'ArrowLeft');
    await layers.updateComplete;
    expect(children()).to.equal(0);
    expect(group.getAttribute('aria-expanded')).to.equal('false');
    await expect(layers).to.be.accessible();
    press(group, 'ArrowRight');
    await layers.updateComplete;
    expect(children()).to.equal(3);
    press(row(layers, map(1)), 'ArrowLeft');
    await layers.updateComplete;
    expect(layers.shadowRoot?.activeElement).to.equal(group);
    group.click();
    await layers.updateComplete;
    expect(children()).to.equal(0);
  });

  it('renames in place by F2 and Enter or a double click, and not after Escape', async () => {
    const layers = await layersOf(states.done);
    const asked: [string, string][] = [];
    layers.addEventListener('unmixing-rename-layer', ({ layer, name }) =>
      asked.push([layer, name]),
    );
    const field = () =>
      layers.shadowRoot?.querySelector<HTMLInputElement>('.rename');
    press(row(layers, 'picture-1'), 'F2');
    await layers.updateComplete;
    await expect(layers).to.be.accessible();
    expect(layers.shadowRoot?.activeElement).to.equal(field());
    field()!.value = ' Visible light ';
    press(field()!, 'Enter');
    await layers.updateComplete;
    expect(asked).to.deep.equal([['picture-1', 'Visible light']]);
    expect(field()).to.equal(null);
    row(layers, map(2)).dispatchEvent(new MouseEvent('dblclick'));
    await layers.updateComplete;
    field()!.value = 'Gypsum';
    press(field()!, 'Escape');
    await layers.updateComplete;
    expect(asked).to.have.length(1);
    expect(layers.shadowRoot?.activeElement).to.equal(row(layers, map(2)));
  });

  it('locks by L; a locked layer is neither moved, removed nor styled, but hidden when asked', async () => {
    const locked: SessionState = {
      ...states.done,
      layers: states.done.layers.map((layer) =>
        layer.id === 'picture-1' ? { ...layer, locked: true } : layer,
      ),
    };
    const layers = await layersOf(states.done);
    const asked = heard(layers, 'unmixing-lock');
    press(row(layers, 'picture-1'), 'l');
    expect((await asked).on).to.equal(true);
    layers.session = locked;
    await layers.updateComplete;
    const picture = row(layers, 'picture-1');
    picture.click();
    await layers.updateComplete;
    const properties = await propertiesOf(layers);
    await expect(layers).to.be.accessible();
    expect(picture.querySelector('.lock')).not.to.equal(null);
    expect(picture.getAttribute('aria-description')).to.include('locked');
    expect(
      picture.closest('li')?.getAttribute('draggable'),
      'not draggable',
    ).to.equal('false');
    expect(properties.shadowRoot?.querySelector('fieldset')?.disabled).to.equal(
      true,
    );
    const events: string[] = [];
    for (const type of [
      'unmixing-order',
      'unmixing-remove-layer',
      'unmixing-style',
    ] as const)
      layers.addEventListener(type, () => events.push(type));
    press(picture, 'ArrowUp', { altKey: true });
    press(picture, 'Delete');
    press(picture, 'F2');
    expect(layers.shadowRoot?.querySelector('.rename')).to.equal(null);
    press(picture, ' ');
    expect(events).to.deep.equal(['unmixing-style']);
  });

  it('shows one layer alone by I or Alt and a click on its eye, and then what was seen before', async () => {
    const layers = await layersOf(states.done);
    const asked: (readonly string[])[] = [];
    layers.addEventListener('unmixing-show-layers', ({ layers: ids }) =>
      asked.push(ids),
    );
    const before = states.done.layers
      .filter(({ style }) => style.visible)
      .map(({ id }) => id);
    press(row(layers, map(1)), 'i');
    expect(asked.at(-1)).to.deep.equal([map(1)]);
    layers.session = {
      ...states.done,
      layers: states.done.layers.map((layer) => ({
        ...layer,
        style: { ...layer.style, visible: layer.id === map(1) },
      })),
    };
    await layers.updateComplete;
    row(layers, map(1))
      .closest('li')
      ?.querySelector('.eye')
      ?.dispatchEvent(new MouseEvent('click', { altKey: true }));
    expect(asked.at(-1)).to.deep.equal(before);
  });

  it('groups what belongs to each of several cubes, and moves a group whole', async () => {
    const [first] = states.done.cubes;
    const second = { ...first, id: 'cube-2', name: 'Second' };
    const other = states.done.layers
      .filter(({ role }) => role === 'cube')
      .map((layer) => ({ ...layer, id: 'cube-2', owner: 'cube-2' }));
    const layers = await layersOf({
      ...states.done,
      cubes: [first, second],
      layers: [...states.done.layers, ...other],
    });
    await expect(layers).to.be.accessible();
    const asked = heard(layers, 'unmixing-order');
    press(row(layers, 'group cube-2'), 'ArrowUp', { altKey: true });
    expect((await asked).layers).to.deep.equal([
      ...[map(0), map(1), map(2), cube, 'cube-2', 'picture-1'],
    ]);
    const hidden = heard(layers, 'unmixing-show-layers');
    press(row(layers, 'group cube-2'), ' ');
    expect((await hidden).layers).not.to.include('cube-2');
  });

  it('selects the endmember of a map and shows its properties', async () => {
    const layers = await layersOf(states.done);
    const asked = heard(layers, 'unmixing-select');
    row(layers, map(1)).click();
    expect((await asked).endmember).to.equal(1);
    const properties = await propertiesOf(layers);
    const choose = async (id: string, value: string) => {
      const field = properties.shadowRoot?.querySelector<HTMLSelectElement>(
        `#${id}`,
      );
      if (!field) throw new Error(`no ${id}`);
      const styled = heard(layers, 'unmixing-style');
      field.value = value;
      field.dispatchEvent(new Event('change'));
      return (await styled).patch;
    };
    expect(await choose('blending', 'additive')).to.deep.equal({
      blending: 'additive',
    });
    expect(await choose('colours', 'ice')).to.deep.equal({ colourMap: 'ice' });
    expect(await choose('sampling', 'linear')).to.deep.equal({
      interpolation: 'linear',
    });
  });

  it('asks how large the pixels of a picture are when its file does not say', async () => {
    const layers = await layersOf(states.done);
    row(layers, 'picture-1').click();
    await layers.updateComplete;
    const properties = await propertiesOf(layers);
    const field =
      properties.shadowRoot?.querySelector<HTMLInputElement>('#pixel-size');
    if (!field) throw new Error('no field');
    const asked = heard(layers, 'unmixing-pixel-size');
    field.value = '0.5';
    field.dispatchEvent(new Event('change'));
    const { owner, size } = await asked;
    expect([owner, size]).to.deep.equal(['picture-1', 0.5]);
  });

  it('asks the same of a cube, and of none that lies elsewhere than its file puts it', async () => {
    const layers = await layersOf(states.done);
    row(layers, cube).click();
    await layers.updateComplete;
    const properties = await propertiesOf(layers);
    const field = () =>
      properties.shadowRoot?.querySelector<HTMLInputElement>('#pixel-size');
    const asked = heard(layers, 'unmixing-pixel-size');
    const given = field();
    if (!given) throw new Error('no field');
    given.value = '6.25';
    given.dispatchEvent(new Event('change'));
    const { owner, size } = await asked;
    expect([owner, size]).to.deep.equal([cube, 6.25]);
    layers.session = {
      ...states.done,
      placements: { [cube]: [1, 0, 3, 0, 1, 0] },
    };
    await layers.updateComplete;
    await properties.updateComplete;
    expect(field()).to.equal(null);
    expect(properties.shadowRoot?.textContent).to.match(
      /pixel size can be set while it has no landmarks/i,
    );
  });

  it('draws a map in its colour as thumbnail', async () => {
    const layers = await layersOf(states.done);
    const stamps = Array.from(
      layers.shadowRoot?.querySelectorAll<UnmixingThumbnail>(
        'li.child unmixing-thumbnail',
      ) ?? [],
    );
    await stamps[0].updateComplete;
    const canvas = stamps[0].shadowRoot?.querySelector('canvas');
    const data = canvas?.getContext('2d')?.getImageData(0, 0, 52, 36).data;
    const brightest = Math.max(...(data?.filter((_, i) => i % 4 === 2) ?? []));
    expect(brightest).above(150);
  });
});

describe('unmixing-legend', () => {
  const legendOf = (session: SessionState) =>
    fixture<UnmixingLegend>(
      html`<unmixing-legend
        theme="dark"
        .session=${session}
      ></unmixing-legend>`,
    );

  it('is accessible and names what is visible, by number', async () => {
    const [first, ...others] = states.done.layers;
    const legend = await legendOf({
      ...states.done,
      layers: [
        { ...first, style: { ...first.style, visible: false } },
        ...others,
      ],
    });
    await expect(legend).to.be.accessible();
    const items = Array.from(legend.shadowRoot?.querySelectorAll('li') ?? []);
    expect(
      items.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
    ).to.deep.equal(['2 Endmember 2', '3 Endmember 3']);
  });

  it('names the materials of each cube under its name where there are several, and no cube that shows none', async () => {
    const [first] = states.done.cubes;
    const { unmixing, colours, layers } = states.done;
    const second = {
      ...first,
      ...{ id: 'cube-2', name: 'Second' },
      unmixing: unmixing && { ...unmixing, names: ['Azurite', 'Oil', 'Chalk'] },
      colours,
    };
    const others = layers
      .filter(({ role }) => role === 'abundance')
      .map((layer) => ({
        ...layer,
        id: layer.id.replace('cube-1', 'cube-2'),
        owner: 'cube-2',
        style: { ...layer.style, visible: layer.endmember !== 1 },
      }));
    const legend = await legendOf({
      ...states.done,
      cubes: [first, second],
      layers: [...others, ...layers],
    });
    await expect(legend).to.be.accessible();
    const words = () =>
      Array.from(
        legend.shadowRoot?.querySelectorAll('p, li') ?? [],
        ({ textContent }) => textContent.replace(/\s+/g, ' ').trim(),
      );
    expect(words()).to.deep.equal([
      first.name,
      ...['1 Endmember 1', '2 Endmember 2', '3 Endmember 3'],
      'Second',
      ...['1 Azurite', '3 Chalk'],
    ]);
    legend.session = { ...states.done, cubes: [first, second] };
    await legend.updateComplete;
    expect(words()[0]).to.equal(first.name);
    expect(words()).not.to.include('Second');
  });

  it('is not there before there are endmembers', async () => {
    const legend = await legendOf(states.ready);
    expect(legend.shadowRoot?.querySelector('ul')).to.equal(null);
  });
});

describe('unmixing-spectra', () => {
  const spectraOf = (session: SessionState, theme = 'dark') =>
    fixture<UnmixingSpectra>(
      html`<unmixing-spectra
        style="width: 860px; height: 236px"
        theme=${theme}
        .session=${session}
      ></unmixing-spectra>`,
    );
  const tabs = (spectra: UnmixingSpectra): HTMLElement[] =>
    Array.from(
      spectra.shadowRoot?.querySelectorAll<HTMLElement>('[role=tab]') ?? [],
    );

  for (const name of ['empty', 'ready', 'done'] as const)
    for (const theme of ['dark', 'light'])
      it(`is accessible in ${theme} when ${name}`, async () => {
        await expect(await spectraOf(states[name], theme)).to.be.accessible();
      });

  it('has only the tabs for which there is something', async () => {
    const names = async (session: SessionState) =>
      tabs(await spectraOf(session)).map((tab) => tab.textContent.trim());
    expect(await names(states.ready)).to.deep.equal(['Pixel']);
    expect(await names(states.running)).to.deep.equal(['Pixel', 'Endmembers']);
    expect(await names(states.done)).to.deep.equal([
      'Pixel',
      'Endmembers',
      'Residual',
    ]);
  });

  it('turns tabs by arrows', async () => {
    const spectra = await spectraOf(states.done);
    press(tabs(spectra)[0], 'ArrowRight');
    await spectra.updateComplete;
    expect(tabs(spectra)[1].getAttribute('aria-selected')).to.equal('true');
    expect(spectra.shadowRoot?.activeElement).to.equal(tabs(spectra)[1]);
  });

  it('lists shares, angle and error of the pixel, and lets it go', async () => {
    const spectra = await spectraOf(states.done);
    const text =
      spectra.shadowRoot
        ?.querySelector('aside')
        ?.textContent.replace(/\s+/g, ' ') ?? '';
    expect(text).to.match(/Pixel 8, 4 .*\d+ % .*Angle 0\.019 rad RMSE 0\.0031/);
    const asked = heard(spectra, 'unmixing-unpin');
    spectra.shadowRoot?.querySelector<HTMLElement>('.title .bare')?.click();
    expect((await asked).type).to.equal('unmixing-unpin');
  });
});

describe('unmixing-spectra after several runs', () => {
  const { done } = states;
  const session: SessionState = {
    ...done,
    unmixing: done.unmixing && doubted(done.unmixing),
  };

  const endmembersOf = async (): Promise<UnmixingSpectra> => {
    const spectra = await fixture<UnmixingSpectra>(
      html`<unmixing-spectra
        style="width: 860px; height: 236px"
        .session=${session}
      ></unmixing-spectra>`,
    );
    spectra.shadowRoot?.querySelector<HTMLElement>('#tab-endmembers')?.click();
    await spectra.updateComplete;
    return spectra;
  };
  const linesOf = (spectra: UnmixingSpectra) =>
    spectra.shadowRoot?.querySelector('unmixing-plot')?.lines ?? [];

  beforeEach(() => localStorage.clear());

  it('draws the spread around each endmember, and hides it when asked, also the next time', async () => {
    const spectra = await endmembersOf();
    await expect(spectra).to.be.accessible();
    const [line] = linesOf(spectra).filter(
      ({ label }) => label === 'Endmember 2',
    );
    const bands = line.values.length;
    expect(Array.from(line.spread ?? [])).to.deep.equal(
      Array.from(
        session.unmixing?.spread?.endmembers.subarray(bands, 2 * bands) ?? [],
      ),
    );
    const button =
      spectra.shadowRoot?.querySelector<HTMLElement>('[aria-pressed]');
    button?.click();
    await spectra.updateComplete;
    expect(linesOf(spectra).some(({ spread }) => spread)).to.equal(false);
    const again = await endmembersOf();
    expect(linesOf(again).some(({ spread }) => spread)).to.equal(false);
  });

  it('tells the angle of each endmember in words', async () => {
    const spectra = await endmembersOf();
    const text =
      spectra.shadowRoot
        ?.querySelector('aside')
        ?.textContent.replace(/\s+/g, ' ') ?? '';
    expect(text).to.include('± 0.012 rad').and.to.include('± 0.032 rad');
  });
});

describe('spread of lines', () => {
  it('is drawn as a translucent band on either side, as wide as it is', async () => {
    const values = [1, 1, 1, 1];
    const plot = await fixture<UnmixingPlot>(
      html`<unmixing-plot
        style="width: 300px; height: 140px"
        .axis=${{ values: Float64Array.of(1, 2, 3, 4), unit: 'nm', quantity: null }}
        .lines=${[
          { label: 'A', values, colour: 'rgb(255, 0, 0)', spread: values },
        ]}
      ></unmixing-plot>`,
    );
    await plot.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const canvas = plot.shadowRoot?.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!canvas || !context) throw new Error('nothing drawn');
    const { width, height } = canvas;
    const { data } = context.getImageData(width >> 1, 0, 1, height);
    const alphas = Array.from({ length: height }, (_, y) => data[4 * y + 3]);
    const faint = alphas.filter((alpha) => Math.abs(alpha - 0.22 * 255) < 3);
    const line = alphas.findIndex((alpha) => alpha > 200);
    const [first, last] = [
      alphas.findIndex((alpha) => alpha > 40),
      alphas.findLastIndex((alpha) => alpha > 40),
    ];
    expect(faint.length).to.be.above(40);
    expect(line - first).to.be.closeTo(last - line, 3);
  });

  it('reaches from the least value less its spread to the greatest with its own, gaps left out', () => {
    const data: [number[], (number | null)[], number[]] = [
      [1, 2, 3],
      [0.2, null, 0.5],
      [0, 1, 2],
    ];
    expect(reachOf(data, [[0.3, 9, 0.1], null], 0, 2)).to.deep.equal([
      0.2 - 0.3,
      2,
    ]);
    expect(reachOf(data, [null, [0, 0, 1]], 0, 2)).to.deep.equal([0, 3]);
  });

  it('stands after each spectrum in a table', () => {
    const line = { label: 'A', values: [1, 2], colour: 'red' };
    expect(columnsOf([line, { ...line, spread: [3, 4] }])).to.deep.equal([
      { label: 'A', values: [1, 2] },
      { label: 'A', values: [1, 2] },
      { label: 'A, standard deviation', values: [3, 4] },
    ]);
  });
});

describe('unmixing-plot', () => {
  const { ready } = states;
  if (ready.cube.state !== 'ready') throw new Error('not ready');
  const { axis, mean } = ready.cube.summary;

  const plotOf = async (
    windows: readonly (readonly [number, number])[] = [],
  ) => {
    const plot = await fixture<UnmixingPlot>(
      html`<unmixing-plot
        editable
        style="width: 400px; height: 140px"
        .axis=${axis}
        .lines=${[{ label: 'Mean', values: mean, colour: 'red' }]}
        .windows=${windows}
      ></unmixing-plot>`,
    );
    await plot.updateComplete;
    const box = plot.shadowRoot?.querySelector<HTMLElement>('#plot');
    const over = plot.shadowRoot?.querySelector<HTMLElement>('.u-over');
    if (!box || !over) throw new Error('nothing drawn');
    // Synthetic pointers cannot be captured.
    box.setPointerCapture = () => undefined;
    return { plot, box, over };
  };

  const drag = (
    { box, over }: { box: HTMLElement; over: HTMLElement },
    from: number,
    to: number,
    end = 'pointerup',
  ) => {
    const { left, width, top } = over.getBoundingClientRect();
    const at = (share: number): PointerEventInit => ({
      clientX: left + share * width,
      clientY: top + 10,
      bubbles: true,
      button: 0,
    });
    box.dispatchEvent(new PointerEvent('pointerdown', at(from)));
    box.dispatchEvent(new PointerEvent('pointermove', at(to)));
    if (end === 'Escape')
      window.dispatchEvent(new KeyboardEvent('keydown', { key: end }));
    box.dispatchEvent(new PointerEvent('pointerup', at(to)));
  };

  it('excludes the window that is dragged, on an axis that runs from high to low', async () => {
    const drawn = await plotOf();
    const asked = heard(drawn.plot, 'unmixing-exclude');
    drag(drawn, 0.25, 0.5);
    const [[low, high]] = (await asked).windows;
    expect(high).to.be.closeTo(3700 - 0.25 * 2780, 20);
    expect(low).to.be.closeTo(3700 - 0.5 * 2780, 20);
  });

  it('moves the edge of a window', async () => {
    const drawn = await plotOf([[2310, 3005]]);
    const asked = heard(drawn.plot, 'unmixing-exclude');
    drag(drawn, 0.5, 0.6);
    const [[low, high]] = (await asked).windows;
    expect(high).to.equal(3005);
    expect(low).to.be.closeTo(3700 - 0.6 * 2780, 20);
  });

  it('asks nothing for a mere press, nor after Escape', async () => {
    const drawn = await plotOf();
    let asked = 0;
    drawn.plot.addEventListener('unmixing-exclude', () => (asked += 1));
    drag(drawn, 0.5, 0.502);
    drag(drawn, 0.2, 0.4, 'Escape');
    expect(asked).to.equal(0);
  });
});
