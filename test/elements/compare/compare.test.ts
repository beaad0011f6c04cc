import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingCompare } from '../../../src/elements/compare/compare.js';
import type { SessionState } from '../../../src/elements/state.js';
import { compared } from '../../fixtures/comparison.js';
import { heard } from '../../fixtures/heard.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();

const compareOf = async (
  more: Partial<SessionState> = {},
): Promise<UnmixingCompare> => {
  const element = new UnmixingCompare();
  element.session = { ...done, ...more };
  return fixture<UnmixingCompare>(html`${element}`);
};
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

describe('unmixing-compare', () => {
  beforeEach(() => localStorage.clear());

  it('begins with the picture against the abundances, swiped', async () => {
    const compare = await compareOf();
    await expect(compare).to.be.accessible();
    const asked = heard(compare, 'unmixing-compare');
    inside(compare, 'button', HTMLElement).click();
    expect((await asked).comparison).to.deep.equal(
      compared('picture-1', 'cube-1/abundances'),
    );
  });

  it('keeps what is chosen until it begins, and remembers the way', async () => {
    const compare = await compareOf();
    let early = false;
    compare.addEventListener('unmixing-compare', () => (early = true), {
      once: true,
    });
    choose(compare, '#mode', 'side-by-side');
    await compare.updateComplete;
    choose(compare, '#first', 'cube-1/abundance-1');
    await compare.updateComplete;
    expect(early).to.equal(false);
    const asked = heard(compare, 'unmixing-compare');
    inside(compare, 'button', HTMLElement).click();
    expect((await asked).comparison).to.deep.equal(
      compared('cube-1/abundance-1', 'cube-1/abundances', {
        mode: 'side-by-side',
      }),
    );
    const again = await compareOf();
    expect(inside(again, '#mode', HTMLSelectElement).value).to.equal(
      'side-by-side',
    );
  });

  it('changes what is compared at once, and ends it', async () => {
    const compare = await compareOf({
      comparison: compared('picture-1', 'cube-1', { mode: 'flicker' }),
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

  it('lists the ways of the viewer after ours, where it has them, with what it can compare', async () => {
    const modes = ({ shadowRoot }: UnmixingCompare): string[] =>
      Array.from(
        shadowRoot?.querySelectorAll<HTMLOptionElement>('#mode option') ?? [],
        ({ value }) => value,
      );
    const ours = ['overlay', 'swipe', 'side-by-side', 'flicker', 'difference'];
    const own = await compareOf({
      viewer: { ...done.viewer, capabilities: new Set() },
    });
    expect(modes(own)).to.deep.equal(ours);
    const viewers = await compareOf();
    expect(modes(viewers).slice(5)).to.deep.equal([
      'checkerboard',
      'blend',
      'cyan-magenta',
    ]);
    choose(viewers, '#mode', 'checkerboard');
    await viewers.updateComplete;
    const ids = Array.from(
      inside(viewers, '#first', HTMLSelectElement).options,
      ({ value }) => value,
    );
    expect(ids).not.to.include('picture-1');
  });

  it('says what to do while there is one image', async () => {
    const compare = await compareOf({ layers: done.layers.slice(-1) });
    const only = await compareOf({ layers: [] });
    expect(only.shadowRoot?.textContent).to.contain('Open a second image');
    expect(compare.shadowRoot?.querySelector('#first')).not.to.equal(null);
  });
});
