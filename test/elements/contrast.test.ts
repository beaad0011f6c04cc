import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/contrast.js';
import type { UnmixingContrast } from '../../src/elements/contrast.js';
import type { LayerEntry } from '../../src/elements/state.js';
import type { Layer, LayerStyle } from '../../src/imaging/layer.js';
import { heard } from '../fixtures/heard.js';
import { mapLayer, rgbaLayer } from '../imaging/layers.js';

/** 0 to 100: percentiles can be read off. */
const values = Array.from({ length: 101 }, (_, n) => n);

const entryOf = (layer: Layer): LayerEntry => ({
  ...layer,
  owner: 'cube-1',
  source: layer.geometry,
  role: 'diagnostic',
  endmember: null,
  locked: false,
});

const contrastOf = (layer: Layer) =>
  fixture<UnmixingContrast>(
    html`<unmixing-contrast
      style="width: 204px; container-type: inline-size"
      .layer=${entryOf(layer)}
    ></unmixing-contrast>`,
  );

const button = (contrast: UnmixingContrast, text: string): HTMLElement => {
  const found = Array.from(
    contrast.shadowRoot?.querySelectorAll('button') ?? [],
  ).find(({ textContent }) => textContent.includes(text));
  if (!found) throw new Error(`no button ${text}`);
  return found;
};

const fieldsOf = (contrast: UnmixingContrast): HTMLInputElement[] =>
  Array.from(
    contrast.shadowRoot?.querySelectorAll<HTMLInputElement>(
      'input[type=number]',
    ) ?? [],
  );

async function given(
  contrast: UnmixingContrast,
  act: () => void,
): Promise<Partial<LayerStyle>> {
  const asked = heard(contrast, 'unmixing-style');
  act();
  return (await asked).patch;
}

describe('unmixing-contrast', () => {
  it('sets limits at the percentiles it names, and over all values', async () => {
    const contrast = await contrastOf(mapLayer(values));
    await expect(contrast).to.be.accessible();
    const auto = button(contrast, 'Auto 2–98');
    expect(await given(contrast, () => auto.click())).to.deep.equal({
      limits: [2, 98],
    });
    const full = button(contrast, 'Full range');
    expect(await given(contrast, () => full.click())).to.deep.equal({
      limits: [0, 100],
    });
  });

  it('sets them about zero for colours that have a middle', async () => {
    const contrast = await contrastOf(
      mapLayer(
        values.map((value) => value - 30),
        { colourMap: 'balance' },
      ),
    );
    const auto = button(contrast, 'Auto');
    expect(await given(contrast, () => auto.click())).to.deep.equal({
      limits: [-68, 68],
    });
  });

  it('of a picture runs over shares of brightness, and hides nothing', async () => {
    const contrast = await contrastOf(
      rgbaLayer(values.map((c) => [c, c, c, 255])),
    );
    await expect(contrast).to.be.accessible();
    const labels = fieldsOf(contrast).map((field) =>
      field.labels?.[0].textContent.trim(),
    );
    expect(labels).to.deep.equal(['Low', 'High', 'Gamma, value']);
    const { limits } = await given(contrast, () =>
      button(contrast, 'Auto').click(),
    );
    expect(limits?.map((limit) => Math.round(255 * limit))).to.deep.equal([
      2, 98,
    ]);
    const full = button(contrast, 'Full range');
    expect(await given(contrast, () => full.click())).to.deep.equal({
      limits: [0, 1],
    });
  });

  it('takes gamma from a slider that is even in its logarithm, and from a field, from 0.2 to 5', async () => {
    const contrast = await contrastOf(mapLayer(values));
    const range = contrast.shadowRoot?.querySelector<HTMLInputElement>(
      'input[aria-label=Gamma]',
    );
    if (!range) throw new Error('no slider');
    expect(range.valueAsNumber).to.be.closeTo(0, 1e-9);
    const drag = (to: number) => {
      range.value = String(to);
      range.dispatchEvent(new Event('input'));
    };
    expect(await given(contrast, () => drag(Number(range.max)))).to.deep.equal({
      gamma: 5,
    });
    const { gamma } = await given(contrast, () => drag(Math.log10(2)));
    expect(gamma).to.be.closeTo(2, 0.05);
    const type = (text: string) => {
      const field = fieldsOf(contrast).at(-1)!;
      field.value = text;
      field.dispatchEvent(new Event('change'));
    };
    expect(await given(contrast, () => type('0.45'))).to.deep.equal({
      gamma: 0.45,
    });
    expect(await given(contrast, () => type('0.01'))).to.deep.equal({
      gamma: 0.2,
    });
  });

  it('keeps the low limit below the high one', async () => {
    const contrast = await contrastOf(mapLayer(values, { limits: [10, 20] }));
    const [low] = fieldsOf(contrast);
    low.value = '50';
    const { limits } = await given(contrast, () =>
      low.dispatchEvent(new Event('change')),
    );
    expect(limits?.[0]).to.be.below(20);
    expect(limits?.[1]).to.equal(20);
  });
});
