// The sample's micrograph and cube both lie in the cube's frame: the true map is the identity.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** Side of a cube pixel of the sample, µm, and its size. */
const pixel = 1.1;
const [width, height] = [128, 72];
const corners = [-0.5, width - 0.5].flatMap((x) =>
  [-0.5, height - 0.5].map((y) => [pixel * x, pixel * y]),
);

const stateOf = (page) =>
  page.evaluate(() => {
    const { placements, registrations, registering, layers } =
      window.stratigraphViewer.controller.state;
    return {
      placements,
      registrations,
      registering,
      owners: layers.map(({ owner }) => owner),
    };
  });

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 240000, polling: 50 });

/** How far a map takes the corners of the cube from where they are in truth, in cube pixels. */
const offOf = ([a, b, c, d, e, f] = [1, 0, 0, 0, 1, 0]) =>
  Math.max(
    ...corners.map(
      ([x, y]) =>
        Math.hypot(a * x + b * y + c - x, d * x + e * y + f - y) / pixel,
    ),
  );

describe('registration in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  let section;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'register-'));
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
    await page.evaluate(() => {
      const find = (root) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.localName === 'unmixing-stage') return element;
          const found = element.shadowRoot && find(element.shadowRoot);
          if (found) return found;
        }
        return null;
      };
      window.shownStage = () => find(document);
    });
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.getByRole('menuitem').first().click();
    await waitFor(page, () => {
      const { cube, layers } = window.stratigraphViewer.controller.state;
      return (
        cube.state === 'ready' && layers.some(({ role }) => role === 'picture')
      );
    });
    await page.getByRole('button', { name: /^Register/ }).click();
    section = page.locator('unmixing-register');
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name) => section.getByRole('button', { name, exact: true });
  const stageButton = (name) =>
    page
      .locator('unmixing-register-stage')
      .getByRole('button', { name, exact: true });

  /** Presses a place of a pane of the stage, given in its world. */
  const press = async (pane, world) => {
    const at = await page.evaluate(
      ([id, [x, y]]) => {
        const shown = window.shownStage();
        const place = shown.toView(id, [x, y, 0]);
        const box = shown.shadowRoot
          .querySelector(`[data-pane="${id}"]`)
          .getBoundingClientRect();
        return [box.left + place[0], box.top + place[1]];
      },
      [pane, world],
    );
    await page.mouse.click(...at);
  };

  const stageReady = (panes) =>
    waitFor(
      page,
      (count) => {
        const stage = window.shownStage();
        return (
          stage?.panes.length === count &&
          stage.panes.every(({ id }) => stage.viewOf(id) !== null)
        );
      },
      panes,
    );

  it('nudges by keys on the stage: pixels, tenths of a degree, thousandths of the size', async () => {
    await button('Nudge').click();
    await stageReady(1);
    await page.keyboard.press('Shift+ArrowRight');
    for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowDown');
    for (let n = 0; n < 5; n++) await page.keyboard.press('Shift+]');
    await page.keyboard.press('+');
    await waitFor(
      page,
      () =>
        Object.keys(window.stratigraphViewer.controller.state.placements)
          .length > 0,
    );
    await page.screenshot({ path: join(screenshots, 'register-nudge.png') });
    await stageButton('Done').click();
    const { placements } = await stateOf(page);
    const [a, , , d] = placements['cube-1'];
    assert.ok(Math.abs(Math.hypot(a, d) - 1.001) < 1e-6, `${[a, d]}`);
    const turn = (180 / Math.PI) * Math.atan2(d, a);
    assert.ok(Math.abs(turn - 5) < 1e-6, `${turn}`);
    assert.ok(offOf(placements['cube-1']) > 3);
    const hints = await section.locator('.hint').allInnerTexts();
    assert.match(hints.join(' '), /Turned 5\.0°, scaled 1\.001/);
  });

  it('takes pairs of clicks to within 1 cube pixel everywhere, with the residual of each on the image', async () => {
    await button('Set landmarks').click();
    await stageReady(2);
    for (const place of [
      [8, 8],
      [130, 10],
      [126, 70],
      [10, 66],
      [70, 40],
    ]) {
      await press('moving', place);
      // Each click is off by half a cube pixel, to the left and to the right in turn.
      await press('fixed', [
        place[0] + (place[1] % 4 ? 0.55 : -0.55),
        place[1],
      ]);
    }
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one?.landmarks.length === 5;
    });
    const { placements } = await stateOf(page);
    const off = offOf(placements['cube-1']);
    assert.ok(off < 1, `${off} cube pixels`);
    await page.screenshot({ path: join(screenshots, 'register-stage.png') });
    const words = await page.evaluate(() =>
      Array.from(
        window.shownStage().shadowRoot.querySelectorAll('text'),
        ({ textContent }) => textContent,
      ),
    );
    assert.ok(
      words.some((word) => /\d\sµm/.test(word)),
      words.join(),
    );
  });

  it('sets a pair by keys: the cross with arrows, Enter in one image and then in the other', async () => {
    const panes = page.locator('unmixing-register-stage .ground');
    for (const at of [0, 1]) {
      await panes.nth(at).focus();
      await page.keyboard.press('Shift+ArrowRight');
      await page.keyboard.press('Enter');
    }
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one.landmarks.length === 6;
    });
    await stageButton('Done').click();
    await page.screenshot({ path: join(screenshots, 'register-panel.png') });
    // It was only for the keys, which do not aim.
    await page.keyboard.press('Control+z');
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one.landmarks.length === 5;
    });
  });

  it('removes pairs with Delete, and undo brings them and the place back', async () => {
    const before = await stateOf(page);
    await section.locator('.pair').first().focus();
    await page.keyboard.press('Delete');
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one.landmarks.length === 4;
    });
    await page.getByRole('button', { name: 'Undo' }).click();
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one.landmarks.length === 5;
    });
    const after = await stateOf(page);
    assert.deepEqual(after.placements, before.placements);
  });

  it('saves the transform as text, forgets it, and reads it back to the digit', async () => {
    const before = await stateOf(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button('Save transform').click(),
    ]);
    const path = join(folder, 'map.tfm');
    await download.saveAs(path);
    assert.match(download.suggestedFilename(), /-to-.*\.tfm$/);
    assert.match(readFileSync(path, 'utf8'), /^#Insight Transform File V1\.0/);
    await button('Reset').click();
    await waitFor(
      page,
      () =>
        Object.keys(window.stratigraphViewer.controller.state.placements)
          .length === 0,
    );
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      button('Load').click(),
    ]);
    await chooser.setFiles(path);
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.placements['cube-1'],
    );
    const after = await stateOf(page);
    after.placements['cube-1'].forEach((part, i) =>
      assert.ok(Math.abs(part - before.placements['cube-1'][i]) < 1e-9),
    );
  });

  it('searches from a wrong place, can be cancelled, and moves nothing before the user accepts', async () => {
    await page.evaluate(() => window.stratigraphViewer.controller.unmix());
    await button('Reset').click();
    await button('Nudge').click();
    await stageReady(1);
    for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+ArrowRight');
    for (let n = 0; n < 4; n++) await page.keyboard.press('Shift+]');
    await stageButton('Done').click();
    const before = await stateOf(page);
    assert.ok(offOf(before.placements['cube-1']) > 4);
    await button('Find the map').click();
    await button('Cancel').click();
    await waitFor(
      page,
      () =>
        window.stratigraphViewer.controller.state.registering.work.state ===
        'idle',
    );
    await button('Find the map').click();
    await waitFor(page, () =>
      ['proposed', 'failed'].includes(
        window.stratigraphViewer.controller.state.registering.work.state,
      ),
    );
    const found = await stateOf(page);
    const { work } = found.registering;
    assert.equal(work.state, 'proposed', work.error?.message);
    assert.deepEqual(found.placements, before.placements);
    await stageReady(1);
    await page.screenshot({ path: join(screenshots, 'register-review.png') });
    await stageButton('Accept').click();
    const { placements } = await stateOf(page);
    const off = offOf(placements['cube-1']);
    console.log(`Automatic from all abundances: ${off} cube pixels off.`);
    assert.ok(off < 1.5, `${off} cube pixels`);
  });

  it('saves maps on the pixels of the micrograph: its size, and at each place the share that lies there', async () => {
    const results = page.locator('unmixing-results');
    if (!(await results.isVisible()))
      await page.getByRole('button', { name: /^Results/ }).click();
    await results.getByLabel('Pixels of maps').selectOption('Of micrograph');
    await results
      .getByLabel('Abundance maps', { exact: true })
      .selectOption('NRRD');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      results.getByRole('button', { name: 'Save Abundance maps' }).click(),
    ]);
    const path = join(folder, 'maps.nrrd');
    await download.saveAs(path);
    const bytes = readFileSync(path);
    const end = bytes.indexOf('\n\n') + 2;
    const head = bytes.subarray(0, end).toString();
    const truth = await page.evaluate(() => {
      const { layers, unmixing, placements } =
        window.stratigraphViewer.controller.state;
      const { image, geometry } = layers.find(({ role }) => role === 'picture');
      return {
        size: [image.width, image.height],
        origin: geometry.origin,
        spacing: geometry.spacing,
        map: placements['cube-1'],
        abundances: [...unmixing.abundances],
        count: unmixing.names.length,
      };
    });
    const { size, origin, spacing, map, abundances, count } = truth;
    assert.match(
      head,
      new RegExp(`^sizes: ${count} ${size.join(' ')} 1$`, 'm'),
    );
    const values = new Float32Array(
      bytes.buffer.slice(
        bytes.byteOffset + end,
        bytes.byteOffset + bytes.length,
      ),
    );
    const [a, b, c, d, e, f] = map;
    const det = a * e - b * d;
    let compared = 0;
    for (let y = 0; y < size[1]; y += 7)
      for (let x = 0; x < size[0]; x += 7) {
        const u = origin[0] + x * spacing[0] - c;
        const v = origin[1] + y * spacing[1] - f;
        const i = (e * u - b * v) / det / pixel;
        const j = (a * v - d * u) / det / pixel;
        const [p, q] = [Math.round(i), Math.round(j)];
        // Not on the edge between two pixels, where rounding decides.
        if ([i, j].some((at) => Math.abs(at - Math.floor(at) - 0.5) < 1e-3))
          continue;
        const inside = p >= 0 && q >= 0 && p < width && q < height;
        for (let r = 0; r < count; r++) {
          const found = values[(y * size[0] + x) * count + r];
          if (inside) {
            assert.equal(found, abundances[(q * width + p) * count + r]);
            compared++;
          } else assert.ok(Number.isNaN(found));
        }
      }
    assert.ok(compared > 5000, `${compared}`);
  });

  it('holds at 1024 pixels and in light, and asked nothing it should not', async () => {
    await page.setViewportSize({ width: 1024, height: 768 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: join(screenshots, 'register-1024.png') });
    await button('Set landmarks').click();
    await stageReady(2);
    await page.screenshot({
      path: join(screenshots, 'register-stage-1024.png'),
    });
    await page.keyboard.press('Escape');
    assert.deepEqual(complaints, []);
  });
});
