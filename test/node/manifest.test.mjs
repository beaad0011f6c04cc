import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { build } from 'esbuild';
import { checkManifest } from '../../scripts/manifest.mjs';
import { root } from '../../scripts/root.mjs';
import { exportedNames, packedPackage } from './package.mjs';

/** The list of formats, without the code that each loads on first use. */
async function catalogue() {
  const later = {
    name: 'later',
    setup: ({ onResolve }) =>
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      ),
  };
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/formats/catalogue.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    plugins: [later],
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  const { formats } = await import(`data:text/javascript;base64,${code}`);
  return formats;
}

describe('plugin manifest', () => {
  let manifest;
  let schema;
  let packed;

  before(() => {
    const { folder, files } = packedPackage();
    const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    manifest = json('plugin-manifest.json');
    schema = json('plugin-manifest.schema.json');
    const elements = json('dist/custom-elements.json');
    packed = {
      name: json('package.json').name,
      files,
      exportsOf: (path) => exportedNames(join(folder, path)),
      commands: commandIds(folder),
      tags: elements.modules.flatMap(({ declarations }) =>
        declarations.map(({ tagName }) => tagName).filter(Boolean),
      ),
    };
  });

  /** The keys of the commands record in the packed code. */
  const commandIds = (folder) => {
    const everything = [...new Set(['dist/plugin.js', ...chunksOf(folder)])]
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    return [
      ...everything.matchAll(/["'](stratigraph\.[a-z0-9-]+)["']\s*:/g),
    ].map(([, id]) => id);
  };
  const chunksOf = (folder) =>
    [
      ...readFileSync(join(folder, 'dist/plugin.js'), 'utf8').matchAll(
        /["']\.\/([^"']+\.js)["']/g,
      ),
    ].map(([, name]) => `dist/${name}`);

  it('names only paths, exports, commands and tags that the packed package has', () => {
    assert.deepEqual(checkManifest(manifest, schema, packed), {
      problems: [],
      warnings: [],
    });
  });

  it('names every format that can be opened, with its endings', async () => {
    const { readers } = manifest.contributions;
    assert.deepEqual(
      readers.map(({ title, filenames }) => [title, filenames]),
      (await catalogue()).map(({ name, endings }) => [
        name,
        endings.map((ending) => `*.${ending}`),
      ]),
    );
  });

  const broken = [
    [
      'a missing name',
      (m) => delete m.name,
      /must have required property 'name'/,
    ],
    [
      'another name',
      (m) => (m.name = 'other'),
      /^name is other, but the package is stratigraph$/,
    ],
    [
      'an unknown field',
      (m) => (m.extra = 1),
      /additional properties \(extra\)/,
    ],
    [
      'an entry outside the package',
      (m) => (m.entry.path = '../x.js'),
      /^\/entry\/path: must match pattern/,
    ],
    [
      'an entry that is not packed',
      (m) => (m.entry.path = './dist/none.js'),
      /^\.\/dist\/none\.js is not in the package$/,
    ],
    [
      'an export that is not there',
      (m) => (m.entry.activate = 'start'),
      /does not export start$/,
    ],
    [
      'a commands record that is not there',
      (m) => (m.entry.commands = 'orders'),
      /does not export orders$/,
    ],
    [
      'a worker that is not packed',
      (m) => (m.worker = './dist/w.js'),
      /^\.\/dist\/w\.js is not in the package$/,
    ],
    [
      'a reader that is not packed',
      (m) => (m.readerWorker = './dist/r.js'),
      /^\.\/dist\/r\.js is not in the package$/,
    ],
    [
      'no host',
      (m) => (m.hosts = []),
      /^\/hosts: must NOT have fewer than 1 items/,
    ],
    [
      'a host without tested versions',
      (m) => (m.hosts[0].tested = []),
      /^\/hosts\/0\/tested: must NOT have fewer/,
    ],
    [
      'an unknown capability',
      (m) => m.hosts[0].capabilities.push('fly'),
      /capabilities\/\d: must be equal to one of/,
    ],
    [
      'an adapter that is not exported',
      (m) => (m.hosts[0].export = 'otherHost'),
      /does not export otherHost$/,
    ],
    [
      'a command of another plugin',
      (m) => (m.contributions.commands[0].id = 'other.open'),
      /^command other\.open does not start with stratigraph\.$/,
    ],
    [
      'a command without code',
      (m) =>
        m.contributions.commands.push({
          id: 'stratigraph.none',
          title: 'None',
        }),
      /^command stratigraph\.none is bound to no code$/,
    ],
    [
      'a command that is there twice',
      (m) => m.contributions.commands.push(m.contributions.commands[0]),
      /is there twice$/,
    ],
    [
      'a command without a title',
      (m) => delete m.contributions.commands[0].title,
      /must have required property 'title'/,
    ],
    [
      'a reader of a command that is not contributed',
      (m) => (m.contributions.readers[0].command = 'stratigraph.none'),
      /which is not contributed$/,
    ],
    [
      'a reader without file names',
      (m) => (m.contributions.readers[0].filenames = []),
      /filenames: must NOT have fewer/,
    ],
    [
      'a widget without an element',
      (m) => (m.contributions.widgets[0].tag = 'no-such-tag'),
      /^widget no-such-tag is no element of the package$/,
    ],
    [
      'a widget in no place',
      (m) => (m.contributions.widgets[0].place = 'top'),
      /place: must be equal to one of/,
    ],
  ];
  for (const [what, damage, sentence] of broken)
    it(`refuses ${what} and says so`, () => {
      const damaged = structuredClone(manifest);
      damage(damaged);
      const { problems } = checkManifest(damaged, schema, packed);
      assert.ok(
        problems.some((problem) => sentence.test(problem)),
        `expected ${sentence} among: ${problems.join(' | ')}`,
      );
    });

  it('warns of a newer schema version and reads on', () => {
    const { problems, warnings } = checkManifest(
      { ...manifest, schemaVersion: 2 },
      schema,
      packed,
    );
    assert.deepEqual(problems, []);
    assert.match(
      warnings[0],
      /schemaVersion is 2, newer than the 1 known here/,
    );
  });
});
