import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { format, resolveConfig } from 'prettier';
import { page, pageAnew } from '../../scripts/corrections.mjs';
import { root } from '../../scripts/root.mjs';
import * as hosts from '../hosts/viewers/docs.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');

describe('README', () => {
  it('quotes the lines that add the plugin to the plain vtk.js page, under 15 of them', () => {
    const page = read('examples/vtk-page/main.ts');
    const imports = page.match(/^import .* from 'stratigraph.*';$/gm);
    const [, added] = page.match(/from here …\n([\s\S]*?)\/\/ … to here/);
    const lines = [...imports, ...added.trimEnd().split('\n')];
    assert.ok(lines.length < 15, `${lines.length} lines`);
    const [, quoted] = read('README.md').match(/```ts\n([\s\S]*?)```/);
    assert.deepEqual(quoted.trimEnd().split('\n').filter(Boolean), lines);
  });

  it('names both commands', () => {
    assert.match(read('README.md'), /npm start[\s\S]*npm test/);
  });
});

describe('docs', () => {
  it('list the corrections as the program has them (node scripts/corrections.mjs writes the table)', async () => {
    assert.equal(readFileSync(page, 'utf8'), await pageAnew());
  });

  it('show for every viewer, in under 15 lines, what its example adds (npm run test:hosts -- --write quotes them)', async () => {
    const text = readFileSync(hosts.page, 'utf8');
    assert.equal(
      await format(hosts.withQuotes(text), {
        ...(await resolveConfig(hosts.page)),
        filepath: hosts.page,
      }),
      text,
    );
    const quoted = [...text.matchAll(/<!-- quoted from (\S+) -->/g)].map(
      ([, file]) => file,
    );
    for (const file of quoted) {
      const lines = hosts.integration(file).split('\n').filter(Boolean);
      assert.ok(lines.length < 15, `${file}: ${lines.length} lines`);
    }
    const { hosts: listed } = JSON.parse(read('plugin-manifest.json'));
    for (const { id } of listed)
      assert.ok(
        quoted.some((file) =>
          file.startsWith(`examples/${id.replace('.js', '')}`),
        ),
        `docs/hosts.md shows no page with ${id}`,
      );
  });

  it('name every format that is read', () => {
    const { contributions } = JSON.parse(read('plugin-manifest.json'));
    const text = read('docs/formats.md');
    for (const { title } of contributions.readers)
      assert.ok(
        text.includes(title.replace(/^(Renishaw|NumPy) /, '')),
        `docs/formats.md does not name ${title}`,
      );
  });
});
