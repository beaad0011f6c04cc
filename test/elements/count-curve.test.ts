import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingSettings } from '../../src/elements/unmix-section.js';
import type { EndmemberCount } from '../../src/engine/protocol.js';
import { heard } from '../fixtures/heard.js';
import { counted } from '../fixtures/sessions.js';

const shown = async (
  count: EndmemberCount | null,
  endmembers = 5,
): Promise<UnmixingSettings> =>
  fixture<UnmixingSettings>(
    html`<unmixing-settings
      .request=${{ endmembers }}
      .count=${count}
    ></unmixing-settings>`,
  );

const curve = (settings: UnmixingSettings): SVGSVGElement | null =>
  settings.shadowRoot?.querySelector<SVGSVGElement>('.count svg') ?? null;

const ticks = (settings: UnmixingSettings): string[] =>
  Array.from(
    settings.shadowRoot?.querySelectorAll('.count .tick') ?? [],
    ({ textContent }) => textContent,
  );

describe('number of endmembers in unmixing-settings', () => {
  it('takes the suggestion only when its button is pressed', async () => {
    const settings = await shown(counted);
    const button = Array.from(
      settings.shadowRoot?.querySelectorAll('button') ?? [],
    ).find(({ textContent }) => textContent.includes('7 suggested'));
    const input = settings.shadowRoot?.querySelector('input');
    expect(input?.value).to.equal('5');
    const asked = heard(settings, 'unmixing-request');
    button?.click();
    expect((await asked).patch).to.deep.equal({ endmembers: 7 });
  });

  it('marks the chosen number between 2 and 12 and tells the angles in words', async () => {
    const settings = await shown(counted, 4);
    expect(ticks(settings).toSorted()).to.deep.equal(['12', '2', '4']);
    const chosen = settings.shadowRoot?.querySelector('.tick.chosen');
    expect(chosen?.textContent).to.equal('4');
    expect(curve(settings)?.getAttribute('aria-label')).to.match(
      /^Mean residual angle in radians by number of dimensions: 2: .*, 12: .*; from 8 on they lie in the noise$/,
    );
  });

  it('goes on to a number beyond 12', async () => {
    expect(ticks(await shown(counted, 15))).to.deep.equal(['2', '15']);
  });

  it('lets the chosen number stand at its own angle, falling to the right', async () => {
    const at = async (endmembers: number): Promise<number[]> => {
      const settings = await shown(counted, endmembers);
      const path = settings.shadowRoot?.querySelector('.count path.chosen');
      return (path?.getAttribute('d') ?? '')
        .slice(1)
        .split('h')[0]
        .split(' ')
        .map(Number);
    };
    // 2 is the left end, at the top; 7 half way to 12
    expect(await at(2)).to.deep.equal([0, 4]);
    const [x, y] = await at(7);
    expect(x).to.equal(100);
    const { residual } = counted.curves;
    expect(y).to.be.closeTo(4 + 28 * (1 - residual[6] / residual[1]), 0.06);
  });

  it('draws beneath it the angle between samples, of as many endmembers as were sought, unless it is a single one', async () => {
    const of = async (stability: Float32Array): Promise<Element[]> => {
      const settings = await shown({
        ...counted,
        curves: { ...counted.curves, stability },
      });
      return [...(settings.shadowRoot?.querySelectorAll('.count svg') ?? [])];
    };
    const [, drawn] = await of(Float32Array.of(0.02, 0.03, 0.4));
    expect(drawn.getAttribute('aria-label')).to.equal(
      'Mean angle in radians between endmembers sought in samples of the pixels, by their number: 2: 0.020, 3: 0.030, 4: 0.400',
    );
    // The highest at the top, 2 of 10 steps to the right.
    expect(drawn.querySelector('path')?.getAttribute('d')).to.match(
      /L40.0 4.0$/,
    );
    expect((await of(Float32Array.of(0.01))).length).to.equal(1);
  });

  it('says that the noise does not determine it, with the reason and without a button', async () => {
    const reason = 'Not determined by the noise: nothing stands above it.';
    const settings = await shown({ ...counted, suggested: null, reason });
    const text = settings.shadowRoot?.textContent ?? '';
    expect(text).to.contain('not determined');
    expect(text).to.contain(reason);
    expect(text).to.not.contain('suggested');
  });

  it('shows nothing before it is known, and no curve of a single point', async () => {
    expect(curve(await shown(null))).to.equal(null);
    const few = await shown({
      ...counted,
      curves: {
        singularValues: Float32Array.of(9, 1, 1),
        residual: Float32Array.of(0.2, 0.1),
        stability: Float32Array.of(0.01),
      },
    });
    expect(curve(few)).to.equal(null);
  });

  it('passes the accessibility checks with a suggestion and without', async () => {
    await expect(await shown(counted)).to.be.accessible();
    await expect(
      await shown({ ...counted, suggested: null }),
    ).to.be.accessible();
  });
});
