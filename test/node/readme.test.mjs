import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { page, pageAnew } from '../../scripts/corrections.mjs';
import { root } from '../../scripts/root.mjs';

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
