import { expect } from '@open-wc/testing';
import { resolveOptions } from '../../src/engine/options.js';
import type { UnmixResult } from '../../src/engine/protocol.js';
import { openFiles } from '../../src/formats/open.js';
import { type RunInput, exportRun } from '../../src/session/export.js';
import { readRecipe } from '../../src/session/recipe.js';
import type { Step } from '../../src/preprocess/steps.js';
import type { Cube } from '../../src/spectral/cube.js';

const axis = {
  values: new Float64Array([4000, 3000.5, 2000]),
  unit: 'cm-1',
  quantity: 'absorbance',
} as const;
const cube: Cube = {
  name: 'section',
  width: 2,
  height: 1,
  axis,
  data: new Float32Array(6),
  geometry: {
    origin: [0, 0, 0],
    spacing: [5, 5, 1],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    unit: 'µm',
  },
};
const options = resolveOptions({ endmembers: 2, seed: 4 });
const result: UnmixResult = {
  resumable: false,
  unmixing: {
    width: 2,
    height: 1,
    axis,
    names: ['lead white', 'varnish, "old"'],
    endmembers: new Float32Array([0.1, 0.2, 1, 0.5, 1, 1e-9]),
    abundances: new Float32Array([0.25, 0.75, 1, 0]),
    gain: new Float32Array([1, 1]),
    nuisance: null,
    mask: new Uint8Array(2),
    excludedBands: new Uint8Array(3),
    residual: {
      rmse: 0.01,
      meanAngle: 0.02,
      rmseMap: new Float32Array([0.5, 0.25]),
      angleMap: new Float32Array([1, 2]),
      spectrum: new Float32Array(3),
    },
    spread: null,
    negativeShare: { endmembers: 0, abundances: 0.125 },
  },
  report: {
    options,
    backend: null,
    stages: [{ stage: 'preparing', seconds: 0.5 }],
    seconds: 0.5,
    loss: null,
    epochs: 0,
    rmse: 0.01,
    meanAngle: 0.02,
    maskedPixels: 0,
    excludedBands: 0,
    stopped: false,
    versions: { stratigraph: '0.1.0' },
    warnings: ['of the run'],
    diagnostics: [],
  },
};
const corrections: readonly Step[] = [
  { kind: 'snv', on: true },
  { kind: 'vector', on: false },
];
const input: RunInput = {
  original: { ...cube, width: 20, height: 10 },
  corrections,
  notes: ['of the corrections'],
  geometry: cube.geometry,
};
const files = await exportRun(input, result, ['of the file']);
const content = (name: string, written = files): string | Uint8Array => {
  const found = written.find((one) => one.name === name);
  if (!found) throw new Error(`${name} was not written`);
  return found.content;
};
const textOf = (name: string, written = files): string => {
  const found = content(name, written);
  return typeof found === 'string' ? found : new TextDecoder().decode(found);
};
/** The image of a name, opened again. */
async function opened(name: string, written = files): Promise<Cube> {
  const part = content(`${name}.img`, written);
  if (typeof part === 'string') throw new Error('a text was written');
  const [one] = await openFiles([
    new File([textOf(`${name}.hdr`, written)], `${name}.hdr`),
    new File([part.slice()], `${name}.img`),
  ]);
  if (one.kind !== 'cube') throw new Error(one.kind);
  return one.cube;
}

describe('what a run leaves behind', () => {
  it('is abundances, classes, residual, endmembers, recipe and report', () => {
    expect(files.map(({ name }) => name)).to.deep.equal([
      'abundances.hdr',
      'abundances.img',
      'classes.hdr',
      'classes.img',
      'residual.hdr',
      'residual.img',
      'endmembers.csv',
      'recipe.json',
      'report.json',
    ]);
  });

  it('holds abundances that open again as they were, with the pixel size', async () => {
    const { data, geometry } = await opened('abundances');
    expect([...data]).to.deep.equal([0.25, 0.75, 1, 0]);
    expect(geometry).to.deep.equal(cube.geometry);
    expect(textOf('abundances.hdr')).to.contain(
      'band names = { lead white, varnish "old" }',
    );
  });

  it('holds endmembers in the shortest decimals that keep 32 bits, names quoted as RFC 4180 asks', () => {
    expect(textOf('endmembers.csv')).to.equal(
      'absorbance at wavenumber (cm-1),lead white,"varnish, ""old"""\n' +
        '4000,0.1,0.5\n3000.5,0.2,1\n2000,1,1e-9\n',
    );
  });

  it('holds maps and endmembers in the formats that are asked for', async () => {
    const others = await exportRun(input, result, [], 'ome-tiff', 'jcamp');
    expect(others.map(({ name }) => name)).to.deep.equal([
      'abundances.ome.tif',
      'classes.ome.tif',
      'residual.ome.tif',
      'endmembers.jdx',
      'recipe.json',
      'report.json',
    ]);
  });

  it('holds classes as an ENVI classification of bytes, with the names of the endmembers', async () => {
    const { data, bandNames } = await opened('classes');
    expect([...data]).to.eql([2, 1]);
    expect(bandNames).to.eql(['Classes']);
    expect(textOf('classes.hdr'))
      .to.contain('file type = ENVI Classification\ndata type = 1\n')
      .and.to.contain(
        'classes = 3\nclass names = { None, lead white, varnish "old" }',
      );
    const strict = await exportRun(
      { ...input, classThreshold: 0.8 },
      result,
      [],
    );
    expect([...(await opened('classes', strict)).data]).to.eql([0, 1]);
  });

  it('holds the root mean square and the angle of each pixel side by side', async () => {
    const { data, bandNames } = await opened('residual');
    expect([...data]).to.eql([0.5, 1, 0.25, 2]);
    expect(bandNames).to.eql(['root mean square', 'angle (rad)']);
  });

  it('holds factors and spectra of what is no material, where there is any', async () => {
    const nuisance = {
      names: ['Baseline offset', 'Water vapour'],
      spectra: Float32Array.of(1, 1, 1, 0, 0.5, 0),
      coefficients: Float32Array.of(0.125, -2, 3, 4),
    };
    const written = await exportRun(
      input,
      { ...result, unmixing: { ...result.unmixing, nuisance } },
      [],
    );
    const { data, bandNames } = await opened('nuisance', written);
    expect([...data]).to.eql([0.125, -2, 3, 4]);
    expect(bandNames).to.eql(nuisance.names);
    expect(textOf('nuisance-spectra.csv', written)).to.equal(
      'absorbance at wavenumber (cm-1),Baseline offset,Water vapour\n' +
        '4000,1,0\n3000.5,1,0.5\n2000,1,0\n',
    );
  });

  it('holds the standard deviations over several runs, and the angles in the report', async () => {
    const spread = {
      runs: 3,
      endmembers: Float32Array.of(0, 0.25, 0, 0.5, 0, 1),
      abundances: Float32Array.of(0.125, 0.125, 0, 0),
      angles: Float32Array.of(0.25, 0.5),
    };
    const written = await exportRun(
      input,
      {
        ...result,
        unmixing: { ...result.unmixing, spread },
        report: { ...result.report, diagnostics: ['a doubt'] },
      },
      [],
    );
    const { data, bandNames } = await opened('abundances-deviation', written);
    expect([...data]).to.eql([0.125, 0.125, 0, 0]);
    expect(bandNames?.[0]).to.equal('lead white');
    expect(textOf('endmembers-deviation.csv', written)).to.contain(
      '\n4000,0,0.5\n3000.5,0.25,0\n2000,0,1\n',
    );
    expect(JSON.parse(textOf('report.json', written))).to.deep.include({
      spread: { runs: 3, angles: [0.25, 0.5] },
      diagnostics: ['a doubt'],
    });
    expect(JSON.parse(textOf('report.json'))).to.deep.include({ spread: null });
  });

  it('holds a recipe of corrections and options, and a report of what was corrected, the figures, warnings of file and run in turn', () => {
    const recipe = readRecipe(textOf('recipe.json'));
    expect(recipe.options).to.deep.equal(options);
    expect(recipe.corrections).to.deep.equal(corrections);
    expect(recipe.input.width).to.equal(20);
    const report = JSON.parse(textOf('report.json')) as Record<string, unknown>;
    expect(report).to.deep.include({
      input: { name: 'section', width: 20, height: 10, bands: 3 },
      corrections: { steps: [corrections[0]], notes: ['of the corrections'] },
      seed: 4,
      preset: 'auto',
      backend: null,
      loss: null,
      rmse: 0.01,
      meanAngle: 0.02,
      warnings: ['of the file', 'of the run'],
      versions: { stratigraph: '0.1.0' },
      stages: [{ stage: 'preparing', seconds: 0.5 }],
    });
  });
});
