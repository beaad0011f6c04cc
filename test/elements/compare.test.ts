import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingCompare } from '../../src/elements/compare.js';
import { comparable } from '../../src/elements/comparing.js';
import { UnmixingOverlays } from '../../src/elements/overlays-section.js';
import type { ComparisonState } from '../../src/elements/state.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const { done } = sessions();
const { layers } = done;

const compareOf = (
  comparison: ComparisonState | null = null,
): Promise<UnmixingCompare> =>
  fixture<UnmixingCompare>(
    html`<unmixing-compare
      .layers=${layers}
      .comparison=${comparison}
    ></unmixing-compare>`,
  );
const inside = <Part extends Element>(
  { shadowRoot }: UnmixingCompare,
  selector: string,
  kind: new () => Part,
): Part => {
  const found = shadowRoot?.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
};
const choose = (
  element: UnmixingCompare,
  selector: string,
  value: string,
): void => {
  const select = inside(element, selector, HTMLSelectElement);
  select.value = value;
  select.dispatchEvent(new Event('change'));
};

describe('what can be compared', () => {
  it('is all abundances as one, then every layer of the grid of the cube', () => {
    expect(comparable(layers).map(([id]) => id)).to.deep.equal([
      'cube-1/abundances',
      'cube-1/abundance-0',
      'cube-1/abundance-1',
      'cube-1/abundance-2',
      'cube-1',
    ]);
    expect(comparable(layers.slice(2, 4)).map(([id]) => id)).to.deep.equal([
      'cube-1/abundance-2',
      'cube-1',
    ]);
  });
});

describe('unmixing-compare', () => {
  beforeEach(() => localStorage.clear());

  it('begins with the abundances against the cube, as checks', async () => {
    const compare = await compareOf();
    await expect(compare).to.be.accessible();
    const asked = heard(compare, 'unmixing-compare');
    inside(compare, 'button', HTMLElement).click();
    expect((await asked).comparison).to.deep.equal({
      first: 'cube-1/abundances',
      second: 'cube-1',
      mode: 'checkerboard',
    });
  });

  it('keeps what is chosen until it begins, and remembers the way', async () => {
    const compare = await compareOf();
    let early = false;
    compare.addEventListener('unmixing-compare', () => (early = true), {
      once: true,
    });
    choose(compare, '#first', 'cube-1/abundance-1');
    choose(compare, '#second', 'cube-1/abundance-2');
    inside(compare, '.segments label:nth-child(2) input', HTMLElement).click();
    await compare.updateComplete;
    expect(early).to.equal(false);
    const asked = heard(compare, 'unmixing-compare');
    inside(compare, 'button', HTMLElement).click();
    expect((await asked).comparison).to.deep.equal({
      first: 'cube-1/abundance-1',
      second: 'cube-1/abundance-2',
      mode: 'blend',
    });
    const again = await compareOf();
    const next = heard(again, 'unmixing-compare');
    inside(again, 'button', HTMLElement).click();
    expect((await next).comparison?.mode).to.equal('blend');
  });

  it('changes what is compared at once, and ends it', async () => {
    const compare = await compareOf({
      first: 'cube-1/abundances',
      second: 'cube-1',
      mode: 'blend',
    });
    await expect(compare).to.be.accessible();
    const changed = heard(compare, 'unmixing-compare');
    choose(compare, '#second', 'cube-1/abundance-0');
    expect((await changed).comparison?.second).to.equal('cube-1/abundance-0');
    const button = inside(compare, 'button', HTMLElement);
    expect(button.getAttribute('aria-pressed')).to.equal('true');
    const ended = heard(compare, 'unmixing-compare');
    button.click();
    expect((await ended).comparison).to.equal(null);
  });

  it('is in the overlays only where the viewer can compare', async () => {
    const shows = async (comparable: boolean): Promise<boolean> => {
      const overlays = await fixture<UnmixingOverlays>(
        html`<unmixing-overlays
          ?comparable=${comparable}
          .layer=${layers[0]}
          .layers=${layers}
          .unmixing=${done.unmixing}
        ></unmixing-overlays>`,
      );
      return Boolean(overlays.shadowRoot?.querySelector('unmixing-compare'));
    };
    expect(await shows(true)).to.equal(true);
    expect(await shows(false)).to.equal(false);
  });
});
