// Two things against each other over the image of the example viewer. What each shows alone is told by the viewer itself, which
// draws with WebGL; the view that compares draws with canvas 2D.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';
import { readTruth } from './truth.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });
const { width, height } = readTruth();

/** Levels of 255 by which two ways of drawing may differ at most places: between pixels of a picture they round differently. */
const levels = 3;

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });
const stage = (page) => page.locator('unmixing-comparison unmixing-stage');
const comparison = (page) =>
  page.evaluate(() => window.stratigraphViewer.controller.state.comparison);
const mode = (page, name) =>
  page.locator('#modes').getByRole('button', { name, exact: true });

/** Opens the sample with its micrograph and unmixes it, as far as that is asked for. */
async function openSample(page, unmixes = true) {
  await page.waitForFunction(() => window.stratigraphViewer);
  await page.locator('#sample').click();
  await page.getByRole('menuitem').first().click();
  await waitFor(page, () => {
    const { cube, layers } = window.stratigraphViewer.controller.state;
    if (cube.state === 'failed') throw new Error(cube.error.message);
    return (
      cube.state === 'ready' && layers.some(({ role }) => role === 'picture')
    );
  });
  if (unmixes) await unmix(page);
}

/** Runs until it is done. */
async function unmix(page, endmembers = 5) {
  await page.evaluate(async (given) => {
    const { controller } = window.stratigraphViewer;
    controller.setRequest({ endmembers: given });
    await controller.unmix();
    const { run } = controller.state;
    if (run.state === 'failed') throw new Error(run.error.message);
  }, endmembers);
}

/** Colours of the screen at the middle of every cube pixel, as the viewer draws these layers alone. */
const viewerColours = (page, shown) =>
  page.evaluate(async (roles) => {
    const { controller } = window.stratigraphViewer;
    const before = controller.state.layers.map(({ id, style }) => ({
      id,
      visible: style.visible,
    }));
    const frames = async () => {
      for (let i = 0; i < 3; i++)
        await new Promise((resolve) =>
          requestAnimationFrame(() => setTimeout(resolve)),
        );
    };
    for (const { id, role } of controller.state.layers)
      controller.setStyle(id, { visible: roles.includes(role) });
    await frames();
    const colours = [...window.stratigraphViewer.colours()];
    for (const { id, visible } of before) controller.setStyle(id, { visible });
    await frames();
    return colours;
  }, shown);

/** Colours at the middle of every cube pixel on a screenshot, and where each is on the page. */
async function screenColours(page) {
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(resolve)),
        ),
      ),
  );
  const picture = (await page.screenshot()).toString('base64');
  return page.evaluate(
    async ([bytes, wide, high]) => {
      const blob = new Blob(
        [Uint8Array.from(window.atob(bytes), (letter) => letter.charCodeAt(0))],
        { type: 'image/png' },
      );
      const bitmap = await window.createImageBitmap(blob);
      const canvas = new window.OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const pixels = [];
      for (let y = 0; y < high; y++)
        for (let x = 0; x < wide; x++) {
          const place = window.stratigraphViewer.pixel(x, y);
          const [left, top] = place.map(Math.floor);
          const at = 4 * (top * bitmap.width + left);
          pixels.push({ place, colour: [...data.subarray(at, at + 3)] });
        }
      return pixels;
    },
    [picture, width, height],
  );
}

/** Share of the places at which colours are those that are wanted, of the places that count. */
function agreeing(pixels, wanted, counts = () => true) {
  let alike = 0;
  let all = 0;
  pixels.forEach(({ place, colour }, n) => {
    if (!counts(place)) return;
    all++;
    if (
      colour.every((value, c) => Math.abs(value - wanted[3 * n + c]) <= levels)
    )
      alike++;
  });
  assert.ok(all > 50, `${all} places`);
  return alike / all;
}

/** Most places: the outline, tags, tools and the divider lie over some. */
const most = 0.9;

/** The sides of the divider, away from it and its handle, and from what lies along the edges. */
async function sides(page) {
  const box = await stage(page).boundingBox();
  const { divider, upright } = await comparison(page);
  const at = upright
    ? box.x + divider * box.width
    : box.y + divider * box.height;
  const axis = upright ? 0 : 1;
  return {
    first: (place) => place[axis] < at - 16,
    second: (place) => place[axis] > at + 16,
  };
}

describe('comparing in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let picture;
  let abundances;

  before(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await openSample(page);
    picture = await viewerColours(page, ['picture']);
    abundances = await viewerColours(page, ['picture', 'abundance']);
  });
  after(() => browser?.close());

  it('swipes the micrograph against the abundances: each side of the divider is drawn as the viewer draws it', async () => {
    await mode(page, 'Swipe').click();
    await stage(page).waitFor();
    assert.deepEqual(await comparison(page), {
      first: 'picture-1',
      second: 'cube-1/abundances',
      mode: 'swipe',
      divider: 0.5,
      upright: true,
      mix: 0.5,
      rate: 2,
    });
    await page
      .locator('#modes')
      .getByRole('button', { name: 'Swipe', pressed: true })
      .waitFor();
    const { first, second } = await sides(page);
    const seen = await screenColours(page);
    assert.ok(agreeing(seen, picture, first) > most);
    assert.ok(agreeing(seen, abundances, second) > most);
    assert.ok(agreeing(seen, abundances, first) < 0.5);
    assert.ok(agreeing(seen, picture, second) < 0.5);
    for (const theme of ['dark', 'light'])
      for (const wide of [1440, 1024]) {
        await page.evaluate(
          (to) => window.stratigraphViewer.controller.setTheme(to),
          theme,
        );
        await page.setViewportSize({ width: wide, height: 900 });
        await screenColours(page);
        await page.screenshot({
          path: join(screenshots, `compare-swipe-${theme}-${wide}.png`),
        });
      }
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(() =>
      window.stratigraphViewer.controller.setTheme('dark'),
    );
  });

  it('moves the divider by keys, and turns it', async () => {
    await stage(page).getByRole('slider', { name: 'Divider' }).focus();
    const after = async (key) => {
      const { divider } = await comparison(page);
      await page.keyboard.press(key);
      await waitFor(
        page,
        (before) =>
          window.stratigraphViewer.controller.state.comparison.divider !==
          before,
        divider,
      );
      return Math.round(1000 * (await comparison(page)).divider) / 1000;
    };
    assert.equal(await after('Home'), 0);
    assert.equal(await after('End'), 1);
    assert.equal(await after('Shift+ArrowLeft'), 0.9);
    assert.equal(await after('ArrowLeft'), 0.89);
    for (let i = 0; i < 5; i++) await after('Shift+ArrowLeft');
    const { first, second } = await sides(page);
    const seen = await screenColours(page);
    assert.ok(agreeing(seen, picture, first) > most);
    assert.ok(agreeing(seen, abundances, second) > most);
    await page.keyboard.press('d');
    await waitFor(
      page,
      () => !window.stratigraphViewer.controller.state.comparison.upright,
    );
    const level = await sides(page);
    const turned = await screenColours(page);
    assert.ok(agreeing(turned, picture, level.first) > 0.8);
    assert.ok(agreeing(turned, abundances, level.second) > most);
    await page.screenshot({ path: join(screenshots, 'compare-level.png') });
    await page.keyboard.press('d');
  });

  it('drags the divider with the pointer', async () => {
    const line = stage(page).getByRole('slider', { name: 'Divider' });
    const box = await line.boundingBox();
    const whole = await stage(page).boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    await page.mouse.move(whole.x + 0.6 * whole.width, y, { steps: 4 });
    await page.mouse.up();
    await waitFor(
      page,
      () =>
        Math.abs(
          window.stratigraphViewer.controller.state.comparison.divider - 0.6,
        ) < 0.005,
    );
  });

  it('links cameras and pointer of both sides, and the spectrum follows', async () => {
    await mode(page, 'Side by side').click();
    await waitFor(
      page,
      () =>
        document
          .querySelector('unmixing-comparison')
          .shadowRoot.querySelector('unmixing-stage')
          .shadowRoot.querySelectorAll('.pane').length === 2,
    );
    await screenColours(page);
    const panes = stage(page).locator('.pane');
    const [left, right] = [
      await panes.nth(0).boundingBox(),
      await panes.nth(1).boundingBox(),
    ];
    assert.ok(Math.abs(left.width - right.width) <= 1);
    const places = async () => {
      const spot = { x: left.x + 0.62 * left.width, y: left.y + 200 };
      await page.mouse.move(spot.x, spot.y);
      const line = panes.nth(1).locator('.crosshair .line');
      await line.waitFor({ state: 'attached' });
      const cross = await line.evaluate((path) => {
        const box = path.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      });
      return { spot, cross };
    };
    const expectSame = ({ spot, cross }) => {
      assert.ok(Math.abs(cross.x - right.x - (spot.x - left.x)) < 1.5);
      assert.ok(Math.abs(cross.y - spot.y) < 1.5);
    };
    expectSame(await places());
    await page.mouse.wheel(0, -240);
    await screenColours(page);
    expectSame(await places());
    const { spot } = await places();
    const pointer = await page.evaluate(
      () => window.stratigraphViewer.controller.state.pointer,
    );
    assert.ok(pointer, 'the pixel under the pointer is told');
    await page.mouse.click(spot.x, spot.y);
    await waitFor(page, () => {
      const { pointer: now } = window.stratigraphViewer.controller.state;
      return now?.pinned && now.spectrum;
    });
    const pinned = await page.evaluate(() => {
      const { x, y } = window.stratigraphViewer.controller.state.pointer;
      return { x, y };
    });
    assert.deepEqual(pinned, { x: pointer.x, y: pointer.y });
    await page.screenshot({ path: join(screenshots, 'compare-sides.png') });
    await page.setViewportSize({ width: 1024, height: 900 });
    await screenColours(page);
    await page.screenshot({
      path: join(screenshots, 'compare-sides-1024.png'),
    });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(() => window.stratigraphViewer.controller.unpin());
  });

  it('goes on in the viewer with what was looked at last', async () => {
    const zoomed = await page.evaluate(
      () =>
        document
          .querySelector('unmixing-comparison')
          .shadowRoot.querySelector('unmixing-stage').view.halfHeight,
    );
    await page.keyboard.press('Escape');
    await stage(page).waitFor({ state: 'detached' });
    assert.equal(await comparison(page), null);
    const { halfHeight } = await page.evaluate(() =>
      window.stratigraphViewer.host.camera.view(),
    );
    assert.ok(Math.abs(halfHeight - zoomed) < 1e-6 * zoomed);
    await page.locator('#fit').click();
  });

  it('mixes the second over the first', async () => {
    await mode(page, 'Overlay').click();
    await stage(page).waitFor();
    const mixed = async (mix) => {
      await page.evaluate((to) => {
        const { controller } = window.stratigraphViewer;
        controller.compare({ ...controller.state.comparison, mix: to });
      }, mix);
      return agreeing(
        await screenColours(page),
        abundances.map((value, n) => mix * value + (1 - mix) * picture[n]),
      );
    };
    assert.ok((await mixed(0)) > most);
    assert.ok((await mixed(0.5)) > most);
    await page.screenshot({ path: join(screenshots, 'compare-overlay.png') });
    assert.ok((await mixed(1)) > most);
    const slider = page
      .locator('unmixing-comparison')
      .getByRole('slider', { name: 'Mix' });
    await slider.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.comparison.mix === 0.9,
    );
  });

  it('flickers between the two and pauses on Space', async () => {
    await mode(page, 'Flicker').click();
    const shows = (side) =>
      page
        .locator('unmixing-comparison')
        .locator(`.tag.${side}.on`)
        .waitFor({ timeout: 20000 });
    for (const side of ['second', 'first', 'second', 'first'])
      await shows(side);
    await stage(page).locator('.ground').focus();
    await page.keyboard.press('Space');
    const status = page.locator('unmixing-comparison').getByRole('status');
    await waitFor(page, () =>
      document
        .querySelector('unmixing-comparison')
        .shadowRoot.querySelector('[role=status]')
        .textContent.includes('Paused'),
    );
    const paused = await status.textContent();
    const wanted = paused.includes('Abundances') ? abundances : picture;
    assert.ok(agreeing(await screenColours(page), wanted) > most);
    await page.screenshot({ path: join(screenshots, 'compare-flicker.png') });
    assert.equal(await status.textContent(), paused);
  });

  it('subtracts: a run less itself is nought everywhere, less another it is not', async () => {
    await page.keyboard.press('Escape');
    await unmix(page, 4);
    const ids = await page.evaluate(() =>
      window.stratigraphViewer.controller.state.runs.map(({ id }) => id),
    );
    assert.equal(ids.length, 2);
    const shown = async (first, second) => {
      await page.evaluate(
        (asked) => {
          const { controller } = window.stratigraphViewer;
          controller.compare({
            mode: 'difference',
            divider: 0.5,
            upright: true,
            mix: 0.5,
            rate: 2,
            ...asked,
          });
        },
        { first, second },
      );
      await page
        .locator('unmixing-comparison')
        .locator('.ramp')
        .waitFor({ timeout: 60000 });
      return screenColours(page);
    };
    const run = (n) => `run:${ids[n]}`;
    // The middle of the ramp.
    const none = abundances.map(() => 222);
    const same = await shown(run(0), run(0));
    const grey = same[Math.floor(same.length / 2)].colour;
    assert.ok(
      Math.max(...grey) - Math.min(...grey) <= 2 && grey[0] > 200,
      `${grey}`,
    );
    assert.ok(
      agreeing(
        same,
        none.map((_, n) => grey[n % 3]),
      ) > most,
    );
    const other = await shown(run(0), run(1));
    const coloured = other.filter(
      ({ colour }) => Math.max(...colour) - Math.min(...colour) > 12,
    );
    assert.ok(coloured.length > 0, 'the runs differ somewhere');
    await page.screenshot({
      path: join(screenshots, 'compare-difference.png'),
    });
    await page.evaluate(() => {
      const { controller } = window.stratigraphViewer;
      const { comparison: before } = controller.state;
      controller.compare({
        ...before,
        first: 'picture-1',
        second: 'picture-1',
      });
    });
    await page
      .locator('unmixing-comparison')
      .getByText('Colours apart')
      .waitFor();
    const black = await screenColours(page);
    assert.ok(
      agreeing(
        black,
        none.map(() => 0),
      ) > most,
    );
  });

  it('asks nothing of another origin and complains of nothing', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('comparing with less motion asked for', () => {
  let browser;
  let page;
  before(async () => {
    browser = await openBrowser();
    ({ page } = await browser.newPage('/', {
      reducedMotion: 'reduce',
      viewport: { width: 1024, height: 768 },
    }));
    await openSample(page, false);
  });
  after(() => browser?.close());

  it('does not flicker before it is started by hand', async () => {
    await mode(page, 'Flicker').click();
    const view = page.locator('unmixing-comparison');
    const start = view.getByRole('button', { name: 'Flicker' });
    await start.waitFor();
    const status = view.getByRole('status');
    assert.match(await status.textContent(), /Paused at/);
    await start.click();
    await view.locator('.tag.second.on').waitFor();
    await view.getByRole('button', { name: 'Pause' }).click();
    await start.waitFor();
  });
});
