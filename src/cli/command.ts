import { parseArgs } from 'node:util';
import {
  type UnmixRequest,
  abundanceRules,
  backends,
  methods,
  presets,
  scalings,
} from '../engine/options.js';
import { type Measure, measures } from '../session/identify.js';
import type { CubeDescription } from '../engine/protocol.js';
import {
  type ImageFormat,
  type SpectraFormat,
  imageFormats,
  spectraFormats,
} from '../formats/save-formats.js';
import { type Window, axisUnits, quantities } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';
import { readConstants } from './constants.js';
import { fail, invalid } from './refuse.js';

/** A cube to take from a file, or from an address of the web. */
export interface Input {
  readonly file: string;
  /** Which of several arrays or cubes. */
  readonly variable: string | null;
  /** What a person says of it that the file itself leaves out. */
  readonly said: CubeDescription;
}

export interface InfoCommand {
  readonly name: 'info';
  readonly files: readonly string[];
  readonly variable: string | null;
}

export interface IdentifyCommand {
  readonly name: 'identify';
  readonly files: readonly string[];
  /** Files and folders of reference spectra. */
  readonly library: readonly string[];
  /** Parts of the axis to compare; all of it when there are none. */
  readonly ranges: readonly Window[];
  /** Parts of it to leave out. */
  readonly exclude: readonly Window[];
  readonly measure: Measure | undefined;
  /** Candidates told of each spectrum. */
  readonly most: number | undefined;
  readonly penetration: boolean;
}

export interface ConvertCommand extends Input {
  readonly name: 'convert';
  readonly out: string;
  readonly format: ImageFormat;
}

export interface UnmixCommand extends Input {
  readonly name: 'unmix';
  readonly out: string;
  readonly recipe: string | null;
  /** Files of spectra to hold fixed, in place of those of the recipe. */
  readonly fixed: readonly string[];
  /** What was asked for on the command line; endmembers may come from the recipe. */
  readonly options: Partial<UnmixRequest>;
  /** Of the abundance maps. */
  readonly format: ImageFormat;
  /** Least share of the material that is a pixel's class. */
  readonly classThreshold: number | undefined;
  /** Of the endmembers. */
  readonly spectraFormat: SpectraFormat;
}

/** The same for each of several files. */
export interface BatchCommand extends Pick<
  UnmixCommand,
  'out' | 'recipe' | 'options'
> {
  readonly name: 'batch';
  readonly files: readonly string[];
  /** Runs at once; null when not said. */
  readonly atOnce: number | null;
  /** Options of each run, as they were given. */
  readonly passedOn: readonly string[];
}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | InfoCommand
  | IdentifyCommand
  | ConvertCommand
  | UnmixCommand
  | BatchCommand;

const imageIds = imageFormats.map(([id]) => id);
const spectraIds = spectraFormats.map(([id]) => id);

function wholeNumber(
  name: string,
  text: string | undefined,
  want: string,
): number | undefined {
  if (text === undefined) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : invalid(name, text, want);
}

function oneOf<T extends string>(
  name: string,
  text: string | undefined,
  allowed: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  return (
    allowed.find((one) => one === text) ??
    invalid(name, text, allowed.join(', '))
  );
}

function readWindow(name: string, text: string): Window {
  const ends = /^\s*(\d+(?:\.\d+)?)\s*[-–:]\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  return ends
    ? [Number(ends[1]), Number(ends[2])]
    : invalid(name, text, 'two positions on the axis, such as 2280-2400');
}

const readWindows = (name: string, texts: readonly string[] = []): Window[] =>
  texts.map((text) => readWindow(name, text));

/** Positions of the first and the last band. */
function readEnds(text: string): [number, number] {
  const ends = text.split(':').map((end) => (end.trim() ? Number(end) : NaN));
  return ends.length === 2 && ends.every(Number.isFinite)
    ? [ends[0], ends[1]]
    : invalid('axis', text, 'two positions, such as 4000:800');
}

function readShare(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const share = said.trim() === '' ? NaN : Number(said);
  return share >= 0 && share <= 1
    ? share
    : invalid('class-threshold', said, 'a share from 0 to 1');
}

/** Micrometres as people type them; the sign has two code points. */
const plainUnit = (unit: string | undefined): string | undefined =>
  unit === 'um' ? 'µm' : unit?.replace('\u03bc', 'µ');

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      tokens: true,
      options: {
        endmembers: text,
        out: text,
        preset: text,
        seed: text,
        exclude: { type: 'string', multiple: true },
        recipe: text,
        method: text,
        scaling: text,
        abundances: text,
        runs: text,
        fixed: { type: 'string', multiple: true },
        backend: text,
        epochs: text,
        constant: { type: 'string', multiple: true },
        unit: text,
        quantity: text,
        width: text,
        variable: text,
        axis: text,
        'class-threshold': text,
        format: text,
        'spectra-format': text,
        'at-once': text,
        library: { type: 'string', multiple: true },
        range: { type: 'string', multiple: true },
        measure: text,
        most: text,
        penetration: flag,
        help: { ...flag, short: 'h' },
        version: { ...flag, short: 'v' },
      },
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnmixingError(
      'input',
      `${reason.split(/\.\s|\n/)[0].replace(/\.$/, '')}: see stratigraph --help.`,
      { cause },
    );
  }
}

type Parsed = ReturnType<typeof parse>;
type Values = Parsed['values'];

/** Options that say what the file leaves out. */
const ofInput = ['variable', 'axis', 'unit', 'quantity', 'width'] as const;

/** Refuses options of other commands. */
function takeOnly(
  name: string,
  values: Values,
  taken: readonly string[],
): void {
  const stray = Object.keys(values).find((key) => !taken.includes(key));
  if (stray !== undefined) fail(`${name} takes no --${stray}.`);
}

function readInput(
  name: string,
  files: readonly string[],
  values: Values,
): Input {
  if (files.length !== 1)
    fail(
      `${name} takes one file, not ${files.length}: see stratigraph --help.`,
    );
  return {
    file: files[0],
    variable: values.variable ?? null,
    said: {
      ends: values.axis === undefined ? undefined : readEnds(values.axis),
      unit: oneOf('unit', plainUnit(values.unit), axisUnits),
      quantity: oneOf('quantity', values.quantity, quantities),
      width: wholeNumber('width', values.width, 'a whole number of pixels'),
    },
  };
}

function identifyCommand(
  files: readonly string[],
  values: Values,
): IdentifyCommand {
  takeOnly('identify', values, [
    ...['library', 'range', 'exclude'],
    ...['measure', 'most', 'penetration'],
  ]);
  if (files.length === 0)
    fail('identify needs at least one file of spectra to name.');
  const most = wholeNumber('most', values.most, 'a whole number, at least 1');
  if (most === 0) invalid('most', '0', 'a whole number, at least 1');
  return {
    name: 'identify',
    files,
    library:
      values.library ??
      fail('identify needs --library PATH, a file or folder of references.'),
    ranges: readWindows('range', values.range),
    exclude: readWindows('exclude', values.exclude),
    measure: oneOf('measure', values.measure, measures),
    most,
    penetration: values.penetration ?? false,
  };
}

function convertCommand(
  files: readonly string[],
  values: Values,
): ConvertCommand {
  takeOnly('convert', values, [...ofInput, 'out', 'format']);
  return {
    name: 'convert',
    ...readInput('convert', files, values),
    out: values.out ?? fail('convert needs --out DIR, the folder to write to.'),
    format:
      oneOf('format', values.format, imageIds) ??
      fail(`convert needs --format NAME: ${imageIds.join(', ')}.`),
  };
}

function unmixCommand(files: readonly string[], values: Values): UnmixCommand {
  const input = readInput('unmix', files, values);
  if (values.endmembers === undefined && values.recipe === undefined)
    fail('unmix needs --endmembers R, the number of materials (2 to 32).');
  const whole = 'a whole number';
  const endmembers = wholeNumber(
    'endmembers',
    values.endmembers,
    `${whole} from 2 to 32`,
  );
  const seed = wholeNumber('seed', values.seed, `${whole}, at least 0`);
  const epochs = wholeNumber('epochs', values.epochs, `${whole}, at least 1`);
  const preset = oneOf('preset', values.preset, presets);
  const method = oneOf('method', values.method, methods);
  const backend = oneOf('backend', values.backend, ['auto', ...backends]);
  const scaling = oneOf('scaling', values.scaling, scalings);
  const abundances = oneOf('abundances', values.abundances, abundanceRules);
  const runs = wholeNumber('runs', values.runs, `${whole} from 1 to 50`);
  const network = {
    ...readConstants(values.constant ?? []),
    ...(epochs !== undefined && { epochs }),
  };
  const { exclude } = values;
  return {
    name: 'unmix',
    ...input,
    out:
      values.out ?? fail('unmix needs --out DIR, the folder for its results.'),
    recipe: values.recipe ?? null,
    fixed: values.fixed ?? [],
    classThreshold: readShare(values['class-threshold']),
    format: oneOf('format', values.format, imageIds) ?? 'envi',
    spectraFormat:
      oneOf('spectra-format', values['spectra-format'], spectraIds) ?? 'csv',
    // What was not said is left out, so that the recipe and the preset can fill it in.
    options: {
      ...(endmembers !== undefined && { endmembers }),
      ...(preset && { preset }),
      ...(seed !== undefined && { seed }),
      ...(exclude && { exclude: readWindows('exclude', exclude) }),
      ...(method && { method }),
      ...(scaling && { scaling }),
      ...(abundances && { abundances }),
      ...(runs !== undefined && { runs }),
      ...(backend && { backend }),
      ...(Object.keys(network).length > 0 && { network }),
    },
  };
}

/** Of a batch, not of its runs. */
const ofBatch = ['out', 'at-once'];

function batchCommand(
  files: readonly string[],
  { values, tokens }: Parsed,
): BatchCommand {
  const { out, recipe, options } = unmixCommand([files[0]], values);
  const atOnce = wholeNumber(
    'at-once',
    values['at-once'],
    'a whole number from 1 to 64',
  );
  if (atOnce !== undefined && (atOnce < 1 || atOnce > 64))
    invalid('at-once', String(atOnce), 'a whole number from 1 to 64');
  return {
    name: 'batch',
    files,
    out,
    recipe,
    options,
    atOnce: atOnce ?? null,
    passedOn: tokens.flatMap((token) =>
      token.kind === 'option' && !ofBatch.includes(token.name)
        ? [`--${token.name}=${token.value}`]
        : [],
    ),
  };
}

/**
 * Reads a command line, without the program's name.
 * @throws UnmixingError `input` with one sentence
 */
export function parseCommand(args: string[]): Command {
  const parsed = parse(args);
  const { values, positionals } = parsed;
  if (values.version) return { name: 'version' };
  const [name, ...files] = positionals;
  if (values.help || positionals.length === 0)
    return args.length === 0
      ? fail(
          'Say what to do: stratigraph info, convert, unmix, identify or --help.',
        )
      : { name: 'help' };
  switch (name) {
    case 'info':
      takeOnly(name, values, ['variable']);
      if (files.length === 0) fail('info needs at least one file.');
      return { name, files, variable: values.variable ?? null };
    case 'identify':
      return identifyCommand(files, values);
    case 'convert':
      return convertCommand(files, values);
    case 'unmix':
      return files.length > 1
        ? batchCommand(files, parsed)
        : unmixCommand(files, values);
    default:
      return fail(
        `There is no command "${name}" (want info, convert, unmix or identify).`,
      );
  }
}
