// The JSON schema of saved sessions against documents that the program writes.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Ajv from 'ajv';
import { build } from 'esbuild';
import { root } from '../../scripts/root.mjs';

describe('session.schema.json', () => {
  let folder;
  let check;
  let written;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'session-schema-'));
    const outfile = join(folder, 'session.mjs');
    await build({
      stdin: {
        contents: `
          export { toPieces } from './src/session/document/write.ts';
          export { Keys } from './src/session/document/keys.ts';
          export { sampleSession } from './test/session/document/sample.ts';`,
        resolveDir: root,
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
    });
    const { toPieces, Keys, sampleSession } = await import(outfile);
    const { document } = toPieces(sampleSession(), new Keys());
    written = () => JSON.parse(JSON.stringify(document));
    check = new Ajv({ allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(join(root, 'docs/session.schema.json'), 'utf8')),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('takes a document with something of every kind in it', () => {
    assert.equal(check(written()), true, JSON.stringify(check.errors));
  });

  it('names every field of the document', () => {
    const schema = JSON.parse(
      readFileSync(join(root, 'docs/session.schema.json'), 'utf8'),
    );
    assert.deepEqual(
      Object.keys(written()).sort(),
      Object.keys(schema.properties).sort(),
    );
    assert.deepEqual(
      Object.keys(written().cubes[0]).sort(),
      Object.keys(schema.$defs.cube.properties).sort(),
    );
    assert.deepEqual(
      Object.keys(written().layers[0]).sort(),
      Object.keys(schema.$defs.layer.properties).sort(),
    );
  });

  for (const [what, damage] of [
    ['another form', (all) => (all.version = 2)],
    ['a cube without an id', (all) => delete all.cubes[0].id],
    ['a placement of three numbers', (all) => (all.placements.a = [1, 2, 3])],
    [
      'an edit of no kind',
      (all) => (all.cubes[0].runs[0].report.edits[0].kind = 'melt'),
    ],
    ['a layer of no kind', (all) => (all.layers[0].role = 'mask')],
  ])
    it(`refuses ${what}`, () => {
      const all = written();
      damage(all);
      assert.equal(check(all), false);
    });
});
