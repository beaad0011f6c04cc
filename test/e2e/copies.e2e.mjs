import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { built, openBrowser } from './page.mjs';

/** The source files of all scripts that a page has loaded, by their source maps; each as often as it was loaded. */
function sourcesOf(scripts) {
  return scripts.flatMap((path) => {
    const file = join(built, path);
    const { sources } = JSON.parse(readFileSync(`${file}.map`, 'utf8'));
    return sources.map((source) =>
      relative(root, join(dirname(file), source))
        .split('\\')
        .join('/'),
    );
  });
}

const folderOf = (source) =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];

/** Folders of a package that the sources come from: more than one is more than one copy. */
const copiesOf = (name, sources) => [
  ...new Set(
    sources
      .map(folderOf)
      .filter((folder) => folder?.endsWith(`node_modules/${name}`)),
  ),
];

const pages = {
  '/viewer/': async (page) => {
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await page.getByRole('menuitem').first().click();
  },
  '/vtk-page/': (page) =>
    page.getByRole('button', { name: /60 bands/ }).click(),
};

for (const [path, open] of Object.entries(pages))
  describe(`a page that has vtk.js: ${path}`, () => {
    let browser;
    let sources;
    before(async () => {
      browser = await openBrowser();
      const { page } = await browser.newPage(path);
      const scripts = [];
      page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        // What lies elsewhere is the workers', each a realm of its own.
        if (pathname.startsWith(path) && pathname.endsWith('.js'))
          scripts.push(pathname);
      });
      await page.reload();
      await page.locator('unmixing-panel').waitFor();
      await open(page);
      await page.waitForFunction(
        () => {
          const panel = document.querySelector('unmixing-panel');
          const { cube, layers } = panel.session;
          if (cube.state === 'failed') throw new Error(cube.error.message);
          return (
            cube.state === 'ready' &&
            layers.length > 0 &&
            window.customElements.get('unmixing-results')
          );
        },
        null,
        { timeout: 90000, polling: 100 },
      );
      sources = sourcesOf(scripts);
    });
    after(() => browser?.close());

    it('loads no second copy of it, nor of lit, with the plugin drawing in it', () => {
      for (const name of [
        '@kitware/vtk.js',
        'lit-html',
        '@lit/reactive-element',
      ])
        assert.deepEqual(copiesOf(name, sources), [`node_modules/${name}`]);
    });

    it('loads no module twice, of the plugin or of others', () => {
      assert.ok(sources.length > 100, `${sources.length} modules`);
      assert.ok(sources.some((source) => /^dist\/plugin-/.test(source)));
      assert.deepEqual(
        sources.filter((source, i) => sources.indexOf(source) !== i),
        [],
      );
    });

    it('loads no adapter but its own', () => {
      assert.deepEqual(
        sources.filter((source) => source.startsWith('dist/hosts/')),
        ['dist/hosts/vtk.js'],
      );
    });
  });
