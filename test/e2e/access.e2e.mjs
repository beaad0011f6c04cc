// The whole example viewer in every state, for those who see little, hear the page, or have no pointer: no rule of axe is
// broken, no word is cut, every control is reached and named, and long work tells how far it is.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import {
  cutWords,
  focusedName,
  saidAloud,
  settle,
  tabRound,
  tabTo,
  violations,
  watchPage,
} from './look-over.mjs';
import { built, openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** Dark where the panel has 344 pixels, light where it has 320. */
const looks = [
  ['dark', 1440, 900],
  ['light', 1024, 768],
];

const waitFor = (page, test, argument) =>
  page.waitForFunction(test, argument, { timeout: 240000, polling: 50 });

async function openViewer(browser, options) {
  const { page, complaints } = await browser.newPage('/', options);
  await page.waitForFunction(() => window.stratigraphViewer);
  await watchPage(page);
  return { page, complaints };
}

/** Fails with all that is wrong with the state the page is in. */
async function lookOver(page, name) {
  const found = [];
  for (const [theme, width, height] of looks) {
    await page.setViewportSize({ width, height });
    await page.evaluate(
      (which) => window.stratigraphViewer.controller.setTheme(which),
      theme,
    );
    await settle(page);
    await settle(page);
    for (const one of [...(await violations(page)), ...(await cutWords(page))])
      found.push(`${theme}, ${width} pixels: ${one}`);
    await page.screenshot({
      path: join(screenshots, `access-${name}-${theme}-${width}.png`),
    });
  }
  assert.deepEqual(found, []);
}

const cubeReady = (page, count = 1) =>
  waitFor(
    page,
    (wanted) => {
      const { cube, cubes, pictures } =
        window.stratigraphViewer.controller.state;
      if (cube.state === 'failed') throw new Error(cube.error.message);
      return (
        cube.state === 'ready' &&
        cubes.length === wanted &&
        pictures.length === wanted
      );
    },
    count,
  );

async function openSample(page, count) {
  await page.evaluate(() => {
    void window.stratigraphViewer.controller.openSample(0);
  });
  await cubeReady(page, count);
  await settle(page);
}

const runDone = (page) =>
  waitFor(page, () => {
    const { run } = window.stratigraphViewer.controller.state;
    if (run.state === 'failed') throw new Error(run.error.message);
    return run.state === 'done';
  });

/** Opens these sections of the panel, by the beginnings of their headers, and closes all others. */
async function openSections(page, names) {
  const headers = page.locator('unmixing-panel unmixing-section h3 button');
  for (const header of await headers.all()) {
    const words = await header.innerText();
    const wanted =
      names === 'all' || names.some((name) => words.startsWith(name));
    if ((await header.getAttribute('aria-expanded')) !== `${wanted}`)
      await header.evaluate((element) => element.click());
    if (wanted && names !== 'all')
      await header.evaluate((element) => element.scrollIntoView());
    await settle(page);
  }
}

describe('the example viewer for everybody', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'access-'));
    browser = await openBrowser();
    ({ page, complaints } = await openViewer(browser));
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const button = (name) => page.getByRole('button', { name, exact: true });
  const stageButton = (name) =>
    page
      .locator('unmixing-register-stage')
      .getByRole('button', { name, exact: true });
  const state = (read) => page.evaluate(read);

  it('is whole while nothing is open', async () => {
    await lookOver(page, 'empty');
    const { missed, unseen } = await tabRound(page);
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
  });

  it('says in place that a file cannot be opened', async () => {
    const broken = join(folder, 'broken.hdr');
    writeFileSync(broken, '');
    await page.setInputFiles('#files', broken);
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'failed',
    );
    await lookOver(page, 'not-opened');
    await state(() => window.stratigraphViewer.controller.closeCube());
  });

  it('is whole with a cube and a micrograph', async () => {
    await openSample(page);
    await lookOver(page, 'cube');
  });

  it('is whole with a result and every section open, and all of it is reached by the tab key', async () => {
    await state(async () => {
      const { controller } = window.stratigraphViewer;
      controller.setRequest({ endmembers: 5 });
      await controller.unmix();
    });
    await runDone(page);
    await openSections(page, 'all');
    await lookOver(page, 'result');
    const { missed, unseen } = await tabRound(page);
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
  });

  it('is whole where the panel is scrolled to any section', async () => {
    for (const name of ['Cube', 'Unmix', 'Endmembers', 'Overlays', 'Results']) {
      await openSections(page, [name]);
      await lookOver(page, `section-${name.toLowerCase()}`);
    }
  });

  it('is whole with the properties of a map, of a picture and of a group in the list of layers', async () => {
    await openSections(page, []);
    const list = page.locator('unmixing-layers');
    for (const [name, shot] of [
      ['Endmember 1', 'map'],
      ['micrograph', 'picture'],
    ]) {
      await list.getByRole('button', { name, exact: true }).click();
      await list.locator('unmixing-layer-properties').waitFor();
      await lookOver(page, `layer-${shot}`);
    }
    const { missed, unseen } = await tabRound(page);
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
    await page.keyboard.press('Escape');
  });

  it('is whole in each of the five ways to compare', async () => {
    for (const [name, shot] of [
      ['Overlay', 'overlay'],
      ['Swipe', 'swipe'],
      ['Side by side', 'side-by-side'],
      ['Flicker', 'flicker'],
      ['Difference', 'difference'],
    ]) {
      await page.locator('#modes').getByRole('button', { name }).click();
      const view = page.locator('unmixing-comparison');
      await view.locator('unmixing-stage').waitFor();
      if (shot === 'flicker')
        await view.getByRole('button', { name: 'Pause' }).click();
      if (shot === 'difference')
        await view.getByText('Colours apart').waitFor();
      await lookOver(page, `compare-${shot}`);
      if (shot === 'swipe') {
        const { reached, missed, unseen } = await tabRound(page);
        assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
        assert.ok(
          !reached.some((stop) => stop.includes('"Image:')),
          'nothing behind the comparison has the focus',
        );
      }
    }
    await page.locator('#modes').getByRole('button').first().focus();
    await page.keyboard.press('Escape');
    await page.locator('unmixing-comparison').waitFor({ state: 'detached' });
  });

  it('is whole while landmarks are set and the cube is moved by hand', async () => {
    await openSections(page, ['Register']);
    await button('Set landmarks').click();
    const panes = page.locator('unmixing-register-stage .ground');
    await panes.nth(1).waitFor();
    // Laid out: a pane without a size has no places yet.
    await settle(page);
    for (const [move, times] of [
      ['Shift+ArrowLeft', 4],
      ['Shift+ArrowRight', 3],
      ['Shift+ArrowDown', 2],
    ])
      for (const at of [0, 1]) {
        await panes.nth(at).focus();
        for (let n = 0; n < times - at; n++) await page.keyboard.press(move);
        await page.keyboard.press('Enter');
        await settle(page);
      }
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one?.landmarks.length === 3;
    });
    await lookOver(page, 'landmarks');
    const { missed, unseen } = await tabRound(page);
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
    await stageButton('Overlay').click();
    await panes.first().waitFor();
    await lookOver(page, 'nudge');
    await stageButton('Done').click();
    await page.locator('unmixing-landmarks .pair').first().click();
    await lookOver(page, 'pairs');
  });

  it('is whole while a map is searched for and proposed, and tells how far it is', async () => {
    await button('Find the map').click();
    await waitFor(page, () =>
      ['proposed', 'failed'].includes(
        window.stratigraphViewer.controller.state.registering.work.state,
      ),
    );
    await stageButton('Accept').waitFor();
    await lookOver(page, 'proposal');
    await stageButton('Keep before').click();
    const said = await saidAloud(page);
    for (const words of ['Searching', 'A map was found'])
      assert.ok(said.includes(words), `${words}: ${said.join(' | ')}`);
  });

  it('is whole while a figure is made, and says that it is saved', async () => {
    await openSections(page, ['Results']);
    await button('Make a figure').click();
    const figure = page.locator('unmixing-figure');
    await figure.getByRole('img', { name: /^Preview/ }).waitFor();
    await figure.scrollIntoViewIfNeeded();
    await lookOver(page, 'figure');
    const saved = page.waitForEvent('download');
    await figure.getByRole('button', { name: 'Save figure' }).click();
    await (await saved).delete();
    await waitFor(page, () =>
      window.lookOver.said.some((words) => /saved/i.test(words)),
    );
  });

  it('is whole with two cubes', async () => {
    await openSample(page, 2);
    await openSections(page, ['Cube']);
    await lookOver(page, 'two-cubes');
  });

  it('says in place what went wrong with a correction, a run and a transform', async () => {
    const wrong = join(folder, 'wrong.tfm');
    writeFileSync(wrong, 'not a transform');
    await openSections(page, ['Register']);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      button('Load').click(),
    ]);
    await chooser.setFiles(wrong);
    await page.locator('unmixing-register .note.error').waitFor();
    await lookOver(page, 'error-transform');
    await state(() =>
      window.stratigraphViewer.controller.correct([
        { kind: 'range', on: true, window: [10, 20] },
      ]),
    );
    await page.locator('unmixing-correct .note.error').waitFor();
    await openSections(page, ['Correct']);
    await lookOver(page, 'error-correction');
    await state(async () => {
      const { controller } = window.stratigraphViewer;
      await controller.correct([]);
      controller.setRequest({ endmembers: 500 });
      await controller.unmix();
    });
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.run.state === 'failed',
    );
    await openSections(page, ['Unmix']);
    await lookOver(page, 'error-run');
  });

  it('is whole while an earlier session is offered, and while one asks for files that it only names', async () => {
    const [other, file] = [
      await openViewer(browser),
      join(folder, 'session.zip'),
    ];
    ({ page } = other);
    await page.setInputFiles(
      '#files',
      ['hdr', 'img'].map((end) =>
        join(built, 'sample', `cross-section.${end}`),
      ),
    );
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'ready',
    );
    const saved = page.waitForEvent('download');
    await page.locator('unmixing-panel header unmixing-menu').click();
    await page
      .getByRole('menuitem', { name: 'Save session without its files' })
      .click();
    await (await saved).saveAs(file);
    const edited = Date.now();
    await state(() =>
      window.stratigraphViewer.controller.setRequest({ endmembers: 4 }),
    );
    await waitFor(
      page,
      (since) =>
        window.stratigraphViewer.controller.state.sessions.kept >= since,
      edited,
    );
    await page.reload();
    await page.waitForFunction(() => window.stratigraphViewer);
    await watchPage(page);
    await button('Reopen').waitFor();
    await lookOver(page, 'session-offered');
    await page.setInputFiles('#files', file);
    await button('Choose files').waitFor();
    await lookOver(page, 'session-missing');
    const { missed, unseen } = await tabRound(page);
    assert.deepEqual({ missed, unseen }, { missed: [], unseen: [] });
    await button('Go on without').click();
    await waitFor(
      page,
      () => window.stratigraphViewer.controller.state.cube.state === 'ready',
    );
    await lookOver(page, 'session-without');
    assert.deepEqual(other.complaints, []);
  });

  it('asked for nothing outside, broke no policy and complained of nothing', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('the example viewer without a pointer', () => {
  let browser;
  let page;
  before(async () => {
    browser = await openBrowser();
    ({ page } = await openViewer(browser));
  });
  after(() => browser?.close());

  it('opens, unmixes, compares, registers, draws a figure, saves and takes back by keys alone', async () => {
    const press = async (key, times = 1) => {
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
    };
    const enter = async (words) => {
      await tabTo(page, words);
      await press('Enter');
    };
    const read = (of) => page.evaluate(of);

    await enter(/"Sample"/);
    await waitFor(page, () => window.lookOver.focused()?.role === 'menuitem');
    await press('Enter');
    await cubeReady(page);

    await enter(/unmixing-dock button "Unmix"/);
    await runDone(page);

    await enter(/page button "Swipe"/);
    await waitFor(page, () => window.lookOver.focused()?.role === 'slider');
    const { divider } = await read(
      () => window.stratigraphViewer.controller.state.comparison,
    );
    await press('ArrowRight', 4);
    const moved = await read(
      () => window.stratigraphViewer.controller.state.comparison.divider,
    );
    assert.ok(moved > divider, `${divider} → ${moved}`);
    await press('Escape');
    await page.locator('unmixing-comparison').waitFor({ state: 'detached' });
    assert.match(await focusedName(page), /page button "Swipe"/);

    await enter(/unmixing-section button "Register/);
    await enter(/unmixing-register button "Set landmarks"/);
    const panes = page.locator('unmixing-register-stage .ground');
    await panes.nth(1).waitFor();
    await waitFor(page, () =>
      window.lookOver.focused()?.classList.contains('ground'),
    );
    await settle(page);
    for (const way of ['Shift+ArrowLeft', 'Shift+ArrowRight']) {
      if (way === 'Shift+ArrowRight')
        await tabTo(page, /unmixing-stage div "cross-section/);
      await press(way, 3);
      await press('Enter');
      await tabTo(page, /unmixing-stage div "micrograph/);
      await press(way, 4);
      await press('Enter');
    }
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return one?.landmarks.length === 2;
    });
    await enter(/unmixing-register-stage button "Done"/);
    await page
      .locator('unmixing-register-stage')
      .waitFor({ state: 'detached' });
    assert.match(await focusedName(page), /button "Set landmarks"/);

    await enter(/unmixing-section button "Results/);
    await enter(/unmixing-results button "Make a figure"/);
    await page
      .locator('unmixing-figure')
      .getByRole('img', { name: /^Preview/ })
      .waitFor();
    const figure = page.waitForEvent('download');
    await enter(/unmixing-figure button "Save figure"/);
    assert.match((await figure).suggestedFilename(), /\.png$/);

    await enter(/unmixing-menu button "More"/);
    const session = page.waitForEvent('download');
    await page
      .getByRole('menuitem', { name: /^Save session/ })
      .first()
      .waitFor();
    for (let n = 0; n < 20; n++) {
      if (/"Save session ?Ctrl/.test(await focusedName(page))) break;
      await press('ArrowDown');
    }
    await press('Enter');
    assert.match((await session).suggestedFilename(), /\.zip$/);

    await enter(/unmixing-panel button "Undo"/);
    await waitFor(page, () => {
      const [one] = window.stratigraphViewer.controller.state.registrations;
      return (one?.landmarks.length ?? 0) < 2;
    });
  });
});
