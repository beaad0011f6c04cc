import { expect, fixture, html } from '@open-wc/testing';
import { UnmixingPixelMap } from '../../src/elements/pixel-map.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const { done } = sessions();
if (done.cube.state !== 'ready') throw new Error('not ready');
const { width, height } = done.cube.summary;
const layers = done.layers.filter(({ role }) => role === 'abundance');

const mapOf = async (
  pixel: UnmixingPixelMap['pixel'],
): Promise<{ element: UnmixingPixelMap; map: HTMLElement }> => {
  const element = await fixture<UnmixingPixelMap>(
    html`<unmixing-pixel-map
      style="width: 160px"
      .layers=${[...layers].reverse()}
      .width=${width}
      .height=${height}
      .pixel=${pixel}
    ></unmixing-pixel-map>`,
  );
  const map = element.shadowRoot?.querySelector<HTMLElement>('#map');
  if (!map) throw new Error('nothing drawn');
  // Synthetic pointers cannot be captured.
  map.setPointerCapture = () => undefined;
  return { element, map };
};

const press = (
  target: HTMLElement,
  key: string,
  more: KeyboardEventInit = {},
): boolean =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', {
      key,
      bubbles: true,
      composed: true,
      cancelable: true,
      ...more,
    }),
  );

describe('unmixing-pixel-map', () => {
  it('is accessible, with a pixel and without', async () => {
    await expect((await mapOf(null)).element).to.be.accessible();
    const { element } = await mapOf({ x: 3, y: 2, pinned: true });
    await expect(element).to.be.accessible();
    expect(
      element.shadowRoot?.querySelector('[role=status]')?.textContent,
    ).to.equal('Pixel 3, 2');
  });

  it('moves by a pixel with arrows, by ten with Shift, and no further than the image', async () => {
    const { element, map } = await mapOf({ x: 3, y: 2, pinned: true });
    const given: string[] = [];
    element.addEventListener('unmixing-pin', ({ x, y }) =>
      given.push(`${x} ${y}`),
    );
    press(map, 'ArrowRight');
    press(map, 'ArrowUp');
    press(map, 'ArrowRight', { shiftKey: true });
    press(map, 'ArrowLeft', { shiftKey: true });
    press(map, 'ArrowDown', { shiftKey: true });
    expect(given).to.deep.equal([
      '4 2',
      '3 1',
      '13 2',
      '0 2',
      `3 ${height - 1}`,
    ]);
    expect(press(map, 'Tab')).to.equal(true);
    expect(given).to.have.length(5);
  });

  it('begins in the middle where no pixel is shown', async () => {
    const { element, map } = await mapOf(null);
    const asked = heard(element, 'unmixing-pin');
    press(map, 'ArrowLeft');
    expect(await asked).to.include({ x: width / 2, y: height / 2 });
  });

  it('lets go on Escape, and only of what is held', async () => {
    const { element, map } = await mapOf({ x: 3, y: 2, pinned: true });
    const asked = heard(element, 'unmixing-unpin');
    expect(press(map, 'Escape')).to.equal(false);
    await asked;
    const passing = await mapOf({ x: 3, y: 2, pinned: false });
    expect(press(passing.map, 'Escape')).to.equal(true);
  });

  it('holds the pixel that is pressed, and follows while the button is down', async () => {
    const { element, map } = await mapOf(null);
    const box = map.getBoundingClientRect();
    expect(box.width / box.height).to.be.closeTo(width / height, 0.05);
    const at = (x: number, y: number): PointerEventInit => ({
      clientX: box.left + ((x + 0.5) / width) * box.width,
      clientY: box.top + ((y + 0.5) / height) * box.height,
      bubbles: true,
    });
    const pressed = heard(element, 'unmixing-pin');
    map.dispatchEvent(new PointerEvent('pointerdown', at(11, 6)));
    expect(await pressed).to.include({ x: 11, y: 6 });
    map.hasPointerCapture = () => true;
    const dragged = heard(element, 'unmixing-pin');
    map.dispatchEvent(new PointerEvent('pointermove', at(-4, 2)));
    expect(await dragged).to.include({ x: 0, y: 2 });
  });

  it('draws the layers as they are shown, one pixel for one', async () => {
    const { element } = await mapOf(null);
    const canvas = element.shadowRoot?.querySelector('canvas');
    expect([canvas?.width, canvas?.height]).to.deep.equal([width, height]);
    const data = canvas
      ?.getContext('2d')
      ?.getImageData(0, 0, width, height).data;
    expect(Math.max(...(data ?? []))).to.be.above(100);
    element.layers = [];
    await element.updateComplete;
    const empty = canvas
      ?.getContext('2d')
      ?.getImageData(0, 0, width, height).data;
    expect(Math.max(...(empty ?? [1]))).to.equal(0);
  });
});
