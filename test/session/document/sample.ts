import type { EndmemberEdit } from '../../../src/engine/endmember-edits.js';
import { resolveOptions } from '../../../src/engine/options.js';
import { layerStyleDefaults } from '../../../src/imaging/layer.js';
import type {
  CubeContent,
  LaterArray,
  RunContent,
  SessionContent,
} from '../../../src/session/document/schema.js';
import type { Unmixing } from '../../../src/spectral/unmixing.js';

const width = 3;
const height = 2;
const bands = 4;
const count = 2;
const pixels = width * height;

/** Values that are all different, so that nothing can be swapped unseen. */
const floats = (length: number, start: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => start + i / 7);

const axis = {
  values: Float64Array.of(4000, 3000.5, 2000.25, 1000.125),
  unit: 'cm-1',
  quantity: 'absorbance',
} as const;

const geometry = {
  origin: [1.5, -2, 0],
  spacing: [2.5, 2.5, 1],
  direction: [0, -1, 0, 1, 0, 0, 0, 0, 1],
  unit: 'µm',
} as const;

const unmixing: Unmixing = {
  width,
  height,
  axis,
  names: ['Endmember 1', 'Endmember 2'],
  endmembers: floats(count * bands, 1),
  abundances: floats(pixels * count, 2),
  gain: Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -0, 1e-30, 2),
  nuisance: {
    names: ['offset'],
    spectra: floats(bands, 3),
    coefficients: floats(pixels, 4),
  },
  mask: Uint8Array.of(0, 1, 0, 0, 0, 0),
  excludedBands: Uint8Array.of(0, 0, 1, 0),
  residual: {
    rmse: 0.25,
    meanAngle: 0.125,
    rmseMap: floats(pixels, 5),
    angleMap: floats(pixels, 6),
    spectrum: floats(bands, 7),
  },
  spread: {
    runs: 3,
    endmembers: floats(count * bands, 8),
    abundances: floats(pixels * count, 9),
    angles: floats(count, 10),
  },
  negativeShare: { endmembers: 0, abundances: 0.5 },
};

const steps = [
  { kind: 'range', on: true, window: [3800, 900] },
  { kind: 'rubberband', on: false },
] as const;

const run: RunContent = {
  id: 'run-1',
  name: 'auto, seed 1',
  unmixing,
  names: ['Lead white', 'Öl <b>'],
  colours: ['#41c0f6', '#e8a317'],
  report: {
    options: resolveOptions({ endmembers: 2, exclude: [[2280, 2400]] }),
    backend: null,
    stages: [{ stage: 'preparing', seconds: 0.5 }],
    seconds: 1.5,
    loss: null,
    epochs: 0,
    rmse: 0.25,
    meanAngle: 0.125,
    maskedPixels: 1,
    excludedBands: 1,
    stopped: false,
    versions: { stratigraph: '0.1.0' },
    warnings: ['One thing.'],
    diagnostics: [],
    edits: [
      { kind: 'rename', endmember: 0, name: 'Azurite' },
      { kind: 'reorder', order: [1, 0] },
      { kind: 'merge', endmembers: [0, 1], spectrum: 'mean' },
      { kind: 'split', endmember: 1, threshold: 0.25 },
      { kind: 'delete', endmember: 2 },
      { kind: 'flip', endmember: 0 },
      {
        kind: 'replace',
        endmember: 1,
        spectrum: { name: 'Calcite', positions: [900, 3800], values: [0, 1] },
        from: 'a library',
      },
    ].map((edit) => ({
      ...edit,
      names: ['A', 'B'],
      at: 1_790_000_000_000,
    })) as readonly EndmemberEdit[],
  },
  steps,
  geometry,
  finished: 1_790_000_000_000,
};

const summary: CubeContent['summary'] = {
  name: 'section',
  width,
  height,
  axis,
  geometry,
  original: { width, height, axis },
  notes: ['cut'],
  mean: floats(bands, 11),
  reliability: floats(bands, 12),
  mask: unmixing.mask,
  masked: { notFinite: 0, constant: 1, saturated: 0, given: 0 },
  warnings: [],
};

export const sampleFile = (): File =>
  new File([Uint8Array.of(1, 2, 3, 4, 5)], 'folder/section.img', {
    lastModified: 1_700_000_000_000,
  });

const cube = (id: string, source: CubeContent['source']): CubeContent => ({
  id,
  name: 'section',
  type: 'ENVI',
  source,
  said: { ends: [4000, 1000], unit: 'cm-1' },
  missing: [],
  unsaid: ['axis', 'unit'],
  unitLength: 6.25,
  warnings: ['As you said last time.'],
  choice: {
    file: 'section.mat',
    chosen: 'a',
    choices: [{ id: 'a', description: '3 × 2' }],
  },
  summary,
  steps,
  display: { mode: 'band', band: 2 },
  request: { endmembers: 2, seed: 7, network: { epochs: 3 } },
  shown: run,
  runs: [run, { ...run, id: 'run-2', name: 'auto, seed 2' }],
  shownRun: 'run-1',
  unfinished: {
    preset: 'network',
    reached: 'training, epoch 2 of 30',
    endmembers: floats(count * bands, 13),
    abundances: floats(pixels * count, 14),
  },
  colours: ['#41c0f6', '#e8a317'],
  classThreshold: 0.4,
  selected: 1,
  pinned: [2, 1],
});

const volume = floats(pixels * bands, 20);

const later: LaterArray = {
  identity: volume,
  type: 'float32',
  shape: [height, width, bands],
  load: () => Promise.resolve(volume),
};

/** A session with something of every kind in it. */
export const sampleSession = (
  file: File = sampleFile(),
): SessionContent & { readonly cubes: readonly CubeContent[] } => ({
  title: 'section',
  cubes: [
    cube('cube-1', { kind: 'files', files: [file], answers: { '': 'a' } }),
    cube('cube-2', {
      kind: 'values',
      type: 'this viewer',
      width,
      height,
      axis,
      geometry,
      data: later,
      missing: ['unit'],
      warnings: [],
    }),
    {
      ...cube('cube-3', {
        kind: 'urls',
        urls: ['https://example.org/section.hdr'],
        answers: {},
      }),
      shown: null,
      runs: [],
      shownRun: null,
      unfinished: null,
      choice: null,
      pinned: null,
      selected: null,
      display: { mode: 'false-colour' },
    },
  ],
  active: 'cube-2',
  layers: [
    {
      id: 'cube-1/abundance-0',
      owner: 'cube-1',
      role: 'abundance',
      endmember: 0,
      name: 'Lead white',
      named: false,
      unit: '',
      locked: true,
      style: { ...layerStyleDefaults, gamma: 0.5, colourMap: 'heat' },
      source: geometry,
      image: null,
    },
    {
      id: 'cube-1/classes',
      owner: 'cube-1',
      role: 'diagnostic',
      endmember: null,
      name: 'Classes',
      named: false,
      unit: '',
      locked: false,
      style: layerStyleDefaults,
      source: geometry,
      image: {
        kind: 'classes',
        width,
        height,
        classes: Uint8Array.of(0, 1, 2, 2, 1, 0),
        names: ['Lead white', 'Oil'],
        colours: [
          [65, 192, 246],
          [232, 163, 23],
        ],
      },
    },
    {
      id: 'cube-1/residual-rmse',
      owner: 'cube-1',
      role: 'diagnostic',
      endmember: null,
      name: 'Residual, RMS',
      named: true,
      unit: 'absorbance',
      locked: false,
      style: layerStyleDefaults,
      source: geometry,
      image: { kind: 'map', width, height, values: floats(pixels, 15) },
    },
    {
      id: 'picture-1',
      owner: 'picture-1',
      role: 'picture',
      endmember: null,
      name: 'micrograph',
      named: false,
      unit: '',
      locked: false,
      style: { ...layerStyleDefaults, visible: false },
      source: geometry,
      image: {
        kind: 'rgba',
        width: 2,
        height: 1,
        data: Uint8ClampedArray.of(1, 2, 3, 4, 250, 251, 252, 253),
      },
    },
  ],
  placements: { 'cube-1': [1, 0.125, 2, -0.125, 1, 3] },
  registrations: [
    {
      moving: 'cube-1',
      fixed: 'picture-1',
      kind: 'affine',
      landmarks: [{ moving: [1, 2], fixed: [3, 4.5] }],
    },
  ],
  composite: true,
  comparison: { first: 'cube-1', second: 'picture-1', mode: 'swipe', at: 0.5 },
  caption: null,
  view: {
    centre: [1, 2, 0],
    right: [1, 0, 0],
    up: [0, -1, 0],
    halfHeight: 12.5,
  },
});
