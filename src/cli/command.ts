import { parseArgs } from 'node:util';
import {
  type UnmixRequest,
  backends,
  methods,
  presets,
} from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import {
  type ImageFormat,
  type SpectraFormat,
  imageFormats,
  spectraFormats,
} from '../formats/save-formats.js';
import { type Window, axisUnits, quantities } from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';

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

export interface ConvertCommand extends Input {
  readonly name: 'convert';
  readonly out: string;
  readonly format: ImageFormat;
}

export interface UnmixCommand extends Input {
  readonly name: 'unmix';
  readonly out: string;
  readonly recipe: string | null;
  /** What was asked for on the command line; endmembers may come from the recipe. */
  readonly options: Partial<UnmixRequest>;
  /** Of the abundance maps. */
  readonly format: ImageFormat;
  /** Of the endmembers. */
  readonly spectraFormat: SpectraFormat;
}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | InfoCommand
  | ConvertCommand
  | UnmixCommand;

const imageIds = imageFormats.map(([id]) => id);
const spectraIds = spectraFormats.map(([id]) => id);

export const helpText = `stratigraph: blind spectral unmixing

A FILE is a file, a folder such as a mosaic or an OME-Zarr image, or an address that begins with https:// or http://.
Of a header and its data either is enough.

  stratigraph info FILE…
      Prints one JSON object a line and thing found: kind, name, width, height (of spectra: count), bands,
      axis, quantity, geometry, what is missing, type, warnings; of a file with several arrays the list of them.

  stratigraph convert FILE --out DIR --format NAME
      Writes the cube in another format: ${imageIds.join(', ')}.

  stratigraph unmix FILE --endmembers R --out DIR [options]
      Writes the abundances, the endmembers, recipe.json and report.json to DIR.

      --endmembers R     number of materials, 2 to 32
      --out DIR          folder for the results; made when there is none
      --preset NAME      ${presets.join(', ')}; auto unless said
      --seed N           seed of every random choice; 1 unless said
      --exclude A-B      leaves out a window of the axis, such as 2280-2400; may be repeated
      --recipe FILE      takes the corrections and options of an earlier run; options given here go first
      --method NAME      ${methods.join(', ')}
      --backend NAME     auto, ${backends.join(', ')}: where the network trains
      --epochs N         passes over the image while training
      --format NAME      of the abundances: ${imageIds.join(', ')}; envi unless said
      --spectra-format NAME
                         of the endmembers: ${spectraIds.join(', ')}; csv unless said

      What the file leaves out, for unmix and convert:
      --variable NAME    which of several arrays or cubes; also for info
      --axis FIRST:LAST  positions of the first and the last band, in the order of the file
      --unit UNIT        ${axisUnits.join(', ')} (um is µm)
      --quantity NAME    ${quantities.join(', ')}
      --width N          pixels a row, of a list of spectra

  stratigraph --help, --version

Exit codes: 0 done; 1 a fault of the program or the machine; 2 bad input, with one sentence that says what is wrong.
`;

const fail = (sentence: string): never => {
  throw new UnmixingError('input', sentence);
};

const invalid = (name: string, value: string, want: string): never =>
  fail(`invalid --${name}: ${JSON.stringify(value)} (want ${want})`);

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

function readWindow(text: string): Window {
  const ends = /^\s*(\d+(?:\.\d+)?)\s*[-–:]\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  return ends
    ? [Number(ends[1]), Number(ends[2])]
    : invalid('exclude', text, 'two positions on the axis, such as 2280-2400');
}

/** Positions of the first and the last band. */
function readEnds(text: string): [number, number] {
  const ends = text.split(':').map((end) => (end.trim() ? Number(end) : NaN));
  return ends.length === 2 && ends.every(Number.isFinite)
    ? [ends[0], ends[1]]
    : invalid('axis', text, 'two positions, such as 4000:800');
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
      options: {
        endmembers: text,
        out: text,
        preset: text,
        seed: text,
        exclude: { type: 'string', multiple: true },
        recipe: text,
        method: text,
        backend: text,
        epochs: text,
        unit: text,
        quantity: text,
        width: text,
        variable: text,
        axis: text,
        format: text,
        'spectra-format': text,
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

type Values = ReturnType<typeof parse>['values'];

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
  const { exclude } = values;
  return {
    name: 'unmix',
    ...input,
    out:
      values.out ?? fail('unmix needs --out DIR, the folder for its results.'),
    recipe: values.recipe ?? null,
    format: oneOf('format', values.format, imageIds) ?? 'envi',
    spectraFormat:
      oneOf('spectra-format', values['spectra-format'], spectraIds) ?? 'csv',
    // What was not said is left out, so that the recipe and the preset can fill it in.
    options: {
      ...(endmembers !== undefined && { endmembers }),
      ...(preset && { preset }),
      ...(seed !== undefined && { seed }),
      ...(exclude && { exclude: exclude.map(readWindow) }),
      ...(method && { method }),
      ...(backend && { backend }),
      ...(epochs !== undefined && { network: { epochs } }),
    },
  };
}

/**
 * Reads a command line, without the program's name.
 * @throws UnmixingError `input` with one sentence
 */
export function parseCommand(args: string[]): Command {
  const { values, positionals } = parse(args);
  if (values.version) return { name: 'version' };
  const [name, ...files] = positionals;
  if (values.help || positionals.length === 0)
    return args.length === 0
      ? fail('Say what to do: stratigraph info, convert, unmix or --help.')
      : { name: 'help' };
  switch (name) {
    case 'info':
      takeOnly(name, values, ['variable']);
      if (files.length === 0) fail('info needs at least one file.');
      return { name, files, variable: values.variable ?? null };
    case 'convert':
      return convertCommand(files, values);
    case 'unmix':
      return unmixCommand(files, values);
    default:
      return fail(
        `There is no command "${name}" (want info, convert or unmix).`,
      );
  }
}
