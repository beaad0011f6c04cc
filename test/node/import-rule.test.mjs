import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ESLint } from 'eslint';
import { root } from '../../scripts/root.mjs';

const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
  // The files below do not exist, and the import rule needs no types.
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false } },
  },
});

/** Rules that a file of src with this text breaks. */
async function broken(file, text) {
  const filePath = join(root, 'src', file);
  const [{ messages }] = await eslint.lintText(`${text}\n`, { filePath });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

const refused = [
  ['spectral/a.ts', '../engine/run.js'],
  ['spectral/a.ts', '../imaging/layer.js'],
  ['algorithms/a.ts', '../engine/options.js'],
  ['algorithms/a.ts', '@tensorflow/tfjs-core'],
  ['algorithms/a.ts', '../preprocess/chain.js'],
  ['preprocess/a.ts', '../formats/open.js'],
  ['formats/a.ts', '../algorithms/noise.js'],
  ['formats/a.ts', 'lit'],
  ['imaging/a.ts', '../hosts/host.js'],
  ['hosts/a.ts', '../engine/client.js'],
  ['hosts/vtk/a.ts', '../../elements/state.js'],
  ['hosts/a.ts', 'lit/directive.js'],
  ['engine/a.ts', '../hosts/host.js'],
  ['engine/a.ts', '../elements/state.js'],
  ['engine/a.ts', '@kitware/vtk.js/Sources/Common/DataModel/ImageData'],
  ['session/a.ts', '../elements/state.js'],
  ['elements/a.ts', '../hosts/vtk.js'],
  ['elements/a.ts', '../hosts/vtk/layers.js'],
  ['elements/a.ts', '../hosts/find.js'],
  ['elements/a.ts', '../algorithms/noise.js'],
  ['elements/a.ts', '../plugin.js'],
  ['elements/a.ts', '@tensorflow/tfjs-core'],
  ['elements/a.ts', '@itk-wasm/image-io'],
  ['cli/a.ts', '../elements/state.js'],
  ['cli.ts', './elements/state.js'],
  ['plugin.ts', './hosts/vtk.js'],
  ['plugin.ts', './hosts/vtk/find.js'],
  ['plugin.ts', './engine/run.js'],
  ['plugin/a.ts', '../hosts/vtk.js'],
  ['plugin/a.ts', '../contributions.js'],
  ['contributions.ts', './hosts/vtk.js'],
  ['contributions.ts', './elements/controller.js'],
  ['contributions/a.ts', '../plugin.js'],
  ['index.ts', './algorithms/noise.js'],
];

const allowed = [
  ['algorithms/a.ts', '../spectral/cube.js'],
  ['algorithms/a.ts', './noise.js'],
  ['preprocess/a.ts', '../algorithms/noise.js'],
  ['formats/a.ts', 'itk-wasm'],
  ['hosts/vtk/a.ts', '../../imaging/layer.js'],
  ['hosts/a.ts', './vtk/layers.js'],
  ['engine/a.ts', '../algorithms/noise.js'],
  ['elements/a.ts', '../hosts/host.js'],
  ['elements/a.ts', './engine.js'],
  ['elements/a.ts', 'lit/directive.js'],
  ['cli.ts', './cli/command.js'],
  ['plugin.ts', './elements/panel.js'],
  ['plugin.ts', './hosts/host.js'],
  ['plugin.ts', './hosts/find.js'],
  ['contributions.ts', './plugin.js'],
  ['contributions.ts', './hosts/host.js'],
  ['index.ts', './plugin.js'],
];

describe('import rule', () => {
  for (const [file, from] of refused)
    it(`refuses ${from} in src/${file}, however it is written`, async () => {
      const imports = {
        [`import '${from}';`]: 'no-restricted-imports',
        [`import type { A } from '${from}';`]: 'no-restricted-imports',
        [`export * from '${from}';`]: 'no-restricted-imports',
        [`await import('${from}');`]: 'no-restricted-syntax',
      };
      for (const [text, rule] of Object.entries(imports))
        assert.deepEqual([...new Set(await broken(file, text))], [rule], text);
    });

  for (const [file, from] of allowed)
    it(`lets src/${file} import ${from}`, async () => {
      assert.deepEqual(
        await broken(file, `import '${from}';\nawait import('${from}');`),
        [],
      );
    });

  it('refuses globals of a page where there may be none', async () => {
    for (const folder of [
      'spectral',
      'algorithms',
      'preprocess',
      'formats',
      'engine',
    ])
      assert.deepEqual(await broken(`${folder}/a.ts`, 'document.title = "";'), [
        'no-restricted-globals',
      ]);
    assert.deepEqual(await broken('elements/a.ts', 'document.title = "";'), []);
  });
});
