// A session on the example page with itk-vtk-viewer: a cube opened there, unmixed in the panel, and put away; then a file of the
// panel's own, where the viewer shows nothing.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../../scripts/root.mjs';
import { built, openBrowser } from '../../e2e/page.mjs';
import { correlation } from '../../e2e/truth.mjs';
import { makeNrrd } from './nrrd-made.mjs';
import { serveViewers } from './serve.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const made = makeNrrd();
/** Where each material is seen alone, and nothing of the viewer's lies over it: in its grain, and in the ground. */
const places = [
  [20, 18],
  [45, 30],
  [60, 44],
];

/** What the viewer says of itself without the plugin: warnings of its own controls and of vtk.js. */
const ofTheViewer =
  /slider-vertical|willReadFrequently|Resetting view-up|attempt to set zero width|GPU stall|GL Driver Message/;

describe('the page with itk-vtk-viewer', () => {
  let browser;
  let page;
  let complaints;
  /** Colours at the places before anything was drawn over them. */
  let bare;
  /** Which endmember is which material. */
  let byTruth;

  before(async () => {
    browser = await openBrowser(await serveViewers());
    ({ page, complaints } = await browser.newPage('/itk-vtk-viewer-page/'));
  });
  after(() => browser?.close());

  const panel = () => page.locator('unmixing-panel');
  const session = (read) =>
    panel().evaluate(
      (element, body) =>
        new Function('state', `return ${body}`)(element.session),
      read,
    );

  /** Where pixels of the cube lie on the page, CSS pixels. */
  const onScreen = (pixels) =>
    page.evaluate((wanted) => {
      const view = window.viewer.getViewProxy();
      const [gl] = view.getRenderWindow().getViews();
      const box = gl.getCanvas().getBoundingClientRect();
      const [width, height] = gl.getSize();
      return wanted.map(([x, y]) => {
        const [a, b] = gl.worldToDisplay(
          0.5 * x,
          0.5 * y,
          0,
          view.getRenderer(),
        );
        return [
          box.left + (a / width) * box.width,
          box.top + (1 - b / height) * box.height,
        ];
      });
    }, pixels);

  /** Colours of the screen there, as a screenshot shows them. */
  const coloursAt = async (pixels) => {
    const at = await onScreen(pixels);
    const shot = await page.screenshot();
    return page.evaluate(
      async ([png, points]) => {
        const bytes = Uint8Array.from(window.atob(png), (c) => c.charCodeAt(0));
        const bitmap = await window.createImageBitmap(new Blob([bytes]));
        const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d', { willReadFrequently: true });
        context.drawImage(bitmap, 0, 0);
        return points.map(([x, y]) => [
          ...context
            .getImageData(Math.floor(x), Math.floor(y), 1, 1)
            .data.slice(0, 3),
        ]);
      },
      [shot.toString('base64'), at],
    );
  };

  const differs = (a, b) => Math.max(...a.map((v, i) => Math.abs(v - b[i])));

  /** Asks again until the screen is as wanted. */
  const see = async (what, test, pixels = places) => {
    let seen;
    for (const end = Date.now() + 20_000; Date.now() < end;) {
      seen = await coloursAt(pixels);
      if (test(seen)) return seen;
    }
    assert.fail(
      `${what}: ${JSON.stringify(seen)}, bare ${JSON.stringify(bare)}`,
    );
  };

  it('shows the mean of a cube that is opened there', async () => {
    await page.locator('#file').setInputFiles({
      name: 'grains.nrrd',
      mimeType: 'application/octet-stream',
      buffer: made.file,
    });
    await page.waitForFunction(
      () => window.viewer?.getLayerNames().length === 1,
    );
    bare = await see(
      'grains brighter than the ground, in grey',
      ([first, second, ground]) =>
        first[0] > ground[0] + 40 &&
        second[0] > ground[0] + 40 &&
        new Set(first).size === 1,
    );
  });

  it('reads the cube, all its bands', async () => {
    await panel()
      .getByRole('button', { name: /64 × 48, 32 bands/ })
      .click();
    await panel().getByLabel('Quantity').selectOption('absorbance');
    const less = panel().getByRole('button', { name: 'One endmember less' });
    await less.click();
    await less.click();
    assert.equal(await session('state.request.endmembers'), 3);
  });

  it('unmixes it and draws the maps over the image, each in its colour', async () => {
    await panel().getByRole('button', { name: 'Unmix', exact: true }).click();
    await panel().getByText('Done in').first().waitFor({ timeout: 120_000 });
    const abundances = await session('[...state.unmixing.abundances]');
    byTruth = made.maps.map((map) => {
      const likeness = [0, 1, 2].map((r) =>
        correlation(
          map,
          Float32Array.from(map, (_, n) => abundances[3 * n + r]),
        ),
      );
      const best = likeness.indexOf(Math.max(...likeness));
      assert.ok(likeness[best] > 0.9, `maps are like the truth: ${likeness}`);
      return best;
    });
    const colours = await session(
      '[0, 1, 2].map((r) => state.layers.find(({ endmember }) => endmember === r).style.colour)',
    );
    await see('the colour of the material where there is most of it', (seen) =>
      places.every((_, i) => {
        const colour = colours[byTruth[i]];
        const way = colour.map((c, k) => c - bare[i][k]);
        const along =
          way.reduce((s, v, k) => s + v * (seen[i][k] - bare[i][k]), 0) /
          way.reduce((s, v) => s + v * v, 0);
        return along > 0.5;
      }),
    );
    await page.screenshot({
      path: join(screenshots, 'itk-vtk-viewer-page.png'),
    });
  });

  it('draws one weaker, and hides one where its row says so', async () => {
    await panel()
      .getByRole('button', { name: /^Layers/ })
      .click();
    await panel().getByRole('button', { name: 'Hide Cube' }).click();
    const before = await see('maps over the mean', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) > 40),
    );
    const selected = byTruth.indexOf((await session('state.selected')) ?? 0);
    const opacity = panel().getByRole('slider', { name: 'Opacity' }).first();
    const value = await opacity.inputValue();
    await opacity.fill(String(value / 4));
    await see('one map weaker, the others as before', (seen) =>
      seen.every((colour, i) =>
        i === selected
          ? differs(colour, bare[i]) < differs(before[i], bare[i]) / 2
          : differs(colour, before[i]) < 12,
      ),
    );
    await opacity.fill(value);
    const list = panel().getByRole('list', { name: 'Endmembers' });
    const name = `Endmember ${byTruth[0] + 1}`;
    await list.getByRole('button', { name: `Hide ${name}` }).click();
    await see(
      'the first grain bare, the second not',
      (seen) =>
        differs(seen[0], bare[0]) < 12 && differs(seen[1], before[1]) <= 1,
    );
    await list.getByRole('button', { name: `Show ${name}` }).click();
    await see(
      'the first grain again',
      (seen) => differs(seen[0], before[0]) <= 1,
    );
  });

  it('tells the pixel under the pointer', async () => {
    const [at] = await onScreen([[20, 18]]);
    await page.mouse.move(...at);
    await page.waitForFunction(() => {
      const { pointer } = document.querySelector('unmixing-panel').session;
      return pointer?.x === 20 && pointer.y === 18;
    });
  });

  it('gives the image back when the cube is put away', async () => {
    await page.mouse.move(5, 5);
    await panel().getByRole('button', { name: 'More' }).first().click();
    await panel().getByRole('menuitem', { name: 'Close cube' }).click();
    await see('the bare mean', (seen) =>
      seen.every((colour, i) => differs(colour, bare[i]) <= 1),
    );
    assert.equal(
      await page.evaluate(() => window.viewer.getLayerNames().length),
      1,
    );
  });

  it('shows files of the panel where it shows nothing of its own, and takes the cube away', async () => {
    await page.reload();
    await panel().waitFor();
    /** Resolves once the viewer draws so many layers of ours. */
    const drawn = (count) =>
      page.waitForFunction(
        (wanted) =>
          window.viewer
            .getViewProxy()
            .getRenderWindow()
            .getRenderers()
            .filter((one) =>
              one.getViewProps().some((prop) => prop.isA('vtkImageSlice')),
            ).length === wanted,
        count,
      );
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      panel().getByRole('button', { name: 'Open file' }).click(),
    ]);
    const sample = (name) => join(built, 'sample', name);
    await chooser.setFiles(
      [
        'cross-section.hdr',
        'cross-section.img',
        'micrograph.png',
        'micrograph.pgw',
      ].map(sample),
    );
    await page.waitForFunction(
      () =>
        document.querySelector('unmixing-panel').session.cube.state === 'ready',
    );
    await drawn(2);
    await page.screenshot({
      path: join(screenshots, 'itk-vtk-viewer-sample.png'),
    });
    await panel().getByRole('button', { name: 'More' }).first().click();
    await panel().getByRole('menuitem', { name: 'Close cube' }).click();
    // The picture stays.
    await drawn(1);
  });

  it('loads no second vtk.js, complains of nothing and asks nothing of another origin', async () => {
    assert.deepEqual(
      complaints.filter((text) => !ofTheViewer.test(text)),
      [],
    );
    const texts = await page.evaluate(() =>
      Promise.all(
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => name.endsWith('.js'))
          .map(async (name) => [name, await (await fetch(name)).text()]),
      ),
    );
    assert.deepEqual(
      texts
        .filter(([, text]) => text.includes('vtkOpenGLRenderWindow'))
        .map(([name]) => new URL(name).pathname),
      ['/viewers/itk-vtk-viewer/itkVtkViewer.js'],
    );
  });
});
