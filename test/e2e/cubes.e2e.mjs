// Several cubes in the example viewer: opened beside each other, listed, unmixed each for itself, taken back and put away.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

const [width, height, bands] = [32, 20, 60];
const positions = Array.from({ length: bands }, (_, b) => 4000 - 50 * b);

/** Three materials in bands across the image, a different way round in each cube. */
function writeCube(folder, name, turned) {
  const bell = (at, centre) => Math.exp(-(((at - centre) / 180) ** 2));
  const data = Float32Array.from({ length: width * height * bands }, (_, i) => {
    const pixel = Math.floor(i / bands);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const place = turned ? y / (height - 1) : x / (width - 1);
    const shares = [0, 0.5, 1].map((at) =>
      Math.max(0, 1 - 2 * Math.abs(place - at)),
    );
    return [3300, 2400, 1700].reduce(
      (sum, centre, part) =>
        sum + shares[part] * bell(positions[i % bands], centre),
      0.05,
    );
  });
  writeFileSync(join(folder, `${name}.img`), data);
  writeFileSync(
    join(folder, `${name}.hdr`),
    [
      'ENVI',
      `samples = ${width}`,
      `lines = ${height}`,
      `bands = ${bands}`,
      'data type = 4',
      'interleave = bip',
      'byte order = 0',
      'wavelength units = Wavenumber',
      `wavelength = { ${positions.join(', ')} }`,
      'data units = absorbance',
      '',
    ].join('\n'),
  );
}

const stateOf = (page) =>
  page.evaluate(() => {
    const { active, cubes, cube, run, unmixing, layers } =
      window.stratigraphViewer.controller.state;
    return {
      active,
      names: cubes.map(({ name }) => name),
      cube: cube.state,
      error: cube.error?.message,
      run: run.state,
      endmembers: unmixing?.names.length ?? 0,
      layers: layers.map(({ id }) => id),
    };
  });

describe('several cubes in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'stratigraph-cubes-'));
    writeCube(folder, 'infrared', false);
    writeCube(folder, 'turned', true);
    writeFileSync(join(folder, 'broken.hdr'), '');
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/'));
    await page.waitForFunction(() => window.stratigraphViewer);
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Drops files of the disk onto the image, as a hand would. */
  const open = async (...names) => {
    const session = await page.context().newCDPSession(page);
    const files = names.map((name) => join(folder, name));
    for (const type of ['dragEnter', 'dragOver', 'drop'])
      await session.send('Input.dispatchDragEvent', {
        type,
        x: 600,
        y: 400,
        data: { items: [], files, dragOperationsMask: 1 },
      });
  };
  const until = (test, argument) =>
    page.waitForFunction(test, argument, { timeout: 120000, polling: 50 });
  const opened = (name) =>
    until((want) => {
      const { cube } = window.stratigraphViewer.controller.state;
      return cube.state === 'ready' && cube.summary.name === want;
    }, name);
  const unmix = async (endmembers) => {
    await page.evaluate(
      (count) =>
        window.stratigraphViewer.controller.setRequest({
          endmembers: count,
          preset: 'auto',
        }),
      endmembers,
    );
    await page
      .locator('unmixing-dock')
      .getByRole('button', { name: /^Unmix/ })
      .click();
    await until(
      (count) =>
        window.stratigraphViewer.controller.state.unmixing?.names.length ===
        count,
      endmembers,
    );
  };
  const list = () => page.locator('unmixing-cubes');

  it('opens a second one beside the first, each with its own result', async () => {
    await open('infrared.hdr', 'infrared.img');
    await opened('infrared');
    await unmix(3);
    assert.equal(await list().count(), 0);
    await open('turned.hdr', 'turned.img');
    await opened('turned');
    assert.equal((await stateOf(page)).endmembers, 0);
    await unmix(2);
    const { active, names, layers } = await stateOf(page);
    assert.deepEqual([active, names], ['cube-2', ['infrared', 'turned']]);
    assert.deepEqual(
      layers.toSorted(),
      [
        'cube-1',
        'cube-1/abundance-0',
        'cube-1/abundance-1',
        'cube-1/abundance-2',
        'cube-2',
        'cube-2/abundance-0',
        'cube-2/abundance-1',
      ].toSorted(),
    );
  });

  it('turns from one to the other with the arrow keys in the list', async () => {
    const section = page
      .locator('unmixing-panel')
      .getByRole('button', { name: /^Cube / });
    if ((await section.getAttribute('aria-expanded')) !== 'true')
      await section.click();
    const second = list().getByRole('radio', { name: /^turned/ });
    assert.equal(await second.isChecked(), true);
    await second.focus();
    await page.keyboard.press('ArrowUp');
    await until(
      () => window.stratigraphViewer.controller.state.active === 'cube-1',
    );
    assert.equal((await stateOf(page)).endmembers, 3);
    for (const theme of ['dark', 'light']) {
      await page.evaluate(
        (next) => window.stratigraphViewer.controller.setTheme(next),
        theme,
      );
      await page.screenshot({ path: join(screenshots, `cubes-${theme}.png`) });
    }
    await page.keyboard.press('ArrowDown');
    await until(
      () => window.stratigraphViewer.controller.state.active === 'cube-2',
    );
  });

  it('says beside the cube that is there why a file cannot be opened', async () => {
    await open('broken.hdr');
    await page
      .locator('unmixing-cube')
      .getByText('broken.hdr is empty (0 bytes).')
      .waitFor();
    assert.deepEqual((await stateOf(page)).names, ['infrared', 'turned']);
    await page
      .locator('unmixing-cube')
      .getByRole('button', { name: 'Dismiss' })
      .click();
  });

  it('takes the last run of each back, whichever the panel is about', async () => {
    await page.keyboard.press('Control+z');
    await until(
      () => window.stratigraphViewer.controller.state.unmixing === null,
    );
    assert.equal(
      (await stateOf(page)).layers.some((id) => id.startsWith('cube-2/')),
      false,
    );
    await page.keyboard.press('Control+Shift+z');
    await until(
      () =>
        window.stratigraphViewer.controller.state.unmixing?.names.length === 2,
    );
  });

  it('puts one away by its button, and the other stays as it was', async () => {
    await list().getByRole('button', { name: 'Close turned' }).click();
    await until(
      () => window.stratigraphViewer.controller.state.cubes.length === 1,
    );
    const { active, endmembers, layers } = await stateOf(page);
    assert.deepEqual([active, endmembers, layers.length], ['cube-1', 3, 4]);
    assert.equal(await list().count(), 0);
    assert.deepEqual(complaints, []);
  });
});
