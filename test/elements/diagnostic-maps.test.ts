import { expect, fixture, html } from '@open-wc/testing';
import {
  diagnosticEntry,
  diagnosticMaps,
} from '../../src/elements/diagnostic-maps.js';
import { UnmixingLegend } from '../../src/elements/legend.js';
import { UnmixingMaps } from '../../src/elements/maps-list.js';
import type { LayerEntry, SessionState } from '../../src/elements/state.js';
import type { Unmixing } from '../../src/spectral/unmixing.js';
import { heard } from '../fixtures/heard.js';
import { doubted, sessions } from '../fixtures/sessions.js';

const { done } = sessions();
if (!done.unmixing || done.cube.state !== 'ready') throw new Error('not done');
const { summary } = done.cube;
const unmixing = doubted(done.unmixing);

const entryOf = (id: string, of: Unmixing = unmixing): LayerEntry => {
  const map = diagnosticMaps(of).find((one) => one.id === id);
  if (!map) throw new Error(`no map ${id}`);
  return diagnosticEntry('cube-1', map, of.mask, summary);
};

const valuesOf = ({ image }: LayerEntry): readonly number[] =>
  image.kind === 'map' ? Array.from(image.values) : [];

describe('maps about a result', () => {
  it('are two of the residual alone where there was one run and nothing else was fitted', () => {
    expect(
      diagnosticMaps(done.unmixing ?? unmixing).map(({ name, unit }) => [
        name,
        unit,
      ]),
    ).to.deep.equal([
      ['Residual, RMS', 'absorbance'],
      ['Residual angle', 'rad'],
    ]);
  });

  it('hold the deviation of each endmember and each term that is no material', () => {
    expect(diagnosticMaps(unmixing).map(({ group, label }) => [group, label]))
      .to.deep.include(['Deviation of 5 runs', 'Endmember 2'])
      .and.to.deep.include(['No material', 'Water vapour']);
    const { spread } = unmixing;
    const [first] = valuesOf(entryOf('deviation-1'));
    expect(first).to.equal(spread?.abundances[1]);
  });

  it('tell a term by the most that it adds to a spectrum', () => {
    const bands = unmixing.axis.values.length;
    const spectra = new Float32Array(bands);
    spectra[3] = -4;
    spectra[5] = 9;
    const excludedBands = new Uint8Array(bands);
    excludedBands[5] = 1;
    const pixels = unmixing.width * unmixing.height;
    const [first, second] = valuesOf(
      entryOf('term-0', {
        ...unmixing,
        excludedBands,
        nuisance: {
          names: ['Baseline offset'],
          spectra,
          coefficients: Float32Array.from(
            { length: pixels },
            (_, n) => n / pixels,
          ),
        },
      }),
    );
    expect([first, second]).to.deep.equal([0, Math.fround(4 / pixels)]);
  });

  it('leave masked pixels out, and have limits about zero where values have either sign', () => {
    const pixels = unmixing.width * unmixing.height;
    const mask = new Uint8Array(pixels);
    mask[0] = 1;
    const angleMap = Float32Array.from(
      { length: pixels },
      (_, n) => n / (pixels - 1) - 0.25,
    );
    const entry = entryOf('residual-angle', {
      ...unmixing,
      mask,
      residual: { ...unmixing.residual, angleMap },
    });
    expect(valuesOf(entry)[0]).to.be.NaN;
    const [low, high] = entry.style.limits;
    expect(low).to.equal(-high);
    expect(high).to.be.closeTo(0.73, 0.01);
    expect(entry.style.threshold).to.be.below(-0.24);
    expect(entry.style.colourMap).to.equal('balance');
    expect(entryOf('deviation-0').style.colourMap).to.equal('heat');
  });

  it('draw a map that is the same everywhere', () => {
    const { style } = entryOf('residual-rmse', {
      ...unmixing,
      residual: {
        ...unmixing.residual,
        rmseMap: unmixing.residual.rmseMap.map(() => 0.5),
      },
    });
    expect(style.limits).to.deep.equal([0.5, 1.5]);
  });
});

describe('unmixing-maps', () => {
  const shown = [entryOf('residual-angle'), entryOf('deviation-0')];
  const list = (): Promise<UnmixingMaps> =>
    fixture<UnmixingMaps>(
      html`<unmixing-maps
        .unmixing=${unmixing}
        .layers=${[...shown, ...done.layers]}
      ></unmixing-maps>`,
    );

  it('adds a map from its menu, in groups', async () => {
    const maps = await list();
    await expect(maps).to.be.accessible();
    const menu = maps.shadowRoot?.querySelector('unmixing-menu');
    const items = menu?.shadowRoot?.querySelectorAll('[role=menuitem]') ?? [];
    const asked = heard(maps, 'unmixing-add-map');
    const angle = Array.from(items).find((item) =>
      item.textContent.includes('Spectral angle'),
    );
    if (angle instanceof HTMLElement) angle.click();
    expect((await asked).map).to.equal('residual-angle');
  });

  it('tells what the ends of each scale stand for, hides a map and removes it', async () => {
    const maps = await list();
    const [angle, deviation] = Array.from(
      maps.shadowRoot?.querySelectorAll('li') ?? [],
    );
    expect(angle.textContent).to.match(
      /Residual angle\s+0\.\d+ to\s+0\.\d+\srad/,
    );
    expect(deviation.textContent).to.match(/[\d.]+\s% to\s+[\d.]+\s%/);
    const [eye, cross] = angle.querySelectorAll('button');
    const hidden = heard(maps, 'unmixing-style');
    eye.click();
    expect((await hidden).patch).to.deep.equal({ visible: false });
    const removed = heard(maps, 'unmixing-remove-layer');
    cross.click();
    expect((await removed).layer).to.equal('cube-1/residual-angle');
  });

  it('stands in the legend with its scale while it is shown', async () => {
    const session: SessionState = { ...done, layers: shown };
    const legend = await fixture<UnmixingLegend>(
      html`<unmixing-legend .session=${session}></unmixing-legend>`,
    );
    expect(legend.shadowRoot?.textContent).to.include('Residual angle');
    expect(legend.shadowRoot?.querySelectorAll('i').length).to.equal(2);
    await expect(legend).to.be.accessible();
  });
});
