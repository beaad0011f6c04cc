// Naming of endmembers from the command line, on phantoms of known minerals and the RRUFF spectra that they are made of.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { data, skip } from './real.mjs';

const program = process.env.STRATIGRAPH_CLI ?? join(root, 'dist/cli.js');
let folder;
before(() => (folder = mkdtempSync(join(tmpdir(), 'stratigraph-identify-'))));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names) => join(folder, ...names);

const run = (...args) =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: folder, maxBuffer: 1e8 },
      (error, out, err) =>
        resolve({ code: error ? error.code : 0, out, err: err.trim() }),
    );
  });

const linesOf = (out) => out.trim().split('\n').map(JSON.parse);

describe('stratigraph identify', () => {
  const positions = Array.from({ length: 120 }, (_, b) => 3000 - 15 * b);
  const peak = (...centres) =>
    positions.map((v) =>
      centres.reduce((sum, c) => sum + Math.exp(-(((v - c) / 40) ** 2)), 0.02),
    );
  const table = (spectra) =>
    [
      `Wavenumber (cm-1),${Object.keys(spectra).join(',')}`,
      ...positions.map((v, b) =>
        [v, ...Object.values(spectra).map((values) => values[b])].join(','),
      ),
    ].join('\n');

  before(() => {
    writeFileSync(
      at('library.csv'),
      table({
        chalk: peak(1400, 2500),
        oil: peak(1740, 2900),
        glue: peak(1650),
      }),
    );
    writeFileSync(
      at('found.csv'),
      table({
        first: peak(1740, 2900).map((v) => 3 * v),
        second: peak(1400, 2500).map((v, b) => v + 2 * peak(1740, 2900)[b]),
      }),
    );
  });

  it('prints the candidates of each spectrum, the most alike first, and sums that fit better', async () => {
    const { code, out, err } = await run(
      ...['identify', 'found.csv', '--library', 'library.csv', '--most', '2'],
    );
    assert.equal(code, 0, err);
    const [first, second] = linesOf(out);
    assert.equal(first.spectrum, 'first');
    assert.deepEqual(
      first.candidates.map(({ name }) => name),
      ['oil', 'chalk'],
    );
    assert.ok(first.candidates[0].angle < 1e-3);
    assert.deepEqual(first.mixtures, []);
    assert.deepEqual(
      second.mixtures[0].members.map(({ name }) => name).sort(),
      ['chalk', 'oil'],
    );
  });

  it('compares the parts of the axis that are asked for', async () => {
    const { out } = await run(
      ...['identify', 'found.csv', '--library', 'library.csv'],
      ...['--range', '2200-2700', '--measure', 'correlation'],
    );
    const [, second] = linesOf(out);
    assert.equal(second.candidates[0].name, 'chalk');
    assert.deepEqual(second.candidates[0].range, [2700, 2205]);
  });

  for (const [title, args, words] of [
    ['no library', ['found.csv'], 'identify needs --library PATH'],
    ['no file', ['--library', 'library.csv'], 'at least one file of spectra'],
    [
      'a measure that there is not',
      ['found.csv', '--library', 'library.csv', '--measure', 'eye'],
      'invalid --measure: "eye" (want angle, correlation, derivative, distance)',
    ],
    [
      'a range without bands',
      ['found.csv', '--library', 'library.csv', '--range', '1-2'],
      'leave no band to compare: the axis goes from 3000 to 1215 cm-1',
    ],
    [
      'a library that is not there',
      ['found.csv', '--library', 'none'],
      'none: there is no such file',
    ],
  ])
    it(`refuses ${title} with one sentence`, async () => {
      const { code, out, err } = await run('identify', ...args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.equal(err.split('\n').length, 1, err);
      assert.ok(err.includes(words), err);
    });
});

describe('minerals of a phantom', { skip }, () => {
  /** Endmembers as the program finds them, each with the material that it is, told by the truth. */
  async function found(spec, endmembers) {
    const phantom = join(data, '../phantom');
    execFileSync(process.execPath, [
      join(phantom, 'generate.mjs'),
      join(phantom, `${spec}.json`),
      at(spec),
    ]);
    const unmixed = await run(
      ...['unmix', at(spec, 'cube.hdr'), '--endmembers', String(endmembers)],
      ...['--out', at(`${spec}-out`)],
    );
    assert.equal(unmixed.code, 0, unmixed.err);
    const { code, out, err } = await run(
      ...['identify', at(`${spec}-out/endmembers.csv`)],
      ...['--library', join(data, 'rruff'), '--exclude', '2280-2400'],
      ...['--most', '51'],
    );
    assert.equal(code, 0, err);
    const columns = (path) => {
      const [head, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
      return head
        .split(',')
        .slice(1)
        .map((name, c) => ({
          name,
          values: rows.map((row) => Number(row.split(',')[c + 1])),
        }));
    };
    const cosine = (x, y) => {
      const dot = (p, q) => p.reduce((all, v, i) => all + v * q[i], 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    };
    const told = linesOf(out);
    const estimates = columns(at(`${spec}-out/endmembers.csv`));
    return columns(at(spec, 'endmembers.csv')).map(({ name, values }) => {
      const likeness = estimates.map((one) => cosine(one.values, values));
      return { name, ...told[likeness.indexOf(Math.max(...likeness))] };
    });
  }
  /** Minerals in the order of their best candidates. */
  const mineralsOf = ({ candidates }) => [
    ...new Set(candidates.map(({ name }) => name.split(' ')[0])),
  ];
  const isOrganic = ({ name }) => /^[a-z]/.test(name);

  it('rank first for each mineral endmember of the clean one; the organics are like none', async () => {
    for (const one of await found('clean', 5)) {
      if (isOrganic(one))
        assert.deepEqual(one.cautions, [
          'No reference is much like this spectrum.',
        ]);
      else assert.equal(mineralsOf(one)[0], one.name);
    }
  });

  it('rank in the first three of the contaminated one', async () => {
    for (const one of await found('contaminated', 7))
      if (!isOrganic(one))
        assert.ok(
          mineralsOf(one).slice(0, 3).includes(one.name),
          `${one.name} is not among ${mineralsOf(one).slice(0, 3).join(', ')}`,
        );
  });
});
