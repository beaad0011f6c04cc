import { networkConstantNames } from '../../engine/network-constants.js';
import {
  type UnmixOptions,
  type UnmixRequest,
  abundanceRules,
  backends,
  methods,
  presets,
  resolveOptions,
  scalings,
} from '../../engine/options.js';
import type { CubeSummary, Report, Stage } from '../../engine/protocol.js';
import { version } from '../../engine/version.js';
import type { Missing } from '../../formats/opened.js';
import { ramps } from '../../imaging/ramp.js';
import { checkSteps } from '../../preprocess/check-steps.js';
import { axisUnits, quantities } from '../../spectral/axis.js';
import { UnmixingError, isUnmixingError } from '../../spectral/errors.js';
import { checkEdits } from '../endmember-edits.js';
import type { Unmixing } from '../../spectral/unmixing.js';
import {
  type Check,
  also,
  between,
  by,
  fields,
  figure,
  flag,
  list,
  matching,
  name,
  number,
  object,
  oneOf,
  optional,
  orNull,
  record,
  refuse,
  sentence,
  text,
  tuple,
  variant,
  whole,
} from './check.js';
import {
  type ArrayPiece,
  type ArrayType,
  type CubeContent,
  type CubeSource,
  type DisplayContent,
  type FileRecord,
  type LayerContent,
  type RegistrationContent,
  type RunContent,
  type SessionDocument,
  type Stored,
  type UnfinishedRun,
  type ViewContent,
  sessionVersion,
} from './schema.js';

/** Longer than any image; what is there is checked against the bytes of its piece before room is made for it. */
const longest = 2 ** 31;
const size = whole(1, longest);
const index = whole(0, longest);
const id = matching(
  /^[\p{L}\p{N}._:/ -]{1,200}$/u,
  'an id of at most 200 letters, digits and . _ : / -',
);
const key = text(300);
const colour = matching(/^#[\da-f]{6}$/i, 'a colour such as #41c0f6');

const file = fields<FileRecord>({
  name: text(4000),
  size: whole(0, Number.MAX_SAFE_INTEGER),
  lastModified: number,
  sha256: orNull(matching(/^[\da-f]{64}$/, '64 hexadecimal digits')),
  piece: orNull(key),
});

const array = (type: ArrayType): Check<ArrayPiece> =>
  fields<ArrayPiece>({
    piece: key,
    type: oneOf([type]),
    shape: list(whole(0, longest), 4),
  });
const floats = array('float32');
const bytes = array('uint8');

/** Refuses an array that does not hold so many values. */
function holds({ shape }: ArrayPiece, values: number, place: string): void {
  const has = shape.reduce((all, one) => all * one, 1);
  if (has !== values)
    refuse(`${place}.shape`, shape, `${values} values in all`);
}

const bandsOf = ({ values }: { readonly values: ArrayPiece }): number =>
  values.shape.reduce((all, one) => all * one, 1);

const axis = fields<Stored<Unmixing['axis']>>({
  values: array('float64'),
  unit: orNull(oneOf(axisUnits)),
  quantity: orNull(oneOf(quantities)),
});

const geometry = fields<CubeSummary['geometry']>({
  origin: tuple(number, 3),
  spacing: tuple(number, 3),
  direction: also(list(number, 9), (all, place) => {
    if (all.length !== 9) refuse(place, all, 'nine numbers');
  }),
  unit: orNull(oneOf(['µm', 'mm'])),
});

const length: Check<number> = also(number, (value, place) => {
  if (!(value > 0)) refuse(place, value, 'a number above 0');
});
const affine = tuple(number, 6);
const missing = list<Missing>(oneOf(['axis', 'unit', 'quantity', 'width']), 4);
const sentences = list(sentence, 1000);
const answers = record(text(4000), 1000);

const source = variant<'kind', Stored<CubeSource>>('kind', {
  files: fields({
    kind: oneOf(['files']),
    files: list(file, 100_000),
    answers,
  }),
  urls: fields({
    kind: oneOf(['urls']),
    urls: list(matching(/^https?:/, 'an address of the web'), 1000),
    answers,
  }),
  values: also(
    fields({
      kind: oneOf(['values']),
      type: name,
      width: size,
      height: size,
      axis,
      geometry,
      data: floats,
      missing,
      warnings: sentences,
    }),
    ({ width, height, axis: along, data }, place) => {
      holds(data, width * height * bandsOf(along), `${place}.data`);
    },
  ),
});

const window = tuple(number, 2);

/** Of a network's constants: numbers and words, judged when a run begins. */
const network: Check<NonNullable<UnmixRequest['network']>> = (value, place) => {
  const given = object(value, place);
  for (const key of Object.keys(given))
    if (!networkConstantNames.some((one) => one === key))
      refuse(`${place}.${key}`, given[key], networkConstantNames.join(', '));
  for (const [key, one] of Object.entries(given))
    if (!['number', 'string', 'boolean'].includes(typeof one))
      refuse(`${place}.${key}`, one, 'a number or a word');
  return given;
};

const spectrumValues = list(number, 1_000_000);
const request = fields<UnmixRequest>({
  endmembers: number,
  preset: optional(oneOf(presets)),
  seed: optional(number),
  exclude: optional(list(window, 1000)),
  method: optional(oneOf(methods)),
  scaling: optional(oneOf(scalings)),
  abundances: optional(oneOf(abundanceRules)),
  runs: optional(number),
  fixed: optional(
    list(
      fields({
        name,
        positions: spectrumValues,
        values: spectrumValues,
      }),
      100,
    ),
  ),
  backend: optional(oneOf([...backends, 'auto'])),
  network: optional(network),
});

/** Options of a run that was made: as any caller's, they must be such that a run can be made. */
const options: Check<UnmixOptions> = (value, place) => {
  const given = request(value, place);
  return by(() => resolveOptions(given))(value, place);
};

const stages: readonly Stage[] = [
  'preparing',
  'subspace',
  'extracting',
  'training',
  'fitting',
];

const report = fields<Report>({
  options,
  backend: orNull(oneOf(backends)),
  stages: list(fields({ stage: oneOf(stages), seconds: figure }), 100),
  seconds: figure,
  loss: orNull(number),
  epochs: figure,
  rmse: figure,
  meanAngle: figure,
  maskedPixels: figure,
  excludedBands: figure,
  stopped: flag,
  versions: record(name, 100),
  warnings: sentences,
  diagnostics: sentences,
  edits: optional(by(checkEdits)),
});

const names = list(name, 1000);

const unmixing = also(
  fields<Stored<Unmixing>>({
    width: size,
    height: size,
    axis,
    names,
    endmembers: floats,
    abundances: floats,
    gain: floats,
    nuisance: orNull(fields({ names, spectra: floats, coefficients: floats })),
    mask: bytes,
    excludedBands: bytes,
    residual: fields({
      rmse: figure,
      meanAngle: figure,
      rmseMap: floats,
      angleMap: floats,
      spectrum: floats,
    }),
    spread: orNull(
      fields({
        runs: whole(2, 1000),
        endmembers: floats,
        abundances: floats,
        angles: floats,
      }),
    ),
    negativeShare: fields({ endmembers: figure, abundances: figure }),
  }),
  (all, place) => {
    const { width, height, nuisance, residual, spread } = all;
    const pixels = width * height;
    const count = all.names.length;
    const bands = bandsOf(all.axis);
    if (count === 0) refuse(`${place}.names`, all.names, 'at least one name');
    holds(all.endmembers, count * bands, `${place}.endmembers`);
    holds(all.abundances, pixels * count, `${place}.abundances`);
    holds(all.gain, pixels, `${place}.gain`);
    holds(all.mask, pixels, `${place}.mask`);
    holds(all.excludedBands, bands, `${place}.excludedBands`);
    holds(residual.rmseMap, pixels, `${place}.residual.rmseMap`);
    holds(residual.angleMap, pixels, `${place}.residual.angleMap`);
    holds(residual.spectrum, bands, `${place}.residual.spectrum`);
    if (nuisance) {
      const terms = nuisance.names.length;
      holds(nuisance.spectra, terms * bands, `${place}.nuisance.spectra`);
      holds(
        nuisance.coefficients,
        pixels * terms,
        `${place}.nuisance.coefficients`,
      );
    }
    if (spread) {
      holds(spread.endmembers, count * bands, `${place}.spread.endmembers`);
      holds(spread.abundances, pixels * count, `${place}.spread.abundances`);
      holds(spread.angles, count, `${place}.spread.angles`);
    }
  },
);

const run = also(
  fields<Stored<RunContent>>({
    id,
    name,
    unmixing,
    names,
    colours: list(colour, 1000),
    report,
    steps: by(checkSteps),
    geometry,
    finished: number,
  }),
  (all, place) => {
    const count = all.unmixing.names.length;
    if (all.names.length !== count)
      refuse(`${place}.names`, all.names, `${count} names`);
    if (all.colours.length < count)
      refuse(`${place}.colours`, all.colours, `${count} colours`);
  },
);

const summary = also(
  fields<Stored<CubeSummary>>({
    name,
    width: size,
    height: size,
    axis,
    geometry,
    original: fields({ width: size, height: size, axis }),
    notes: sentences,
    mean: floats,
    reliability: floats,
    mask: bytes,
    masked: fields({
      notFinite: index,
      constant: index,
      saturated: index,
      given: index,
    }),
    warnings: sentences,
  }),
  (all, place) => {
    const bands = bandsOf(all.axis);
    holds(all.mean, bands, `${place}.mean`);
    holds(all.reliability, bands, `${place}.reliability`);
    holds(all.mask, all.width * all.height, `${place}.mask`);
  },
);

const unfinished = fields<Stored<UnfinishedRun>>({
  preset: name,
  reached: sentence,
  endmembers: orNull(floats),
  abundances: orNull(floats),
});

const display = variant<'mode', DisplayContent>('mode', {
  'false-colour': fields({ mode: oneOf(['false-colour']) }),
  band: fields({ mode: oneOf(['band']), band: index }),
});

const unlikeIds = (
  all: readonly { readonly id: string }[],
  place: string,
): void => {
  const ids = new Set<string>();
  for (const [i, { id: one }] of all.entries()) {
    if (ids.has(one)) refuse(`${place}[${i}].id`, one, 'ids that differ');
    ids.add(one);
  }
};

const cube = also(
  fields<Stored<CubeContent>>({
    id,
    name,
    type: name,
    source,
    said: fields({
      ends: optional(window),
      unit: optional(oneOf(axisUnits)),
      quantity: optional(oneOf(quantities)),
      width: optional(size),
    }),
    missing,
    unsaid: missing,
    unitLength: optional(length),
    warnings: sentences,
    choice: orNull(
      fields({
        file: orNull(text(4000)),
        chosen: text(4000),
        choices: list(
          fields({ id: text(4000), description: sentence }),
          10_000,
        ),
      }),
    ),
    summary,
    steps: by(checkSteps),
    display,
    request,
    shown: orNull(run),
    runs: also(list(run, 1000), unlikeIds),
    shownRun: orNull(id),
    unfinished: orNull(unfinished),
    colours: list(colour, 1000),
    classThreshold: between(0, 1),
    selected: orNull(index),
    pinned: orNull(tuple(index, 2)),
  }),
  (all, place) => {
    const { width, height } = all.summary;
    const { shown, runs, shownRun, unfinished: last } = all;
    if (
      shown &&
      (shown.unmixing.width !== width || shown.unmixing.height !== height)
    )
      refuse(
        `${place}.shown.unmixing.width`,
        shown.unmixing.width,
        `the size of the cube, ${width} x ${height}`,
      );
    if (shownRun !== null && !runs.some((one) => one.id === shownRun))
      refuse(`${place}.shownRun`, shownRun, 'the id of one of the runs');
    if (last?.endmembers && last.abundances) {
      const count = last.endmembers.shape[0] ?? 0;
      const bands = bandsOf(all.summary.axis);
      holds(last.endmembers, count * bands, `${place}.unfinished.endmembers`);
      holds(
        last.abundances,
        count * width * height,
        `${place}.unfinished.abundances`,
      );
    }
  },
);

type StoredImage = NonNullable<Stored<LayerContent>['image']>;
const byteColour = whole(0, 255);
const rgb = tuple(byteColour, 3);

const image = variant<'kind', StoredImage>('kind', {
  map: also(
    fields({
      kind: oneOf(['map']),
      width: size,
      height: size,
      values: floats,
    }),
    ({ width, height, values }, place) => {
      holds(values, width * height, `${place}.values`);
    },
  ),
  classes: also(
    fields({
      kind: oneOf(['classes']),
      width: size,
      height: size,
      classes: bytes,
      names,
      colours: list(rgb, 1000),
    }),
    ({ width, height, classes }, place) => {
      holds(classes, width * height, `${place}.classes`);
    },
  ),
  rgba: also(
    fields({
      kind: oneOf(['rgba']),
      width: size,
      height: size,
      data: array('uint8-clamped'),
    }),
    ({ width, height, data }, place) => {
      holds(data, 4 * width * height, `${place}.data`);
    },
  ),
});

const style = fields<LayerContent['style']>({
  colour: rgb,
  opacity: between(0, 1),
  visible: flag,
  colourMap: oneOf(['single', ...ramps]),
  limits: tuple(number, 2),
  gamma: between(0.01, 100),
  threshold: number,
  blending: oneOf(['translucent', 'additive']),
  interpolation: oneOf(['nearest', 'linear']),
});

const layer = also(
  fields<Stored<LayerContent>>({
    id,
    owner: id,
    role: oneOf(['cube', 'picture', 'abundance', 'diagnostic']),
    endmember: orNull(index),
    name,
    named: flag,
    unit: name,
    locked: flag,
    style,
    source: geometry,
    image: orNull(image),
  }),
  ({ role, image: shown, endmember }, place) => {
    if (role === 'abundance') {
      if (endmember === null) refuse(`${place}.endmember`, null, 'a number');
    } else if (!shown) refuse(`${place}.image`, null, 'an image');
  },
);

const pair = tuple(number, 2);
const registration = fields<RegistrationContent>({
  moving: id,
  fixed: id,
  kind: oneOf(['rigid', 'similarity', 'affine']),
  landmarks: list(fields({ moving: pair, fixed: pair }), 10_000),
});

const point = tuple(number, 3);
const view = fields<ViewContent>({
  centre: point,
  right: point,
  up: point,
  halfHeight: between(Number.MIN_VALUE, Number.MAX_VALUE),
});

const setting: Check<string | number | boolean> = (value, place) =>
  typeof value === 'string'
    ? sentence(value, place)
    : typeof value === 'boolean'
      ? value
      : number(value, place);

const document = also(
  fields<SessionDocument>({
    stratigraph: oneOf(['session']),
    version: (value, place) =>
      value === sessionVersion ? value : refuse(place, value, '1'),
    program: name,
    saved: text(40),
    title: name,
    cubes: also(list(cube, 1000), unlikeIds),
    active: text(200),
    layers: also(list(layer, 10_000), unlikeIds),
    placements: record(affine, 10_000),
    registrations: list(registration, 10_000),
    composite: flag,
    comparison: orNull(record(setting, 100)),
    caption: orNull(sentence),
    view: orNull(view),
  }),
  ({ cubes, active, layers }) => {
    if (active !== '' && !cubes.some((one) => one.id === active))
      refuse('active', active, 'the id of one of the cubes');
    for (const [i, { role, owner, endmember }] of layers.entries()) {
      if (role === 'picture') continue;
      const of = cubes.find((one) => one.id === owner);
      if (!of) return refuse(`layers[${i}].owner`, owner, 'the id of a cube');
      const count = of.shown?.names.length ?? 0;
      if (role === 'abundance' && of.shown && (endmember ?? 0) >= count)
        refuse(
          `layers[${i}].endmember`,
          endmember,
          `one of the ${count} endmembers of ${owner}`,
        );
    }
  },
);

/** A longer document describes no session. */
export const longestDocument = 500e6;

/**
 * Checks a session's document. It may come from anywhere: nothing in it is trusted. Arrays are only checked to fit each other
 * here; `fromPieces` holds them against what is there.
 * @throws UnmixingError `file` naming the field that is wrong, or the version that is too new
 */
export function checkDocument(value: unknown): SessionDocument {
  const all = object(value, 'the document');
  if (all.stratigraph !== 'session')
    refuse('stratigraph', all.stratigraph, 'session');
  const form = whole(1, Number.MAX_SAFE_INTEGER)(all.version, 'version');
  if (form > sessionVersion)
    throw new UnmixingError(
      'file',
      `This session was written by stratigraph ${name(all.program, 'program').slice(0, 20)} in form ${form}, and this is stratigraph ${version}, which reads forms up to ${sessionVersion}: update to open it.`,
    );
  return document(value, '');
}

/** The same from the text of session.json. */
export function readDocument(json: string): SessionDocument {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new UnmixingError(
      'file',
      'invalid session: session.json is not JSON (want one as written by stratigraph)',
      { cause },
    );
  }
  try {
    return checkDocument(value);
  } catch (cause) {
    if (isUnmixingError(cause)) throw cause;
    throw new UnmixingError(
      'file',
      'invalid session: session.json is nested too deeply',
      { cause },
    );
  }
}
