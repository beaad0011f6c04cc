import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { relative, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sirv from 'sirv';
import { root } from '../../scripts/root.mjs';
import { staticImports } from '../node/package.mjs';
import { openBrowser } from './page.mjs';

/** Where a page without a bundler has the packages that the plugin shares with it. */
const imports = {
  lit: '/node_modules/lit/index.js',
  'lit/': '/node_modules/lit/',
  'lit-html': '/node_modules/lit-html/lit-html.js',
  'lit-html/': '/node_modules/lit-html/',
  'lit-element/': '/node_modules/lit-element/',
  '@lit/reactive-element':
    '/node_modules/@lit/reactive-element/reactive-element.js',
  '@lit/reactive-element/': '/node_modules/@lit/reactive-element/',
  uplot: '/node_modules/uplot/dist/uPlot.esm.js',
};
const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page</title>
    <link rel="icon" href="data:," />
    <script type="importmap">${JSON.stringify({ imports })}</script>
  </head>
  <body></body>
</html>`;

/** Serves the built package beside its packages, and a page that holds nothing. */
async function servePackage() {
  const files = sirv(root, { dev: true });
  const server = createServer((request, response) => {
    if (request.url === '/page')
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
    else files(request, response, () => response.writeHead(404).end());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://localhost:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** Paths of the scripts that the page has asked for. */
const scripts = (page) =>
  page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  );
const fileOf = (path) => `/${relative(root, path).split('\\').join('/')}`;

describe('a page that knows only the manifest', () => {
  let browser;
  let page;
  let complaints;
  before(async () => {
    browser = await openBrowser(await servePackage());
    ({ page, complaints } = await browser.newPage('/page'));
  });
  after(() => browser?.close());

  it('lists everything without loading code of the plugin', async () => {
    const counts = await page.evaluate(async () => {
      const { contributions } = await import('/dist/contributions.js');
      const manifest = await (await fetch('/plugin-manifest.json')).json();
      // A viewer without a picture, as a page would hand its adapter over.
      const undo = () => undefined;
      const host = {
        id: 'page',
        version: '1',
        capabilities: new Set(['panel-right']),
        volumes: async () => [],
        onVolumesChanged: () => undo,
        onPick: () => undo,
        mountPanel(element) {
          document.body.append(element);
          return () => element.remove();
        },
        fit: undo,
        dispose: undo,
      };
      window.plugin = contributions(manifest, '/', { host });
      const { warnings, commands, widgets, readers, hosts } = window.plugin;
      return {
        warnings,
        all: [commands, widgets, readers, hosts].map((one) => one.length),
      };
    });
    assert.deepEqual(counts.warnings, []);
    assert.ok(
      counts.all.every((count) => count > 0),
      `${counts.all}`,
    );
    assert.deepEqual(
      (await scripts(page)).toSorted(),
      [...staticImports(join(root, 'dist/contributions.js'))]
        .map(fileOf)
        .toSorted(),
    );
  });

  it('loads the entry with the first use, every module once, and no adapter', async () => {
    const opened = await page.evaluate(async () => {
      await Promise.all([
        window.plugin.openWidget('unmixing-panel'),
        window.plugin.run('stratigraph.configure', {
          'stratigraph.theme': 'light',
        }),
      ]);
      const panels = [...document.querySelectorAll('unmixing-panel')];
      await panels[0].updateComplete;
      return panels.map(({ theme, shadowRoot }) => [
        theme,
        shadowRoot.querySelector('h2').textContent,
      ]);
    });
    assert.deepEqual(opened, [['light', 'Unmixing']]);
    const asked = await scripts(page);
    assert.deepEqual(
      asked.filter((path, i) => asked.indexOf(path) !== i),
      [],
    );
    for (const file of staticImports(join(root, 'dist/plugin.js')))
      assert.ok(asked.includes(fileOf(file)), `${file} was not asked for`);
    assert.deepEqual(
      asked.filter((path) => /^\/dist\/(hosts|find|worker)|vtk/.test(path)),
      [],
    );
  });

  it('has nothing left of it when it is disposed, and complained of nothing', async () => {
    const left = await page.evaluate(() => {
      window.plugin.dispose();
      return document.body.childElementCount;
    });
    assert.equal(left, 0);
    assert.deepEqual(complaints, []);
  });
});
