import type { EndmemberEdit } from '../engine/endmember-edits.js';
import {
  type UnmixOptions,
  type UnmixRequest,
  networkDefaults,
  presets,
  resolveOptions,
  unmixDefaults,
} from '../engine/options.js';
import { version } from '../engine/version.js';
import { checkSteps } from '../preprocess/check-steps.js';
import type { Step } from '../preprocess/steps.js';
import {
  type AxisUnit,
  type Quantity,
  type SpectralAxis,
  axisUnits,
  quantities,
} from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError, isUnmixingError } from '../spectral/errors.js';
import { checkEdits } from './endmember-edits.js';

/** Version of the recipe's form; it rises when an older program could no longer replay it. */
const recipeVersion = 4;

/** Everything that is needed to repeat a run on the same file. */
export interface Recipe {
  /** Version of the program that wrote it. */
  readonly stratigraph: string;
  readonly recipe: typeof recipeVersion;
  /** Corrections of the image before it was unmixed, in order. Form 1 knew none. */
  readonly corrections: readonly Step[];
  readonly options: UnmixOptions;
  /** What was done to the endmembers after the run, in order. Forms before 4 knew none. */
  readonly edits: readonly EndmemberEdit[];
  /** What the axis was taken for, said by the file or by a person. */
  readonly axis: Pick<SpectralAxis, 'unit' | 'quantity'>;
  /** The image it was made on, before corrections. Another image may be unmixed with it. */
  readonly input: {
    readonly name: string;
    readonly width: number;
    readonly height: number;
    readonly bands: number;
  };
}

export function makeRecipe(
  {
    name,
    width,
    height,
    axis,
  }: Pick<Cube, 'name' | 'width' | 'height' | 'axis'>,
  options: UnmixOptions,
  corrections: readonly Step[] = [],
  edits: readonly EndmemberEdit[] = [],
): Recipe {
  const { unit, quantity, values } = axis;
  return {
    stratigraph: version,
    recipe: recipeVersion,
    corrections,
    options,
    edits,
    axis: { unit, quantity },
    input: { name, width, height, bands: values.length },
  };
}

export function writeRecipe(recipe: Recipe): string {
  return `${JSON.stringify(recipe, null, 2)}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function refuse(field: string, value: unknown, want: string): never {
  const said = JSON.stringify(value) as string | undefined;
  const short = said && said.length > 60 ? `${said.slice(0, 60)}…` : said;
  throw new UnmixingError(
    'file',
    `invalid recipe: ${field} is ${short ?? 'missing'} (want ${want})`,
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(parent: Fields, key: string): Fields {
  const value = parent[key];
  return isFields(value) ? value : refuse(key, value, 'an object');
}

function stringOf(parent: Fields, key: string, path: string): string {
  const value = parent[key];
  return typeof value === 'string' ? value : refuse(path, value, 'a text');
}

function sizeOf(parent: Fields, key: string, path: string): number {
  const value = parent[key];
  return typeof value === 'number' && Number.isInteger(value) && value > 0
    ? value
    : refuse(path, value, 'a whole number, at least 1');
}

function oneOrNull<T extends string>(
  parent: Fields,
  key: string,
  path: string,
  allowed: readonly T[],
): T | null {
  const value = parent[key];
  if (value === null) return null;
  return (
    allowed.find((one) => one === value) ??
    refuse(path, value, `${allowed.join(', ')} or null`)
  );
}

const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

const isSpectrum = (value: unknown): boolean =>
  isFields(value) &&
  typeof value.name === 'string' &&
  isNumbers(value.positions) &&
  isNumbers(value.values);

/** Whether options from outside have the form of a request; the values are for resolveOptions to judge. */
function isRequest(options: Fields): options is Fields & UnmixRequest {
  const known = [
    'endmembers',
    'preset',
    'seed',
    'exclude',
    'method',
    'scaling',
    'abundances',
    'runs',
    'fixed',
    'backend',
    'network',
  ];
  for (const key of known)
    if (options[key] === undefined)
      refuse(`options.${key}`, undefined, 'every option, as written');
  for (const key of Object.keys(options))
    if (!known.includes(key))
      refuse(`options.${key}`, options[key], `only ${known.join(', ')}`);
  const { exclude, fixed, network } = options;
  if (!Array.isArray(exclude))
    refuse('options.exclude', exclude, 'a list of windows');
  for (const [i, window] of exclude.entries())
    if (
      !Array.isArray(window) ||
      window.length !== 2 ||
      !window.every((end) => typeof end === 'number')
    )
      refuse(`options.exclude[${i}]`, window, 'two numbers on the axis');
  if (!Array.isArray(fixed))
    refuse('options.fixed', fixed, 'a list of spectra');
  for (const [i, spectrum] of fixed.entries())
    if (!isSpectrum(spectrum))
      refuse(
        `options.fixed[${i}]`,
        spectrum,
        'a name, positions and values of a spectrum',
      );
  if (!isFields(network))
    return refuse('options.network', network, 'an object');
  const constants = Object.keys(networkDefaults.network);
  for (const key of Object.keys(network))
    if (!constants.includes(key))
      refuse(`options.network.${key}`, network[key], constants.join(', '));
  return true;
}

/** A part checked as that of any caller; what is wrong with it is wrong with the file. */
function ofRecipe<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!isUnmixingError(cause) || cause.message.startsWith('invalid recipe'))
      throw cause;
    throw new UnmixingError(
      'file',
      `invalid recipe: ${cause.message.replace(/^invalid /, place)}`,
      { cause },
    );
  }
}

/** Options as forms 1 and 2 wrote them, under the names and with the choices of today. */
function renewed({ extraction, preset, network, ...rest }: Fields): Fields {
  const { scaling, runs, fixed } = unmixDefaults;
  const known = isFields(network) && presets.find((name) => name === preset);
  return {
    ...rest,
    preset: preset === 'fast' ? 'auto' : preset,
    method: extraction,
    scaling,
    runs,
    fixed,
    network: isFields(network)
      ? { ...networkDefaults[known || 'auto'], ...network }
      : network,
  };
}

function readOptions(options: Fields): UnmixOptions {
  return isRequest(options)
    ? ofRecipe('options.', () => resolveOptions(options))
    : refuse('options', options, 'options');
}

/**
 * Reads a recipe. Its text may come from anywhere: nothing in it is trusted.
 * @throws UnmixingError `file` naming the field that is wrong, or the version that is too new
 */
export function readRecipe(text: string): Recipe {
  let all: unknown;
  try {
    all = JSON.parse(text);
  } catch (cause) {
    throw new UnmixingError(
      'file',
      'invalid recipe: the file is not JSON (want a recipe.json as written by stratigraph)',
      { cause },
    );
  }
  if (!isFields(all)) return refuse('the file', all, 'an object');
  const form = sizeOf(all, 'recipe', 'recipe');
  const writer = stringOf(all, 'stratigraph', 'stratigraph');
  if (form > recipeVersion)
    throw new UnmixingError(
      'file',
      `This recipe was written by stratigraph ${writer.slice(0, 20)} in form ${form}, and this is stratigraph ${version}, which reads forms up to ${recipeVersion}: update to open it.`,
    );
  const axis = fieldsOf(all, 'axis');
  const input = fieldsOf(all, 'input');
  return {
    stratigraph: writer,
    recipe: recipeVersion,
    corrections:
      form === 1 ? [] : ofRecipe('', () => checkSteps(all.corrections)),
    options: readOptions(
      form < 3 ? renewed(fieldsOf(all, 'options')) : fieldsOf(all, 'options'),
    ),
    edits: form < 4 ? [] : ofRecipe('', () => checkEdits(all.edits)),
    axis: {
      unit: oneOrNull<AxisUnit>(axis, 'unit', 'axis.unit', axisUnits),
      quantity: oneOrNull<Quantity>(
        axis,
        'quantity',
        'axis.quantity',
        quantities,
      ),
    },
    input: {
      name: stringOf(input, 'name', 'input.name'),
      width: sizeOf(input, 'width', 'input.width'),
      height: sizeOf(input, 'height', 'input.height'),
      bands: sizeOf(input, 'bands', 'input.bands'),
    },
  };
}
