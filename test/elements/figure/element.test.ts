import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { UnmixingCameraEvent } from '../../../src/elements/events.js';
import { UnmixingFigure } from '../../../src/elements/figure/figure.js';
import type { SessionState } from '../../../src/elements/state.js';
import type { Camera, View } from '../../../src/hosts/host.js';
import { heard } from '../../fixtures/heard.js';
import { sessions } from '../../fixtures/sessions.js';

const { done, empty } = sessions();

function part<Tag extends keyof HTMLElementTagNameMap>(
  element: UnmixingFigure,
  tag: Tag,
  selector = '',
): HTMLElementTagNameMap[Tag] {
  const found = element.shadowRoot?.querySelector<HTMLElementTagNameMap[Tag]>(
    `${tag}${selector}`,
  );
  if (!found) throw new Error(`no ${tag}${selector}`);
  return found;
}
const textOf = ({ shadowRoot }: UnmixingFigure): string =>
  shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';

const previewOf = (element: UnmixingFigure): HTMLCanvasElement | null =>
  element.shadowRoot?.querySelector('canvas') ?? null;

/** With its preview drawn. */
async function figureOf(session: SessionState): Promise<UnmixingFigure> {
  const element = await fixture<UnmixingFigure>(
    html`<unmixing-figure
      style="width: 296px"
      .session=${session}
    ></unmixing-figure>`,
  );
  // A canvas is 300 wide until it is drawn on.
  await waitUntil(
    () => session.layers.length === 0 || previewOf(element)?.width !== 300,
    'no preview',
  );
  return element;
}

const choose = async (
  element: UnmixingFigure,
  id: string,
  value: string,
): Promise<void> => {
  const field = part(element, 'select', `#${id}`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
  await element.updateComplete;
};

const press = (element: UnmixingFigure, words: string): void => {
  const button = Array.from(
    element.shadowRoot?.querySelectorAll<HTMLElement>('button, label') ?? [],
  ).find(({ textContent }) => textContent.trim().startsWith(words));
  if (!button) throw new Error(`no ${words}`);
  button.click();
};

/** The files that the element hands to the browser while something is done. */
async function saved(act: () => void): Promise<File> {
  const { createObjectURL } = URL;
  try {
    return await new Promise<File>((resolve) => {
      URL.createObjectURL = (file) => {
        if (file instanceof File) resolve(file);
        return createObjectURL.call(URL, file);
      };
      act();
    });
  } finally {
    URL.createObjectURL = createObjectURL;
  }
}

describe('unmixing-figure', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('is accessible, in both schemes, with each kind of figure', async () => {
    for (const scheme of ['dark', 'light'])
      for (const what of ['seen', 'sheet']) {
        const element = await figureOf(done);
        element.style.colorScheme = scheme;
        await choose(element, 'what', what);
        await expect(element).to.be.accessible();
      }
  });

  it('shows what the figure will be, and says how large', async () => {
    const element = await figureOf(done);
    expect(previewOf(element)?.getAttribute('aria-label')).to.equal(
      'Preview: Layers',
    );
    expect(textOf(element)).to.match(/1 384 × \d+ pixels, 192 to the inch/);
    press(element, '4×');
    await element.updateComplete;
    expect(textOf(element)).to.match(/2 768 × [\d ]+ pixels, 384 to/);
    press(element, 'SVG');
    await element.updateComplete;
    expect(textOf(element)).to.contain('text and lines as vectors');
    expect(textOf(element)).not.to.contain('Resolution');
  });

  it('says what to do where nothing is shown', async () => {
    const element = await figureOf(empty);
    await waitUntil(() => textOf(element).includes('No layer is shown'));
    await choose(element, 'what', 'maps');
    await waitUntil(() => textOf(element).includes('unmix first'));
    expect(part(element, 'button', '.primary').disabled).to.equal(true);
  });

  it('saves what is seen as one file, and each map in a zip', async () => {
    const element = await figureOf(done);
    const one = await saved(() => press(element, 'Save figure'));
    expect(one.name).to.equal('cross-section-07-figure.png');
    expect(new Uint8Array(await one.slice(0, 4).arrayBuffer())).to.deep.equal(
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
    );
    await choose(element, 'what', 'maps');
    await waitUntil(() => textOf(element).includes('Save 3 figures'));
    const all = await saved(() => press(element, 'Save 3 figures'));
    expect(all.name).to.equal('cross-section-07-maps.zip');
    await waitUntil(() => textOf(element).includes('Saved'));
  });

  it('lets the user write the caption, and go back to what the result tells', async () => {
    const element = await figureOf(done);
    const field = part(element, 'textarea');
    expect(field.value).to.contain('cross-section-07');
    const written = heard(element, 'unmixing-caption');
    field.value = 'Fig. 3: the section.';
    field.dispatchEvent(new Event('change'));
    expect((await written).caption).to.equal('Fig. 3: the section.');
    element.session = { ...done, caption: 'Fig. 3: the section.' };
    await element.updateComplete;
    const back = heard(element, 'unmixing-caption');
    press(element, 'As the result tells it');
    expect((await back).caption).to.equal(null);
  });

  it('remembers what was chosen, and takes nothing that makes no sense', async () => {
    const first = await figureOf(done);
    await choose(first, 'what', 'sheet');
    await choose(first, 'width', '336');
    press(first, 'Dark');
    press(first, 'Legend');
    await first.updateComplete;
    const next = await figureOf(done);
    expect(part(next, 'select', '#what').value).to.equal('sheet');
    expect(part(next, 'select', '#width').value).to.equal('336');
    expect(part(next, 'input', '[role=switch]').checked).to.equal(false);
    localStorage.setItem(
      'stratigraph.figure',
      '{"what":"all","width":-3,"legend":"no","scale":99,"format":"gif"}',
    );
    const other = await figureOf(done);
    expect(part(other, 'select', '#what').value).to.equal('seen');
    expect(part(other, 'select', '#width').value).to.equal('692');
  });

  it('follows the camera of the viewer, where it has one', async () => {
    let view: View = {
      centre: [8, 4, 0],
      right: [1, 0, 0],
      up: [0, -1, 0],
      halfHeight: 1,
      aspect: 4,
    };
    let moved: (() => void) | null = null;
    const camera: Camera = {
      view: () => view,
      look: () => undefined,
      onMove: (listener) => {
        moved = listener;
        return () => {
          moved = null;
        };
      },
    };
    const viewer = document.createElement('div');
    viewer.addEventListener('unmixing-camera', (event: UnmixingCameraEvent) => {
      event.camera = camera;
    });
    const element = new UnmixingFigure();
    element.session = done;
    viewer.append(element);
    document.body.append(viewer);
    const sizeOf = (): string => part(element, 'p', '.hint').textContent;
    await waitUntil(() => /pixels/.test(textOf(element)));
    expect(part(element, 'select', '#extent').value).to.equal('view');
    const before = sizeOf();
    view = { ...view, halfHeight: 3 };
    (moved as (() => void) | null)?.();
    await waitUntil(() => sizeOf() !== before, 'the figure did not follow');
    viewer.remove();
    expect(moved).to.equal(null);
  });

  it('does not draw anew when only the pointer moved', async () => {
    const element = await figureOf(done);
    const canvas = previewOf(element);
    const context = canvas?.getContext('2d');
    context?.clearRect(0, 0, 100, 100);
    element.session = { ...done, pointer: null };
    await element.updateComplete;
    const again = { ...done, layers: [...done.layers] };
    expect(context?.getImageData(5, 5, 1, 1).data[3]).to.equal(0);
    element.session = again;
    await waitUntil(() => context?.getImageData(5, 5, 1, 1).data[3] === 255);
  });
});
