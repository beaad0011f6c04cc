import { expect, fixture, html } from '@open-wc/testing';
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
  const layersOf = (session: SessionState, theme = 'dark') =>
    fixture<UnmixingLayers>(
      html`<unmixing-layers
        style="width: 228px; height: 600px"
        theme=${theme}
        .session=${session}
      ></unmixing-layers>`,
    );
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

  for (const theme of ['dark', 'light'])
    it(`is accessible in ${theme}`, async () => {
      const layers = await layersOf(states.done, theme);
      row(layers, 'picture-1').click();
      await layers.updateComplete;
      await expect(layers).to.be.accessible();
    });

  it('reorders by Alt and an arrow', async () => {
    const layers = await layersOf(states.done);
    const asked = heard(layers, 'unmixing-order');
    press(row(layers, 'abundance-1'), 'ArrowUp', { altKey: true });
    expect((await asked).layers).to.deep.equal([
      'abundance-1',
      'abundance-0',
      'abundance-2',
      'cube',
      'picture-1',
    ]);
  });

  it('keeps the focus on the layer that moves', async () => {
    const layers = await layersOf(states.done);
    row(layers, 'abundance-1').focus();
    press(row(layers, 'abundance-1'), 'ArrowUp', { altKey: true });
    await layers.updateComplete;
    const [first, second, ...others] = states.done.layers;
    layers.session = { ...states.done, layers: [second, first, ...others] };
    await layers.updateComplete;
    expect(layers.shadowRoot?.activeElement).to.equal(
      row(layers, 'abundance-1'),
    );
  });

  it('hides by Space and removes only pictures by Delete', async () => {
    const layers = await layersOf(states.done);
    const hidden = heard(layers, 'unmixing-style');
    press(row(layers, 'cube'), ' ');
    expect((await hidden).patch).to.deep.equal({ visible: false });
    const removed: string[] = [];
    layers.addEventListener('unmixing-remove-layer', ({ layer }) =>
      removed.push(layer),
    );
    press(row(layers, 'cube'), 'Delete');
    press(row(layers, 'picture-1'), 'Delete');
    expect(removed).to.deep.equal(['picture-1']);
  });

  it('selects the endmember of a map and shows its properties', async () => {
    const layers = await layersOf(states.done);
    const asked = heard(layers, 'unmixing-select');
    row(layers, 'abundance-1').click();
    expect((await asked).endmember).to.equal(1);
    const blending =
      layers.shadowRoot?.querySelector<HTMLSelectElement>('#blending');
    if (!blending) throw new Error('no blending');
    const styled = heard(layers, 'unmixing-style');
    blending.value = 'additive';
    blending.dispatchEvent(new Event('change'));
    expect((await styled).patch).to.deep.equal({ blending: 'additive' });
  });

  it('draws a map in its colour as thumbnail', async () => {
    const layers = await layersOf(states.done);
    const stamps = Array.from(
      layers.shadowRoot?.querySelectorAll<UnmixingThumbnail>(
        'li[data-layer] unmixing-thumbnail',
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
