import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { data, skip } from '../node/real.mjs';
import { built, openBrowser } from './page.mjs';

const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, { recursive: true });

/** Columns of the table of true spectra: positions first. */
function truth() {
  const [head, ...rows] = readFileSync(
    join(built, 'sample/endmembers.csv'),
    'utf8',
  )
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return head.map((name, c) => ({
    name,
    values: rows.map((row) => Number(row[c])),
  }));
}

const jcamp = (name, positions, values) =>
  [
    `##TITLE=${name}`,
    '##JCAMP-DX=4.24',
    '##DATA TYPE=INFRARED SPECTRUM',
    '##XUNITS=1/CM',
    '##YUNITS=ABSORBANCE',
    '##XFACTOR=1',
    '##YFACTOR=1',
    `##FIRSTX=${positions[0]}`,
    `##LASTX=${positions.at(-1)}`,
    `##NPOINTS=${positions.length}`,
    '##XYPOINTS=(XY..XY)',
    ...positions.map((x, i) => `${x}, ${values[i]}`),
    '##END=',
  ].join('\n');

/** What the page knows of libraries and endmembers, as plain data. */
const stateOf = (page) =>
  page.evaluate(() => {
    const { unmixing, evidence, identifying, run } =
      window.stratigraphViewer.controller.state;
    const known = evidence && evidence.endmembers === unmixing?.endmembers;
    return {
      run: run.state,
      names: unmixing?.names,
      endmembers: unmixing && [...unmixing.endmembers],
      libraries: identifying.libraries.map(({ name, spectra, kept }) => ({
        name,
        spectra,
        kept,
      })),
      work: identifying.work.state,
      error: identifying.work.error?.message,
      found: known
        ? evidence.found.map(({ candidates, cautions, close }) => ({
            names: candidates.map(({ name }) => name),
            cautions,
            close,
          }))
        : null,
    };
  });

const waitFor = (page, test) =>
  page.waitForFunction(test, null, { timeout: 180000, polling: 100 });

async function unmixed(page) {
  await page.waitForFunction(() => window.stratigraphViewer);
  await page.getByRole('button', { name: 'Sample', exact: true }).click();
  await page.getByRole('menuitem').first().click();
  await waitFor(
    page,
    () => window.stratigraphViewer.controller.state.cube.state === 'ready',
  );
  await page.getByRole('button', { name: 'Unmix', exact: true }).click();
  await waitFor(
    page,
    () => window.stratigraphViewer.controller.state.run.state === 'done',
  );
}

const compared = (page) =>
  waitFor(page, () => {
    const { unmixing, evidence, identifying } =
      window.stratigraphViewer.controller.state;
    return (
      identifying.work.state === 'failed' ||
      (evidence && evidence.endmembers === unmixing?.endmembers)
    );
  });

const cosine = (x, y) => {
  const dot = (p, q) => p.reduce((sum, v, i) => sum + v * q[i], 0);
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
};

/** For each endmember of the result, the material of the truth that it is most like. */
function materials({ endmembers, names }, columns) {
  const bands = endmembers.length / names.length;
  return names.map((_, r) => {
    const own = endmembers.slice(r * bands, (r + 1) * bands);
    const likeness = columns.map(({ values }) => cosine(own, values));
    return columns[likeness.indexOf(Math.max(...likeness))].name;
  });
}

/** Opens files through the button of the section. */
async function openLibrary(page, button, files) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page
      .locator('unmixing-identify')
      .getByRole('button', { name: button })
      .click(),
  ]);
  await chooser.setFiles(files);
}

describe('identification in the example viewer', () => {
  let browser;
  let page;
  let complaints;
  let folder;
  let section;
  let columns;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'identify-'));
    const [{ values: positions }, ...all] = truth();
    columns = all;
    // A JCAMP-DX file of one material, a table of the others and of a stranger.
    const [first, ...others] = all;
    writeFileSync(
      join(folder, 'first.jdx'),
      jcamp(first.name, positions, first.values),
    );
    const stranger = positions.map((x) => Math.exp(-(((x - 2000) / 60) ** 2)));
    writeFileSync(
      join(folder, 'others.csv'),
      [
        ['Wavenumber (cm-1)', ...others.map(({ name }) => name), 'stranger'],
        ...positions.map((x, b) => [
          x,
          ...others.map(({ values }) => values[b]),
          stranger[b],
        ]),
      ]
        .map((row) => row.join(','))
        .join('\n'),
    );
    browser = await openBrowser();
    ({ page, complaints } = await browser.newPage('/viewer/'));
    await unmixed(page);
    section = page.locator('unmixing-identify');
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says what to do while there is no library', async () => {
    await page.getByRole('button', { name: /^Identify/ }).click();
    await section.getByText('Open a library of references').waitFor();
    await page.screenshot({ path: join(screenshots, 'identify-empty.png') });
  });

  it('puts the true material first for each endmember, of JCAMP-DX and CSV opened together', async () => {
    await openLibrary(page, 'Open library…', [
      join(folder, 'first.jdx'),
      join(folder, 'others.csv'),
    ]);
    await compared(page);
    const state = await stateOf(page);
    assert.equal(state.error, undefined);
    assert.deepEqual(state.libraries, [
      { name: 'first and 1 more', spectra: columns.length + 1, kept: true },
    ]);
    assert.deepEqual(
      state.found.map(({ names }) => names[0]),
      materials(state, columns),
    );
    assert.ok(state.found.every(({ names }) => names.length > 1));
  });

  it('shows the best candidate under each name, and names nothing by itself', async () => {
    const state = await stateOf(page);
    assert.ok(state.names.every((name) => /^Endmember \d$/.test(name)));
    const rows = page.locator('unmixing-endmembers li .under');
    const texts = await rows.allInnerTexts();
    state.found.forEach(({ names, close }, r) =>
      assert.ok(
        close > 1
          ? texts[r].includes(`${close} close`)
          : texts[r].startsWith(names[0]),
        texts[r],
      ),
    );
  });

  it('draws a candidate over the spectrum, and takes it away again', async () => {
    const first = section
      .getByRole('list', { name: 'Candidates' })
      .getByRole('button')
      .first();
    await first.click();
    const spectra = page.locator('unmixing-spectra');
    const { found, names } = await stateOf(page);
    await spectra
      .getByRole('img', {
        name: `Endmembers: ${names[0]}, ${found[0].names[0]}`,
      })
      .waitFor();
    await page.screenshot({ path: join(screenshots, 'identify-dark.png') });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: join(screenshots, 'identify-light.png') });
    await page.emulateMedia({ colorScheme: 'dark' });
    await first.press('Enter');
    await spectra
      .getByRole('img', { name: `Endmembers: ${names.join(', ')}` })
      .waitFor();
  });

  it('gives an endmember the name of a candidate when asked, and takes it back', async () => {
    const { found, names } = await stateOf(page);
    const [best] = found[0].names;
    await section
      .getByRole('button', { name: `Use ${best} as the name` })
      .click();
    assert.equal((await stateOf(page)).names[0], best);
    await page
      .locator('unmixing-panel')
      .getByRole('button', { name: 'Undo', exact: true })
      .click();
    assert.deepEqual((await stateOf(page)).names, names);
  });

  it('compares anew by another measure and other ranges; what cannot be a range is said', async () => {
    await section.getByText('Compare by').click();
    await section.getByLabel('Measure').selectOption('angle');
    await waitFor(page, () =>
      window.stratigraphViewer.controller.state.evidence?.found.every(
        ({ measure }) => measure === 'angle',
      ),
    );
    const ranges = section.getByLabel('Ranges');
    await ranges.fill('900-1800');
    await ranges.press('Tab');
    await waitFor(page, () => {
      const { evidence } = window.stratigraphViewer.controller.state;
      return evidence?.found[0].candidates[0].range[0] <= 1800;
    });
    await ranges.fill('everything');
    await ranges.press('Tab');
    await section.getByText('Want ranges such as').waitFor();
    await page.screenshot({ path: join(screenshots, 'identify-choices.png') });
    await ranges.fill('');
    await ranges.press('Tab');
    await waitFor(page, () => {
      const { evidence } = window.stratigraphViewer.controller.state;
      return evidence?.found[0].candidates[0].range[0] > 1800;
    });
  });

  it('tells in one sentence what is no library, and goes on', async () => {
    writeFileSync(join(folder, 'words.txt'), 'nothing of the kind');
    await openLibrary(page, 'Open library…', [join(folder, 'words.txt')]);
    const alert = section.getByRole('alert');
    await alert.waitFor();
    assert.match(await alert.innerText(), /words\.txt/);
    await alert.getByRole('button', { name: 'Dismiss' }).click();
    await alert.waitFor({ state: 'detached' });
    assert.equal((await stateOf(page)).libraries.length, 1);
  });

  it('remembers the library and the choices after a reload, and searches by itself', async () => {
    await page.reload();
    await unmixed(page);
    await compared(page);
    const state = await stateOf(page);
    assert.equal(state.error, undefined);
    assert.equal(state.libraries.length, 1);
    assert.deepEqual(
      state.found.map(({ names }) => names[0]),
      materials(state, columns),
    );
    assert.equal(
      await page.evaluate(
        () =>
          window.stratigraphViewer.controller.state.identifying.choices.measure,
      ),
      'angle',
    );
  });

  it('forgets a library that is removed', async () => {
    const isOpen = await page
      .getByRole('button', { name: /^Identify/ })
      .getAttribute('aria-expanded');
    assert.equal(isOpen, 'true', 'what was open is remembered');
    await section
      .getByRole('button', { name: 'Remove first and 1 more' })
      .click();
    await section.getByText('Open a library of references').waitFor();
    await page.reload();
    await page.waitForFunction(() => window.stratigraphViewer);
    const names = await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const asked = window.indexedDB.open('stratigraph libraries');
          asked.onerror = () => reject(asked.error);
          asked.onsuccess = () => {
            const all = asked.result
              .transaction('libraries')
              .objectStore('libraries')
              .getAll();
            all.onsuccess = () => resolve(all.result);
          };
        }),
    );
    assert.deepEqual(names, []);
  });

  it('does all of it without an error or a request that leaves the origin', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('RRUFF minerals in the example viewer', { skip }, () => {
  it('are listed with scores for the sample, all 51 from one folder', async () => {
    const browser = await openBrowser();
    try {
      const { page, complaints } = await browser.newPage('/viewer/');
      await unmixed(page);
      await page.getByRole('button', { name: /^Identify/ }).click();
      const folder = join(data, 'rruff');
      await openLibrary(
        page,
        'Open library…',
        readdirSync(folder)
          .filter((name) => name.endsWith('.txt'))
          .map((name) => join(folder, name)),
      );
      await compared(page);
      const state = await stateOf(page);
      assert.equal(state.libraries[0].spectra, 51, state.error);
      assert.ok(state.found.every(({ names }) => names.length === 10));
      await page.screenshot({ path: join(screenshots, 'identify-rruff.png') });
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
    }
  });
});
