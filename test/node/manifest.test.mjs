import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { checkManifest } from '../../scripts/manifest.mjs';
import { root } from '../../scripts/root.mjs';
import { exportedNames, packedPackage } from './package.mjs';

/** A module of src, bundled without the code that it loads on first use. */
async function sourceModule(path) {
  const later = {
    name: 'later',
    setup: ({ onResolve }) =>
      onResolve({ filter: /./ }, ({ kind, path }) =>
        kind === 'dynamic-import' ? { path, external: true } : undefined,
      ),
  };
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src', path)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    plugins: [later],
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

describe('plugin manifest', () => {
  let manifest;
  let schema;
  let packed;
  let listContributions;

  before(async () => {
    const { folder, files } = packedPackage();
    const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    manifest = json('plugin-manifest.json');
    schema = json('plugin-manifest.schema.json');
    const elements = json('dist/custom-elements.json');
    const { finders } = await sourceModule('hosts/find.ts');
    const { conditions } = await sourceModule('plugin/conditions.ts');
    ({ listContributions } = await import(
      pathToFileURL(join(folder, 'dist/contributions.js'))
    ));
    packed = {
      name: json('package.json').name,
      files,
      exportsOf: (path) => exportedNames(join(folder, path)),
      commands: commandIds(folder),
      tags: elements.modules.flatMap(({ declarations }) =>
        declarations.map(({ tagName }) => tagName).filter(Boolean),
      ),
      conditions: Object.keys(conditions),
      samples: new Set(readdirSync(join(root, 'build/examples/sample'))),
      found: Object.fromEntries(finders.map(({ id, where }) => [id, where])),
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
    const { formats } = await sourceModule('formats/catalogue.ts');
    const { readers } = manifest.contributions;
    assert.deepEqual(
      readers.map(({ title, filenames }) => [title, filenames]),
      formats.map(({ name, endings }) => [
        name,
        endings.map((ending) => `*.${ending}`),
      ]),
    );
  });

  it('names every format in which maps, classes, cubes and spectra are saved', async () => {
    const { imageFormats, spectraFormats } = await sourceModule(
      'formats/save-formats.ts',
    );
    const written = (command) =>
      manifest.contributions.writers
        .filter((one) => one.command === `stratigraph.${command}`)
        .map(({ format, title }) => [format, title]);
    for (const what of ['abundances', 'classes', 'cube'])
      assert.deepEqual(written(`save-${what}`), imageFormats);
    assert.deepEqual(written('save-endmembers'), spectraFormats);
  });

  it('names every command in a menu or as what opens, saves or is set', () => {
    const { commands, menus, readers, writers, sampleData } =
      manifest.contributions;
    const offered = new Set(
      [...Object.values(menus).flat(), ...readers, ...writers, ...sampleData]
        .map(({ command }) => command)
        // These want to be told what to open or turn to.
        .concat(
          'stratigraph.open-url',
          'stratigraph.open-volume',
          'stratigraph.activate',
        ),
    );
    assert.deepEqual(
      commands.map(({ id }) => id).filter((id) => !offered.has(id)),
      [],
    );
  });

  it('is listed whole by what viewers read it with', () => {
    const { warnings, entry, ...listing } = listContributions(manifest);
    assert.deepEqual(warnings, []);
    const plain = (value) => JSON.parse(JSON.stringify(value));
    assert.deepEqual(plain(entry), manifest.entry);
    assert.deepEqual(plain(listing.hosts), manifest.hosts);
    const { menus, keybindings, ...kinds } = manifest.contributions;
    for (const kind of Object.keys(kinds))
      assert.deepEqual(plain(listing[kind]), kinds[kind], kind);
    const withArguments = (entries) =>
      entries.map((one) => ({ arguments: [], ...one }));
    assert.deepEqual(plain(listing.keybindings), withArguments(keybindings));
    for (const [menu, entries] of Object.entries(menus))
      assert.deepEqual(plain(listing.menus[menu]), withArguments(entries));
  });

  it('has a description of every field in its schema', () => {
    const bare = [];
    const look = (one, where) => {
      const { $ref, description, properties, items, $defs } = one;
      for (const [name, field] of Object.entries({ ...properties, ...$defs })) {
        const { description: own } = field.$ref
          ? schema.$defs[field.$ref.split('/').at(-1)]
          : field;
        if (!(field.description ?? own)) bare.push(`${where}/${name}`);
        look(field, `${where}/${name}`);
      }
      if (items) look(items, `${where}[]`);
      return [$ref, description];
    };
    look(schema, '');
    assert.deepEqual(bare, []);
  });

  // What is damaged, how, the sentence of the check, and the warning of what viewers read it with: null where that does
  // not look, because it knows nothing of the package or takes more than we write.
  const broken = [
    [
      'a missing name',
      (m) => delete m.name,
      /must have required property 'name'/,
      /^invalid name: missing/,
    ],
    [
      'another name',
      (m) => (m.name = 'other'),
      /^name is other, but the package is stratigraph$/,
      /stratigraph\.open does not start with other\.$/,
    ],
    [
      'no version of its schema',
      (m) => delete m.schemaVersion,
      /must have required property 'schemaVersion'/,
      /^invalid schemaVersion: missing/,
    ],
    [
      'an unknown field',
      (m) => (m.extra = 1),
      /additional properties \(extra\)/,
      null,
    ],
    [
      'an entry outside the package',
      (m) => (m.entry.path = './../x.js'),
      /^\/entry\/path: must match pattern/,
      /^entry is left out: invalid path: ".\/..\/x.js" \(want a path in the package/,
    ],
    [
      'an entry that is not packed',
      (m) => (m.entry.path = './dist/none.js'),
      /^\.\/dist\/none\.js is not in the package$/,
      null,
    ],
    [
      'an export that is not there',
      (m) => (m.entry.activate = 'start'),
      /does not export start$/,
      null,
    ],
    [
      'a commands record that is not there',
      (m) => (m.entry.commands = 'orders'),
      /does not export orders$/,
      null,
    ],
    [
      'no record of conditions',
      (m) => delete m.entry.conditions,
      /must have required property 'conditions'/,
      /^entry is left out: invalid conditions: missing/,
    ],
    [
      'a record of conditions that is not there',
      (m) => (m.entry.conditions = 'states'),
      /does not export states$/,
      null,
    ],
    [
      'a worker that is not packed',
      (m) => (m.worker = './dist/w.js'),
      /^\.\/dist\/w\.js is not in the package$/,
      null,
    ],
    [
      'a reader that is not packed',
      (m) => (m.readerWorker = './dist/r.js'),
      /^\.\/dist\/r\.js is not in the package$/,
      null,
    ],
    [
      'a worker that is no path',
      (m) => (m.worker = 'https://example.org/worker.js'),
      /^\/worker: must match pattern/,
      /^invalid worker: "https:/,
    ],
    [
      'no host',
      (m) => (m.hosts = []),
      /^\/hosts: must NOT have fewer than 1 items/,
      null,
    ],
    [
      'a host without tested versions',
      (m) => (m.hosts[0].tested = []),
      /^\/hosts\/0\/tested: must NOT have fewer/,
      /^hosts\/0 is left out: invalid tested: \[\] \(want a list of at least 1\)$/,
    ],
    [
      'an unknown capability',
      (m) => m.hosts[0].capabilities.push('fly'),
      /capabilities\/\d+: must be equal to one of/,
      /^hosts\/0 is left out: invalid capabilities: "fly" \(want volumes,/,
    ],
    [
      'interfaces that are neither public nor internal',
      (m) => (m.hosts[0].interfaces = 'private'),
      /interfaces: must be equal to one of/,
      /invalid interfaces: "private" \(want public, internal\)$/,
    ],
    [
      'an adapter that is not exported',
      (m) => (m.hosts[0].export = 'otherHost'),
      /does not export otherHost$/,
      null,
    ],
    [
      'a host that is found another way than is said',
      (m) => (m.hosts.find(({ found }) => found).found = 'its smell'),
      /is found by its smell, but the code looks for/,
      null,
    ],
    [
      'a host that is there twice',
      (m) => m.hosts.push(m.hosts[0]),
      /^host vtk\.js is there twice$/,
      /^hosts\/\d+ is left out: vtk\.js is there twice$/,
    ],
    [
      'a command of another plugin',
      (m) => (m.contributions.commands[0].id = 'other.open'),
      /^command other\.open does not start with stratigraph\.$/,
      /^contributions\/commands\/0 is left out: other\.open does not start with stratigraph\.$/,
    ],
    [
      'a command without code',
      (m) =>
        m.contributions.commands.push({
          id: 'stratigraph.none',
          title: 'None',
        }),
      /^command stratigraph\.none is bound to no code$/,
      null,
    ],
    [
      'a command that is there twice',
      (m) => m.contributions.commands.push(m.contributions.commands[0]),
      /is there twice$/,
      /is left out: stratigraph\.open is there twice$/,
    ],
    [
      'a command without a title',
      (m) => delete m.contributions.commands[0].title,
      /must have required property 'title'/,
      /commands\/0 is left out: invalid title: missing \(want a text/,
    ],
    [
      'a list of commands that is none',
      (m) => (m.contributions.commands = {}),
      /^\/contributions\/commands: must be array$/,
      /^contributions\/commands is left out: it is no list$/,
    ],
    [
      'a reader of a command that is not contributed',
      (m) => (m.contributions.readers[0].command = 'stratigraph.none'),
      /^readers PNG names the command stratigraph\.none, which is not contributed$/,
      /readers\/0 is left out: it names the command stratigraph\.none, which/,
    ],
    [
      'a reader without file names',
      (m) => (m.contributions.readers[0].filenames = []),
      /filenames: must NOT have fewer/,
      /readers\/0 is left out: invalid filenames: \[\]/,
    ],
    [
      'a reader of names that are no endings',
      (m) => (m.contributions.readers[0].filenames = ['image.png']),
      /filenames\/0: must match pattern/,
      /"image\.png" \(want an ending such as/,
    ],
    [
      'a widget without an element',
      (m) => (m.contributions.widgets[0].tag = 'no-such-tag'),
      /^widget no-such-tag is no element of the package$/,
      null,
    ],
    [
      'a widget in no place',
      (m) => (m.contributions.widgets[0].place = 'top'),
      /place: must be equal to one of/,
      /widgets\/0 is left out: invalid place: "top" \(want left, right, bottom, view\)$/,
    ],
    [
      'a widget that is there twice',
      (m) => m.contributions.widgets.push(m.contributions.widgets[1]),
      /^widget unmixing-spectra is there twice$/,
      /unmixing-spectra is there twice$/,
    ],
    [
      'no list of writers',
      (m) => delete m.contributions.writers,
      /must have required property 'writers'/,
      null,
    ],
    [
      'a writer without a format',
      (m) => delete m.contributions.writers[0].format,
      /must have required property 'format'/,
      /writers\/0 is left out: invalid format: missing/,
    ],
    [
      'a writer of something else',
      (m) => (m.contributions.writers[0].data = 'sound'),
      /data: must be equal to one of/,
      /invalid data: "sound" \(want image, spectra, recipe\)$/,
    ],
    [
      'a writer by a command that is not contributed',
      (m) => (m.contributions.writers[0].command = 'stratigraph.none'),
      /^writers ENVI names the command stratigraph\.none/,
      /writers\/0 is left out: it names the command/,
    ],
    [
      'sample data without files',
      (m) => (m.contributions.sampleData[0].files = []),
      /files: must NOT have fewer/,
      /sampleData\/0 is left out: invalid files: \[\]/,
    ],
    [
      'sample data in another folder',
      (m) => (m.contributions.sampleData[0].files[0] = '../secret.hdr'),
      /files\/0: must match pattern/,
      /"\.\.\/secret\.hdr" \(want the name of a file\)$/,
    ],
    [
      'sample data that is not made',
      (m) => (m.contributions.sampleData[0].files[0] = 'none.hdr'),
      /^sampleData Cross-section of a painting: none\.hdr is not made$/,
      null,
    ],
    [
      'sample data without a description',
      (m) => delete m.contributions.sampleData[0].description,
      /must have required property 'description'/,
      /invalid description: missing/,
    ],
    [
      'a menu that viewers do not have',
      (m) => (m.contributions.menus.tools = []),
      /additional properties \(tools\)/,
      null,
    ],
    [
      'a menu entry of a command that is not contributed',
      (m) => (m.contributions.menus.edit[0].command = 'stratigraph.none'),
      /^menu edit names the command stratigraph\.none/,
      /^contributions\/menus\/edit\/0 is left out: it names the command/,
    ],
    [
      'a menu entry without a group',
      (m) => delete m.contributions.menus.edit[0].group,
      /must have required property 'group'/,
      /menus\/edit\/0 is left out: invalid group: missing/,
    ],
    [
      'arguments that are no list',
      (m) => (m.contributions.menus.view[0].arguments = 'dark'),
      /arguments: must be array/,
      /invalid arguments: "dark" \(want a list\)$/,
    ],
    [
      'a condition that the code does not know',
      (m) => (m.contributions.menus.edit[0].when = 'raining'),
      /^menu edit holds when raining, which is no condition$/,
      null,
    ],
    [
      'a condition that is no word',
      (m) => (m.contributions.menus.edit[0].when = '!undo'),
      /when: must match pattern/,
      /invalid when: "!undo"/,
    ],
    [
      'a key that there is not',
      (m) => (m.contributions.keybindings[0].key = 'Hyper+O'),
      /key: must match pattern/,
      /keybindings\/0 is left out: invalid key: "Hyper\+O" \(want a key/,
    ],
    [
      'a key of a command that is not contributed',
      (m) => (m.contributions.keybindings[0].command = 'stratigraph.none'),
      /^keybindings O names the command stratigraph\.none/,
      /keybindings\/0 is left out: it names the command/,
    ],
    [
      'a key in a widget that is not contributed',
      (m) => (m.contributions.keybindings[0].widget = 'no-such-tag'),
      /^keybindings O names the widget no-such-tag/,
      /keybindings\/0 is left out: it names the widget no-such-tag/,
    ],
    [
      'a page of settings without a title',
      (m) => delete m.contributions.configuration[0].title,
      /must have required property 'title'/,
      /configuration\/0 is left out: invalid title: missing/,
    ],
    [
      'a setting of another plugin',
      (m) => renameSetting(m, 'stratigraph.theme', 'other.theme'),
      /^setting other\.theme does not start with stratigraph\.$/,
      /other\.theme is left out: it does not start with stratigraph\.$/,
    ],
    [
      'a setting that is there twice',
      (m) =>
        (m.contributions.configuration[1].properties['stratigraph.theme'] =
          setting(m, 'theme')),
      /^setting stratigraph\.theme is there twice$/,
      /stratigraph\.theme is there twice$/,
    ],
    [
      'a setting of no type',
      (m) => (setting(m, 'theme').type = 'colour'),
      /type: must be equal to one of/,
      /stratigraph\.theme is left out: invalid type: "colour"/,
    ],
    [
      'a setting without a description',
      (m) => delete setting(m, 'theme').description,
      /must have required property 'description'/,
      /stratigraph\.theme is left out: invalid description: missing/,
    ],
    [
      'a default that is none of the values',
      (m) => (setting(m, 'theme').default = 'pink'),
      /^setting stratigraph\.theme may not be its default "pink"$/,
      /stratigraph\.theme is left out: invalid default: "pink"/,
    ],
    [
      'a default of another type',
      (m) => (setting(m, 'endmembers').default = 5.5),
      /^setting stratigraph\.endmembers may not be its default 5\.5$/,
      /stratigraph\.endmembers is left out: invalid default: 5\.5/,
    ],
    [
      'a default below the least value',
      (m) => (setting(m, 'endmembers').minimum = 6),
      /^setting stratigraph\.endmembers may not be its default 5$/,
      /stratigraph\.endmembers is left out: invalid default: 5/,
    ],
    [
      'names for some of the values only',
      (m) => setting(m, 'theme').enumTitles.pop(),
      /^setting stratigraph\.theme has 2 enumTitles for 3 values$/,
      /stratigraph\.theme is left out: invalid enumTitles: 2/,
    ],
    [
      'a bound that is no number',
      (m) => (setting(m, 'runs').maximum = 'many'),
      /maximum: must be number/,
      /stratigraph\.runs is left out: invalid maximum: "many"/,
    ],
  ];
  /** A setting by its short name. */
  const setting = ({ contributions }, name) =>
    contributions.configuration.find(
      ({ properties }) => `stratigraph.${name}` in properties,
    ).properties[`stratigraph.${name}`];
  const renameSetting = ({ contributions }, from, to) => {
    const [{ properties }] = contributions.configuration;
    properties[to] = properties[from];
    delete properties[from];
  };

  for (const [what, damage, sentence, warning] of broken) {
    it(`refuses ${what} and says so`, () => {
      const damaged = structuredClone(manifest);
      damage(damaged);
      const { problems } = checkManifest(damaged, schema, packed);
      assert.ok(
        problems.some((problem) => sentence.test(problem)),
        `expected ${sentence} among: ${problems.join(' | ')}`,
      );
    });

    if (warning)
      it(`lists the rest of one with ${what}, and says what is left out`, () => {
        const damaged = structuredClone(manifest);
        damage(damaged);
        const { warnings, ...listing } = listContributions(damaged);
        assert.ok(
          warnings.some((one) => warning.test(one)),
          `expected ${warning} among: ${warnings.join(' | ')}`,
        );
        // Nothing that hangs on what is damaged is missing besides.
        const whole = listContributions(manifest);
        const rest = Object.keys(listing).filter(
          (kind) =>
            JSON.stringify(listing[kind]) !== JSON.stringify(whole[kind]),
        );
        if (!/name|schema|command|widget/.test(what))
          assert.ok(rest.length <= 1, `${rest.join(', ')} are not whole`);
      });
  }

  it('warns of a newer schema version and reads on', () => {
    const newer = { ...manifest, schemaVersion: 3, aisles: [] };
    const sentence = /schemaVersion is 3, newer than the 2 known here/;
    const checked = checkManifest(
      { ...manifest, schemaVersion: 3 },
      schema,
      packed,
    );
    assert.deepEqual(checked.problems, []);
    assert.match(checked.warnings[0], sentence);
    const { warnings, commands } = listContributions(newer);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0], sentence);
    assert.equal(commands.length, manifest.contributions.commands.length);
  });

  it('may be anything at all: what reads it lists nothing and says so', () => {
    for (const odd of [null, undefined, 7, 'manifest', [], {}, [manifest]]) {
      const { warnings, commands, hosts, entry } = listContributions(odd);
      assert.ok(warnings.length > 0);
      assert.deepEqual([commands, hosts, entry], [[], [], null]);
    }
  });
});
