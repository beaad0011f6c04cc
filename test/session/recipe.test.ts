import { expect } from '@open-wc/testing';
import {
  type UnmixOptions,
  presets,
  resolveOptions,
} from '../../src/engine/options.js';
import {
  makeRecipe,
  readRecipe,
  writeRecipe,
} from '../../src/session/recipe.js';
import type { Step } from '../../src/preprocess/steps.js';
import { isUnmixingError } from '../../src/spectral/errors.js';

const cube = {
  name: 'section "A"',
  width: 160,
  height: 64,
  axis: {
    values: new Float64Array([4000, 3000, 2000]),
    unit: 'cm-1',
    quantity: 'absorbance',
  },
} as const;
const options: UnmixOptions = resolveOptions({
  endmembers: 7,
  preset: 'network',
  seed: 12,
  exclude: [
    [2400, 2280],
    [900, 950.5],
  ],
  method: 'nfindr',
  abundances: 'fcls',
  backend: 'wasm',
  network: { epochs: 33, learningRate: 0.002 },
});

const corrections: readonly Step[] = [
  { kind: 'range', on: true, window: [3800, 900] },
  { kind: 'rubberband', on: false },
];

function refusal(text: string): string {
  try {
    readRecipe(text);
  } catch (error) {
    if (isUnmixingError(error) && error.tag === 'file') return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a recipe', () => {
  it('that was written reads back to the same corrections, options, axis and input', () => {
    const recipe = makeRecipe(cube, options, corrections);
    expect(recipe.corrections).to.deep.equal(corrections);
    expect(readRecipe(writeRecipe(recipe))).to.deep.equal(recipe);
    expect(recipe.input).to.deep.equal({
      name: 'section "A"',
      width: 160,
      height: 64,
      bands: 3,
    });
  });

  for (const preset of presets)
    it(`of ${preset} replays to the same options when they are resolved again`, () => {
      const once = resolveOptions({ endmembers: 3, preset });
      const { options: read } = readRecipe(writeRecipe(makeRecipe(cube, once)));
      expect(resolveOptions(read)).to.deep.equal(once);
    });

  it('may leave unit and quantity unknown', () => {
    const bare = {
      ...cube,
      axis: { ...cube.axis, unit: null, quantity: null },
    };
    const { axis } = readRecipe(writeRecipe(makeRecipe(bare, options)));
    expect(axis).to.deep.equal({ unit: null, quantity: null });
  });

  it('of form 2 keeps its answers under the names of today', () => {
    const recipe = makeRecipe(cube, options);
    const { method, scaling, runs, fixed, network, ...rest } = recipe.options;
    const { optimiser, bandWeights, ...constants } = network;
    const old = {
      ...recipe,
      recipe: 2,
      options: { ...rest, extraction: method, network: constants },
    };
    expect(readRecipe(JSON.stringify(old))).to.deep.equal(recipe);
    expect({ scaling, runs, fixed, optimiser, bandWeights }).to.deep.equal({
      scaling: 'auto',
      runs: 1,
      fixed: [],
      optimiser: 'adam',
      bandWeights: 'even',
    });
    const fast = { ...old, options: { ...old.options, preset: 'fast' } };
    expect(readRecipe(JSON.stringify(fast)).options.preset).to.equal('auto');
  });

  it('of form 1 reads as one without corrections', () => {
    const recipe = makeRecipe(cube, options);
    const { method, ...rest } = recipe.options;
    const old = {
      ...recipe,
      recipe: 1,
      corrections: undefined,
      options: { ...rest, extraction: method },
    };
    expect(readRecipe(JSON.stringify(old))).to.deep.equal(recipe);
  });

  it('keeps the spectra that were held fixed', () => {
    const known = {
      name: 'lead white',
      positions: [4000, 900],
      values: [0, 1],
    };
    const held = resolveOptions({ endmembers: 3, fixed: [known] });
    const { fixed } = readRecipe(writeRecipe(makeRecipe(cube, held))).options;
    expect(fixed).to.deep.equal([known]);
  });

  it('keeps the edits of endmembers; forms before 4 have none', () => {
    const recipe = makeRecipe(
      cube,
      options,
      [],
      [
        {
          kind: 'merge',
          endmembers: [0, 2],
          spectrum: 'mean',
          names: ['Calcite', 'Endmember 3'],
          at: 1000,
        },
      ],
    );
    expect(readRecipe(writeRecipe(recipe))).to.deep.equal(recipe);
    expect(
      readRecipe(JSON.stringify({ ...recipe, recipe: 3 })).edits,
    ).to.deep.equal([]);
  });

  it('of a newer form is refused with both versions', () => {
    const newer = {
      ...makeRecipe(cube, options),
      recipe: 5,
      stratigraph: '9.1.0',
    };
    const sentence = refusal(JSON.stringify(newer));
    expect(sentence).to.contain('stratigraph 9.1.0 in form 5');
    expect(sentence).to.contain('update');
  });

  it('that is no JSON, or no object, is refused', () => {
    expect(refusal('{ half')).to.contain('the file is not JSON');
    for (const text of ['[]', 'null', '7', '"recipe"'])
      expect(refusal(text)).to.contain('(want an object)');
  });

  // One field is broken at a time; the path says which, the sentence must name it.
  const broken: [string, unknown, string][] = [
    ['recipe', '1', 'recipe is "1" (want a whole number, at least 1)'],
    ['recipe', 0, 'recipe is 0'],
    ['stratigraph', 3, 'stratigraph is 3 (want a text)'],
    ['options', null, 'options is null (want an object)'],
    [
      'options.endmembers',
      1,
      'options.endmembers: 1 (want a whole number from 2 to 32)',
    ],
    ['options.endmembers', '5', 'options.endmembers: "5"'],
    ['options.endmembers', undefined, 'options.endmembers is missing'],
    ['options.preset', 'best', 'options.preset: "best"'],
    ['options.preset', 'constructor', 'options.preset: "constructor"'],
    ['options.seed', -1, 'options.seed: -1'],
    [
      'options.exclude',
      'CO2',
      'options.exclude is "CO2" (want a list of windows)',
    ],
    [
      'options.exclude',
      [[1, 2, 3]],
      'options.exclude[0] is [1,2,3] (want two numbers on the axis)',
    ],
    [
      'options.exclude',
      [
        [1, 2],
        ['a', 2],
      ],
      'options.exclude[1] is ["a",2]',
    ],
    ['options.method', 'magic', 'options.method: "magic"'],
    ['options.scaling', 'l1', 'options.scaling: "l1"'],
    ['options.runs', 0, 'options.runs: 0 (want a whole number from 1 to 50)'],
    ['options.fixed', {}, 'options.fixed is {} (want a list of spectra)'],
    ['options.fixed', [{ name: 'x' }], 'options.fixed[0] is {"name":"x"}'],
    ['options.abundances', null, 'options.abundances: null'],
    ['options.backend', 'cuda', 'options.backend: "cuda"'],
    ['options.network', [], 'options.network is [] (want an object)'],
    ['options.network.epochs', 0, 'options.epochs: 0'],
    [
      'options.network.scaleBands',
      'no',
      'options.scaleBands: "no" (want true or false)',
    ],
    ['options.network.colour', 'red', 'options.network.colour is "red"'],
    ['options.colour', 'red', 'options.colour is "red" (want only endmembers'],
    ['corrections', undefined, 'corrections: missing (want a list'],
    [
      'corrections.0.window',
      [1],
      'correction 1 (Band range): window is [1] (want two numbers on the axis)',
    ],
    ['corrections.1.on', 1, 'correction 2 (Rubberband baseline): on is 1'],
    ['axis', undefined, 'axis is missing (want an object)'],
    ['axis.unit', 'mm', 'axis.unit is "mm" (want cm-1, nm, µm, band or null)'],
    ['axis.unit', undefined, 'axis.unit is missing'],
    ['axis.quantity', 4, 'axis.quantity is 4'],
    ['input', [], 'input is [] (want an object)'],
    ['input.name', {}, 'input.name is {} (want a text)'],
    ['input.width', 0, 'input.width is 0'],
    ['input.height', 1.5, 'input.height is 1.5'],
    [
      'input.bands',
      null,
      'input.bands is null (want a whole number, at least 1)',
    ],
  ];
  for (const [path, value, sentence] of broken)
    it(`whose ${path} is ${value === undefined ? 'missing' : JSON.stringify(value)} is refused with a sentence that says so`, () => {
      const recipe: unknown = JSON.parse(
        writeRecipe(makeRecipe(cube, options, corrections)),
      );
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      let parent = recipe as Record<string, unknown>;
      for (const key of keys) parent = parent[key] as Record<string, unknown>;
      parent[last] = value;
      expect(refusal(JSON.stringify(recipe))).to.contain(
        `invalid recipe: ${sentence}`,
      );
    });

  it('with a very long value is refused in a short sentence', () => {
    const text = writeRecipe(makeRecipe(cube, options)).replace(
      '"absorbance"',
      JSON.stringify('x'.repeat(1e5)),
    );
    expect(refusal(text).length).to.be.lessThan(200);
  });
});
