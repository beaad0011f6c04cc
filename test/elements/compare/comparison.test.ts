import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { UnmixingComparison } from '../../../src/elements/compare/comparison.js';
import '../../../src/elements/stage/stage.js';
import type { ComparisonState } from '../../../src/elements/state.js';
import { compared } from '../../fixtures/comparison.js';
import { heard } from '../../fixtures/heard.js';
import { sessions } from '../../fixtures/sessions.js';

const { done } = sessions();

const showing = (comparison: Partial<ComparisonState>) => ({
  ...done,
  comparison: compared('picture-1', 'cube-1/abundances', comparison),
});
const viewOf = async (
  comparison: Partial<ComparisonState>,
  theme: 'dark' | 'light' = 'dark',
): Promise<UnmixingComparison> => {
  const element = new UnmixingComparison();
  element.session = showing(comparison);
  element.theme = theme;
  await fixture(
    html`<div style="width: 640px; height: 360px">${element}</div>`,
  );
  await element.updateComplete;
  return element;
};
const inside = <Part extends Element>(
  { shadowRoot }: UnmixingComparison,
  selector: string,
  kind: new () => Part,
): Part => {
  const found = shadowRoot?.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`no ${selector}`);
  return found;
};
const textOf = ({ shadowRoot }: UnmixingComparison): string =>
  shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

describe('unmixing-comparison', () => {
  for (const mode of [
    'overlay',
    'swipe',
    'side-by-side',
    'flicker',
    'difference',
  ] as const)
    for (const theme of ['dark', 'light'] as const)
      it(`is accessible in ${theme} as ${mode}`, async () => {
        const view = await viewOf({ mode }, theme);
        await expect(view).to.be.accessible();
      });

  it('gives a new subject, the divider and the mix as they shall be', async () => {
    const view = await viewOf({ mode: 'swipe' });
    const asked = heard(view, 'unmixing-compare');
    const first = inside(view, '#first', HTMLSelectElement);
    first.value = 'seen';
    first.dispatchEvent(new Event('change'));
    expect((await asked).comparison).to.deep.equal(
      compared('seen', 'cube-1/abundances'),
    );
    const turned = heard(view, 'unmixing-compare');
    view.dispatchEvent(new KeyboardEvent('keydown', { key: 'd' }));
    expect((await turned).comparison?.upright).to.equal(false);
    view.session = showing({ mode: 'overlay', mix: 0.25 });
    await view.updateComplete;
    expect(inside(view, '[aria-label="Mix"]', HTMLInputElement).value).to.equal(
      '25',
    );
  });

  it('flickers when it is turned to, and pauses on Space', async () => {
    const view = await viewOf({ mode: 'flicker', rate: 5 });
    expect(textOf(view)).to.contain('Flickering');
    const on = (side: string): boolean =>
      Boolean(view.shadowRoot?.querySelector(`.tag.${side}.on`));
    await waitUntil(() => on('second'));
    await waitUntil(() => on('first'));
    view.dispatchEvent(new KeyboardEvent('keydown', { key: ' ' }));
    await view.updateComplete;
    expect(textOf(view)).to.contain('Paused at');
    view.session = showing({ mode: 'swipe' });
    await view.updateComplete;
    expect(textOf(view)).not.to.contain('Paused');
  });

  it('subtracts, and shows what the colours stand for', async () => {
    const view = await viewOf({
      mode: 'difference',
      first: 'cube-1/abundances',
      second: 'cube-1/abundances',
    });
    await waitUntil(() => view.shadowRoot?.querySelector('.ramp'));
    expect(textOf(view)).to.contain(done.unmixing?.names[0]);
    view.session = showing({ mode: 'difference' });
    await waitUntil(() => textOf(view).includes('Colours apart'));
  });

  it('passes the pointer on, and ends on Escape', async () => {
    const view = await viewOf({ mode: 'overlay' });
    const stage = inside(view, 'unmixing-stage', HTMLElement);
    await waitUntil(() => view.view !== null);
    const ground = stage.shadowRoot?.querySelector('.ground');
    const picked = heard(view, 'unmixing-pick');
    ground?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }),
    );
    const { pick } = await picked;
    expect(pick?.pressed).to.equal(true);
    const middle = view.view?.centre ?? [];
    pick?.world.forEach((value, i) =>
      expect(value).to.be.closeTo(middle[i], 1e-6),
    );
    const ended = heard(view, 'unmixing-compare');
    ground?.dispatchEvent(
      new KeyboardEvent('keydown', {
        key: 'Escape',
        bubbles: true,
        composed: true,
      }),
    );
    expect((await ended).comparison).to.equal(null);
  });
});
