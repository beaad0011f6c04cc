import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { materials } from '../../examples/sample/materials.mjs';
import { root } from '../../scripts/root.mjs';
import { built, openBrowser } from './page.mjs';
import {
  blend,
  correlation,
  differing,
  readTruth,
  strengthOf,
} from './truth.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const dark = [14, 14, 14];
const truth = readTruth();
const pixels = truth.width * truth.height;

/** What the page knows, as plain data. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { cube, run, layers, pointer, unmixing, request, colours, selected } =
      window.stratigraphViewer.controller.state;
    return {
      cube:
        cube.state === 'ready'
          ? {
              state: cube.state,
              name: cube.summary.name,
              size: [cube.summary.width, cube.summary.height],
              unit: cube.summary.axis.unit,
              quantity: cube.summary.axis.quantity,
              bands: cube.summary.axis.values.length,
            }
          : { state: cube.state, error: cube.error?.message },
      run: {
        state: run.state,
        epoch: run.progress?.training?.epoch,
        report: run.result?.report,
        resumable: run.result?.resumable,
        error: run.error?.message,
      },
      layers: layers.map(({ id, name, role, endmember, style }) => ({
        id,
        name,
        role,
        endmember,
        style,
      })),
      abundances: unmixing && [...unmixing.abundances],
      count: unmixing?.names.length,
      names: unmixing?.names,
      excluded: request.exclude,
      colours,
      selected,
      pointer: pointer && {
        x: pointer.x,
        y: pointer.y,
        pinned: pointer.pinned,
      },
    };
  });

const waitFor = (page, test, argument, timeout = 60000) =>
  page.waitForFunction(test, argument, { timeout, polling: 100 });
const waitForRun = (page, state, timeout) =>
  waitFor(
    page,
    (want) => {
      const { run } = window.stratigraphViewer.controller.state;
      if (run.state === 'failed' && want !== 'failed')
        throw new Error(run.error.message);
      return run.state === want;
    },
    state,
    timeout,
  );
/** Two frames later: what was asked for is drawn. */
const settle = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(resolve, 50)),
        ),
      ),
  );
const coloursOf = async (page) => {
  await settle(page);
  return Uint8Array.from(
    await page.evaluate(() => [...window.stratigraphViewer.colours()]),
  );
};
const setStyle = (page, id, patch) =>
  page.evaluate(
    ([layer, style]) =>
      window.stratigraphViewer.controller.setStyle(layer, style),
    [id, patch],
  );
/** Shows these layers and hides all others. */
async function showOnly(page, ids) {
  const { layers } = await stateOf(page);
  for (const { id } of layers)
    await setStyle(page, id, { visible: ids.includes(id) });
}
const mapOf = ({ abundances, count }, r) =>
  Float32Array.from({ length: pixels }, (_, n) => abundances[n * count + r]);
/** The endmember whose map is most like the true one of each material. */
const matchMaps = (state) =>
  truth.maps.map((map) => {
    const likeness = Array.from({ length: state.count }, (_, r) =>
      correlation(map, mapOf(state, r)),
    );
    return likeness.indexOf(Math.max(...likeness));
  });
/** All that is written in an element, through its shadow roots. */
const textIn = (locator) =>
  locator.evaluate((element) => {
    const read = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (node.nodeName === 'STYLE') return '';
      return [node.shadowRoot ?? [], node]
        .flatMap((root) => [...(root.childNodes ?? [])])
        .map(read)
        .join(' ');
    };
    return read(element).replace(/[ \n]+/g, ' ');
  });
const hex = (colour) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

async function openSample(page) {
  await page.getByRole('button', { name: 'Sample', exact: true }).click();
  await page.getByRole('menuitem').first().click();
  await waitFor(
    page,
    () => {
      const { cube, layers } = window.stratigraphViewer.controller.state;
      if (cube.state === 'failed') throw new Error(cube.error.message);
      return (
        cube.state === 'ready' && layers.some(({ role }) => role === 'picture')
      );
    },
    null,
    90000,
  );
  await settle(page);
}

async function setEndmembers(page, count) {
  const field = page.getByLabel('Endmembers', { exact: true });
  await field.fill(`${count}`);
  await field.press('Tab');
}

describe('the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let byTruth;
  before(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
  });
  after(() => browser?.close());

  it('starts empty and says how to begin', async () => {
    assert.equal(await page.locator('#empty').isVisible(), true);
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/@kitware/vtk.js/package.json')),
    );
    assert.equal(
      await page.evaluate(() => window.stratigraphViewer.host.version),
      version,
    );
    assert.equal(await page.evaluate(() => window.crossOriginIsolated), true);
    await page.screenshot({ path: join(screenshots, 'empty-dark.png') });
  });

  it('opens the sample: size, axis and quantity as its header says, the image not black', async () => {
    await openSample(page);
    const { cube, layers } = await stateOf(page);
    assert.deepEqual(cube.size, [truth.width, truth.height]);
    assert.equal(cube.bands, 1504);
    assert.equal(cube.unit, 'cm-1');
    assert.equal(cube.quantity, 'absorbance');
    assert.deepEqual(layers.map(({ role }) => role).sort(), [
      'cube',
      'picture',
    ]);
    const panel = page.locator('unmixing-panel');
    await panel.getByRole('button', { name: /^Cube/ }).click();
    const text = await textIn(panel.locator('unmixing-cube'));
    assert.match(text, /3\u2009900\u2013850/);
    const colours = await coloursOf(page);
    const bright = colours.filter((value) => value > 40).length;
    assert.ok(bright > 0.5 * colours.length, `${bright} bright values`);
    assert.equal(await page.locator('#empty').isVisible(), false);
    await panel.getByRole('button', { name: /^Cube/ }).click();
  });

  it('lays the micrograph under the cube by its world file: colours follow the materials', async () => {
    const { layers } = await stateOf(page);
    await showOnly(
      page,
      layers.filter(({ role }) => role === 'picture').map(({ id }) => id),
    );
    const colours = await coloursOf(page);
    const expected = (shiftX, shiftY) =>
      Float32Array.from(colours, (_, i) => {
        const n = Math.floor(i / 3);
        const x = (n + shiftX) % truth.width;
        const y = (Math.floor(n / truth.width) + shiftY) % truth.height;
        return materials.reduce(
          (sum, { colour }, r) =>
            sum + colour[i % 3] * truth.maps[r][y * truth.width + x],
          0,
        );
      });
    const likeness = correlation(colours, expected(0, 0));
    assert.ok(likeness > 0.9, `correlation ${likeness}`);
    for (const [x, y] of [
      [2, 0],
      [truth.width - 2, 0],
      [0, 2],
      [0, truth.height - 2],
    ])
      assert.ok(
        correlation(colours, expected(x, y)) < likeness - 0.005,
        `moved by ${x}, ${y} it fits as well`,
      );
    await showOnly(
      page,
      layers.map(({ id }) => id),
    );
  });

  it('excludes carbon dioxide with its button', async () => {
    const button = page.getByRole('button', { name: 'CO₂', exact: true });
    await button.click();
    assert.equal(await button.getAttribute('aria-pressed'), 'true');
    const { excluded } = await stateOf(page);
    assert.deepEqual(
      excluded.map((window) => [...window].sort((a, b) => a - b)),
      [[2280, 2400]],
    );
  });

  it('unmixes into as many endmembers as asked for', async () => {
    await setEndmembers(page, truth.names.length);
    await page
      .getByRole('button', { name: 'Unmix', exact: true })
      .last()
      .click();
    await waitForRun(page, 'done', 120000);
    const state = await stateOf(page);
    assert.equal(state.count, truth.names.length);
    assert.equal(
      state.layers.filter(({ role }) => role === 'abundance').length,
      truth.names.length,
    );
    byTruth = matchMaps(state);
    assert.equal(new Set(byTruth).size, truth.names.length, `${byTruth}`);
    const error = Math.sqrt(
      truth.maps
        .flatMap((map, t) => {
          const found = mapOf(state, byTruth[t]);
          return [map.reduce((s, v, n) => s + (v - found[n]) ** 2, 0) / pixels];
        })
        .reduce((a, b) => a + b) / truth.names.length,
    );
    const { seconds, meanAngle } = state.run.report;
    console.log(
      `auto: ${seconds.toFixed(1)} s, abundance RMSE ${error.toFixed(4)}, mean angle ${meanAngle.toFixed(4)} rad`,
    );
    assert.ok(error < 0.1, `abundance RMSE ${error}`);
  });

  it('draws each overlay alone as the true map of its material, in its colour', async () => {
    const state = await stateOf(page);
    for (const [t, name] of truth.names.entries()) {
      const layer = state.layers.find(
        ({ endmember }) => endmember === byTruth[t],
      );
      await showOnly(page, [layer.id]);
      await setStyle(page, layer.id, { opacity: 1 });
      const colour = hex(state.colours[byTruth[t]]);
      const seen = await coloursOf(page);
      const likeness = correlation(
        strengthOf(seen, colour, dark),
        truth.maps[t],
      );
      assert.ok(likeness > 0.95, `${name}: correlation ${likeness}`);
      const style = { ...layer.style, visible: true, opacity: 1 };
      const found = mapOf(state, byTruth[t]);
      const computed = blend([{ values: found, style }], dark, pixels);
      assert.equal(differing(seen, computed, 1.5), 0, `${name}: other colours`);
      const pure = [...found.keys()].filter((n) => truth.maps[t][n] > 0.995);
      for (const n of pure)
        assert.equal(
          differing(seen.subarray(3 * n, 3 * n + 3), colour, 12),
          0,
          `${name} at pixel ${n}: ${seen.subarray(3 * n, 3 * n + 3)} (want ${colour})`,
        );
      console.log(
        `${name}: correlation ${likeness.toFixed(4)}, ${pure.length} pure pixels in its colour`,
      );
      await setStyle(page, layer.id, { opacity: layer.style.opacity });
    }
  });

  it('follows edits of layers: opacity, hiding, threshold and order change pixels as computed', async () => {
    const state = await stateOf(page);
    const [first, second] = ['Azurite', 'Drying oil'].map((name) =>
      state.layers.find(
        ({ endmember }) => endmember === byTruth[truth.names.indexOf(name)],
      ),
    );
    const check = async (title) => {
      const now = await stateOf(page);
      const shown = now.layers
        .filter(({ role }) => role === 'abundance')
        .reverse()
        .map(({ endmember, style }) => ({
          values: mapOf(now, endmember),
          style,
        }));
      const seen = await coloursOf(page);
      const off = differing(seen, blend(shown, dark, pixels), 2.5);
      assert.equal(off, 0, `${title}: ${100 * off} % of values differ`);
      return seen;
    };
    await showOnly(page, [first.id, second.id]);
    await setStyle(page, first.id, { opacity: 0.6 });
    await setStyle(page, second.id, { opacity: 0.6 });
    const before = await check('two layers');
    await setStyle(page, first.id, { opacity: 0.25 });
    await check('opacity');
    await setStyle(page, first.id, { opacity: 0.6, threshold: 0.5 });
    await check('threshold');
    await setStyle(page, first.id, { threshold: 0 });
    await page.evaluate(
      ([a, b]) => {
        const { controller } = window.stratigraphViewer;
        const ids = controller.state.layers.map(({ id }) => id);
        const [i, j] = [ids.indexOf(a), ids.indexOf(b)];
        [ids[i], ids[j]] = [ids[j], ids[i]];
        controller.setOrder(ids);
      },
      [first.id, second.id],
    );
    const turned = await check('order');
    assert.ok(differing(before, turned, 2.5) > 0.05, 'order changes the blend');
    await setStyle(page, second.id, { visible: false });
    await check('hidden');
    const micrograph = state.layers.find(({ role }) => role === 'picture');
    for (const { id, role, style } of state.layers)
      await setStyle(page, id, {
        ...style,
        visible: role === 'abundance' || id === micrograph.id,
      });
  });

  it('lays the map of the residual angle over the image and takes it away again', async () => {
    const before = await coloursOf(page);
    const panel = page.locator('unmixing-panel');
    await panel
      .getByRole('button', { name: 'Add map about the result' })
      .click();
    await panel.getByRole('menuitem', { name: 'Spectral angle' }).click();
    const added = await stateOf(page);
    assert.deepEqual(
      added.layers.filter(({ role }) => role === 'diagnostic').length,
      1,
    );
    const covered = await coloursOf(page);
    assert.ok(differing(before, covered, 10) > 0.5, 'the map covers the image');
    assert.match(
      await textIn(panel.locator('unmixing-maps')),
      /Residual angle .*rad/,
    );
    await panel.getByRole('button', { name: 'Remove Residual angle' }).click();
    assert.equal(differing(before, await coloursOf(page), 1), 0);
  });

  it('colours each pixel as the material with the largest share, where that is half of it, and no other', async () => {
    const before = await coloursOf(page);
    const panel = page.locator('unmixing-panel');
    await panel
      .getByRole('button', { name: 'Add map about the result' })
      .click();
    await panel.getByRole('menuitem', { name: 'Classes' }).click();
    await waitFor(page, () =>
      window.stratigraphViewer.controller.state.layers.some(
        ({ id }) => id === 'cube-1/classes',
      ),
    );
    const { abundances, count, colours } = await stateOf(page);
    const seen = await coloursOf(page);
    let classified = 0;
    for (let n = 0; n < pixels; n++) {
      const shares = abundances.slice(n * count, (n + 1) * count);
      const most = Math.max(...shares);
      // At the threshold itself rounding decides.
      if (Math.abs(most - 0.5) < 1e-5) continue;
      if (most > 0.5) classified += 1;
      const want =
        most > 0.5
          ? hex(colours[shares.indexOf(most)])
          : [...before.slice(3 * n, 3 * n + 3)];
      assert.deepEqual([...seen.slice(3 * n, 3 * n + 3)], want, `pixel ${n}`);
    }
    assert.ok(classified > 0.8 * pixels, `${classified} of ${pixels}`);
    assert.match(
      await textIn(page.locator('unmixing-legend')),
      /Classes +at least +50/,
    );
    await panel.getByRole('button', { name: 'Remove Classes' }).click();
    assert.equal(differing(before, await coloursOf(page), 1), 0);
  });

  it('shows the spectrum under the pointer with the shares that the map has there', async () => {
    const [x, y] = [40, 20];
    const place = await page.evaluate(
      ([i, j]) => window.stratigraphViewer.pixel(i, j),
      [x, y],
    );
    await page.mouse.move(place[0] - 3, place[1]);
    await page.mouse.click(...place);
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.pointer?.spectrum,
    );
    const state = await stateOf(page);
    assert.deepEqual(
      [state.pointer.x, state.pointer.y, state.pointer.pinned],
      [x, y, true],
    );
    const n = y * truth.width + x;
    const shares = state.abundances.slice(
      n * state.count,
      (n + 1) * state.count,
    );
    const strongest = shares.indexOf(Math.max(...shares));
    const text = await textIn(page.locator('unmixing-spectra'));
    assert.ok(text.replaceAll(' ', '').includes(`Pixel${x},${y}`), text);
    assert.ok(text.includes(state.names[strongest]), text);
    const percent = `${Math.round(100 * shares[strongest])}%`;
    assert.ok(text.replaceAll(/\s/gu, '').includes(percent), text);
    assert.match(
      await page.locator('#pixel').innerText(),
      new RegExp(`Pixel ${x}, ${y}`),
    );
  });

  it('moves the pixel by arrow keys on the map of the spectra, by ten with Shift', async () => {
    const from = (await stateOf(page)).pointer;
    const toggle = page.getByRole('button', { name: 'Map of the cube' });
    await toggle.click();
    await page.getByRole('application', { name: 'Map of the cube' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    const { pointer } = await stateOf(page);
    assert.deepEqual(
      [pointer.x, pointer.y, pointer.pinned],
      [from.x + 10, from.y + 1, true],
    );
    await toggle.click();
  });

  it('fits wide and narrow windows, dark and light, with the names that the user gives', async () => {
    for (const [t, name] of truth.names.entries())
      await page.evaluate(
        ([r, given]) => window.stratigraphViewer.controller.rename(r, given),
        [byTruth[t], name],
      );
    await page.evaluate(
      (r) => window.stratigraphViewer.controller.select(r),
      byTruth[truth.names.indexOf('Azurite')],
    );
    // A pixel of the paint, where two materials mix.
    const azurite = truth.maps[truth.names.indexOf('Azurite')];
    const mixed = azurite.findIndex(
      (share, n) =>
        share > 0.55 && share < 0.65 && Math.abs((n % truth.width) - 64) < 20,
    );
    const place = await page.evaluate(
      ([x, y]) => window.stratigraphViewer.pixel(x, y),
      [mixed % truth.width, Math.floor(mixed / truth.width)],
    );
    await page.mouse.click(...place);
    await settle(page);
    assert.ok(
      (await textIn(page.locator('unmixing-legend'))).includes('Azurite'),
    );
    for (const theme of ['dark', 'light']) {
      if (theme === 'light')
        await page.getByRole('button', { name: 'Turn light' }).click();
      for (const [width, height] of [
        [1440, 900],
        [1024, 768],
      ]) {
        await page.setViewportSize({ width, height });
        await settle(page);
        const name = `viewer-${theme}${width === 1440 ? '' : `-${width}`}.png`;
        await page.screenshot({ path: join(screenshots, name) });
        assert.equal(
          await page.evaluate(
            () => document.documentElement.scrollWidth > window.innerWidth,
          ),
          false,
        );
      }
    }
    await page.getByRole('button', { name: 'Turn dark' }).click();
    await page.setViewportSize({ width: 1440, height: 900 });
    await settle(page);
  });

  it('trains the network in the worker, keeps the best when stopped, and resumes', async () => {
    await page.getByRole('button', { name: /^Unmix \d/ }).click();
    await page.getByText('Network', { exact: true }).click();
    await page.getByLabel('Epochs').fill('400');
    await page.getByLabel('Epochs').press('Tab');
    await page.getByLabel('Runs on').selectOption('wasm');
    // Overlapping patches: a pass takes long enough to be stopped.
    await page.locator('summary', { hasText: 'Options' }).click();
    await page.locator('summary', { hasText: 'Network constants' }).click();
    await page.getByLabel('Stride').fill('4');
    await page.getByLabel('Stride').press('Tab');
    await page.evaluate(() => (window.longTasks.length = 0));
    await page
      .getByRole('button', { name: /^Unmix again$|^Unmix$/ })
      .last()
      .click();
    await waitFor(
      page,
      () => {
        const { run } = window.stratigraphViewer.controller.state;
        if (run.state === 'failed') throw new Error(run.error.message);
        return (
          run.state === 'running' && (run.progress?.training?.epoch ?? 0) >= 4
        );
      },
      null,
      120000,
    );
    await page.screenshot({ path: join(screenshots, 'running-dark.png') });
    await page.getByRole('button', { name: 'Stop, keep best' }).click();
    await waitForRun(page, 'done');
    const stopped = (await stateOf(page)).run;
    assert.equal(stopped.report.stopped, true);
    assert.equal(stopped.resumable, true);
    assert.equal(stopped.report.backend, 'wasm');
    assert.ok(stopped.report.epochs >= 4 && stopped.report.epochs < 400);

    await page.getByLabel('Epochs').fill('3');
    await page.getByLabel('Epochs').press('Tab');
    await page.getByRole('button', { name: /^Resume/ }).click();
    await waitForRun(page, 'running');
    await waitForRun(page, 'done');
    const resumed = await stateOf(page);
    assert.equal(resumed.run.report.epochs, stopped.report.epochs + 3);
    // What is kept is the pass with the least objective, loss and anchor together: the loss alone may rise a little.
    assert.ok(
      resumed.run.report.meanAngle <= 1.05 * stopped.report.meanAngle,
      `mean angle ${stopped.report.meanAngle} became ${resumed.run.report.meanAngle}`,
    );
    const found = matchMaps(resumed);
    assert.equal(new Set(found).size, truth.names.length);
    const long = await page.evaluate(() => window.longTasks);
    console.log(
      `network: ${resumed.run.report.epochs} epochs, loss ${resumed.run.report.loss.toFixed(4)}; long tasks on the page: ${long.length}, longest ${Math.max(0, ...long)} ms`,
    );
  });

  it('remembers the theme and the panel', async () => {
    await page.getByRole('button', { name: 'Turn light' }).click();
    await page
      .getByRole('button', { name: 'Unmixing panel', exact: true })
      .click();
    await page.reload();
    await page.waitForFunction(() => window.stratigraphViewer);
    assert.equal(await page.locator('unmixing-panel').isVisible(), false);
    assert.equal(
      await page.evaluate(
        () => getComputedStyle(document.querySelector('#view')).backgroundColor,
      ),
      'rgb(207, 207, 207)',
    );
  });

  it('did nothing it should not: no console errors, no policy violations, no request off the origin', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('bad files in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  before(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/viewer/'));
    await page.waitForFunction(() => window.stratigraphViewer);
  });
  after(() => browser?.close());

  const header = readFileSync(join(built, 'sample/cross-section.hdr'));
  const bad = [
    {
      title: 'an empty file',
      files: [{ name: 'nothing.dpt', bytes: Buffer.alloc(0) }],
      sentence: /nothing\.dpt is empty/,
    },
    {
      title: 'a header that declares more than there is',
      files: [
        { name: 'cut.hdr', bytes: header },
        { name: 'cut.img', bytes: Buffer.alloc(1000) },
      ],
      sentence: /cut\.img holds 1\.0 kB .*declares 55\.4 MB/,
    },
    {
      title: 'a header without its data',
      files: [{ name: 'alone.hdr', bytes: header }],
      sentence: /alone\.hdr is a header without its data/,
    },
  ];
  for (const { title, files, sentence } of bad)
    it(`answers ${title} with a sentence and makes nothing`, async () => {
      await page.locator('#files').setInputFiles(
        files.map(({ name, bytes }) => ({
          name,
          mimeType: 'application/octet-stream',
          buffer: bytes,
        })),
      );
      await waitFor(
        page,
        (source) =>
          new RegExp(source).test(
            window.stratigraphViewer.controller.state.cube.error?.message ?? '',
          ),
        sentence.source,
      );
      await settle(page);
      const state = await stateOf(page);
      assert.equal(state.cube.state, 'failed');
      assert.equal(state.layers.length, 0);
      assert.match(await textIn(page.locator('unmixing-panel')), sentence);
    });

  it('complained of nothing else', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('the example viewer by keyboard alone', () => {
  let browser;
  let page;
  before(async () => {
    browser = await openBrowser();
    ({ page } = await browser.newPage('/viewer/'));
    await page.waitForFunction(() => window.stratigraphViewer);
  });
  after(() => browser?.close());

  /** Presses Tab until the element with the focus has this name. */
  async function tabTo(name, most = 60) {
    const seen = [];
    for (let i = 0; i < most; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement)
          element = element.shadowRoot.activeElement;
        return (
          element?.getAttribute('aria-label') ??
          element?.labels?.[0]?.textContent ??
          element?.textContent ??
          ''
        )
          .replace(/\s+/g, ' ')
          .trim();
      });
      if (focused === name) return;
      seen.push(focused);
    }
    assert.fail(`Tab never reached ${name}: ${seen.join(' | ')}`);
  }

  it('opens the sample and reaches a result', async () => {
    await tabTo('Sample');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'ready',
      null,
      90000,
    );
    await tabTo('Endmembers');
    await page.keyboard.type('6');
    await tabTo('Unmix');
    await page.keyboard.press('Enter');
    await waitForRun(page, 'done', 120000);
    assert.equal((await stateOf(page)).count, 6);
  });

  it('takes an edit back and does it again', async () => {
    const exclude = async (keys) => {
      if (keys) await page.keyboard.press(keys);
      return (await stateOf(page)).excluded;
    };
    await page.evaluate(() =>
      window.stratigraphViewer.controller.exclude([[1000, 1100]]),
    );
    assert.deepEqual(await exclude('Control+z'), []);
    assert.deepEqual(await exclude('Control+Shift+z'), [[1000, 1100]]);
    assert.deepEqual(await exclude('Control+z'), []);
    assert.deepEqual(await exclude('Control+y'), [[1000, 1100]]);
  });
});

describe('the plain vtk.js page', () => {
  let browser;
  let page;
  let complaints;
  before(async () => {
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/vtk-page/'));
  });
  after(() => browser?.close());

  it('unmixes the volume that the page already shows', async () => {
    const panel = page.locator('unmixing-panel');
    await panel.getByRole('button', { name: /60 bands/ }).click();
    await waitFor(
      page,
      () =>
        document.querySelector('unmixing-panel').session.cube.state === 'ready',
    );
    await panel.getByLabel('Quantity').selectOption('absorbance');
    await waitFor(
      page,
      () =>
        document.querySelector('unmixing-panel').session.cube.missing.length ===
        0,
    );
    await setEndmembers(page, 3);
    await panel
      .getByRole('button', { name: 'Unmix', exact: true })
      .last()
      .click();
    await waitFor(page, () => {
      const { run } = document.querySelector('unmixing-panel').session;
      if (run.state === 'failed') throw new Error(run.error.message);
      return run.state === 'done';
    });
    const { shares, layers } = await page.evaluate(() => {
      const { unmixing, layers } =
        document.querySelector('unmixing-panel').session;
      const at = (x, y) => [
        ...unmixing.abundances.slice(3 * (64 * y + x), 3 * (64 * y + x) + 3),
      ];
      return {
        shares: [at(20, 20), at(45, 29), at(2, 45)],
        layers: layers.map(({ role }) => role),
      };
    });
    assert.equal(layers.filter((role) => role === 'abundance').length, 3);
    const strongest = shares.map((pixel) => pixel.indexOf(Math.max(...pixel)));
    assert.equal(new Set(strongest).size, 3, JSON.stringify(shares));
    await page.screenshot({ path: join(screenshots, 'vtk-page.png') });
    assert.deepEqual(complaints, []);
  });
});
