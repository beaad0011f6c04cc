import { parseArgs } from 'node:util';
import {
  type UnmixRequest,
  backends,
  extractions,
  presets,
} from '../engine/options.js';
import {
  type AxisUnit,
  type Quantity,
  type Window,
  axisUnits,
  quantities,
} from '../spectral/axis.js';
import { UnmixingError } from '../spectral/errors.js';

/** What a person says of a file that the file itself leaves out. */
interface Said {
  readonly unit?: AxisUnit;
  readonly quantity?: Quantity;
  readonly width?: number;
}

export interface UnmixCommand {
  readonly name: 'unmix';
  readonly file: string;
  readonly out: string;
  readonly recipe: string | null;
  /** What was asked for on the command line; endmembers may come from the recipe. */
  readonly options: Partial<UnmixRequest>;
  readonly said: Said;
}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'version' }
  | { readonly name: 'info'; readonly files: readonly string[] }
  | UnmixCommand;

export const helpText = `stratigraph: blind spectral unmixing

  stratigraph info FILE…
      Prints one JSON object a line and file: kind, width, height (of spectra: count), bands, axis,
      quantity, type, warnings. Of an ENVI header and its data either is enough.

  stratigraph unmix FILE --endmembers R --out DIR [options]
      Writes abundances.hdr and .img, endmembers.csv, recipe.json and report.json to DIR.

      --endmembers R     number of materials, 2 to 32
      --out DIR          folder for the results; made when there is none
      --preset NAME      ${presets.join(', ')}; fast unless said
      --seed N           seed of every random choice; 1 unless said
      --exclude A-B      leaves out a window of the axis, such as 2280-2400; may be repeated
      --recipe FILE      takes the options of an earlier run; those given here go first
      --extraction NAME  ${extractions.join(', ')}
      --backend NAME     auto, ${backends.join(', ')}: where the network trains
      --epochs N         passes over the image while training

      What the file leaves out:
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
        extraction: text,
        backend: text,
        epochs: text,
        unit: text,
        quantity: text,
        width: text,
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
      ? fail('Say what to do: stratigraph info, unmix or --help.')
      : { name: 'help' };
  if (name === 'info') {
    const stray = Object.keys(values)[0] as string | undefined;
    if (stray !== undefined) fail(`info takes no --${stray}.`);
    if (files.length === 0) fail('info needs at least one file.');
    return { name, files };
  }
  if (name !== 'unmix')
    return fail(`There is no command "${name}" (want info or unmix).`);
  const { exclude } = values;
  if (files.length !== 1)
    fail(`unmix takes one file, not ${files.length}: see stratigraph --help.`);
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
  const width = wholeNumber('width', values.width, `${whole} of pixels`);
  const preset = oneOf('preset', values.preset, presets);
  const extraction = oneOf('extraction', values.extraction, extractions);
  const backend = oneOf('backend', values.backend, ['auto', ...backends]);
  const unit = oneOf('unit', plainUnit(values.unit), axisUnits);
  const quantity = oneOf('quantity', values.quantity, quantities);
  return {
    name,
    file: files[0],
    out:
      values.out ?? fail('unmix needs --out DIR, the folder for its results.'),
    recipe: values.recipe ?? null,
    // What was not said is left out, so that the recipe and the preset can fill it in.
    options: {
      ...(endmembers !== undefined && { endmembers }),
      ...(preset && { preset }),
      ...(seed !== undefined && { seed }),
      ...(exclude && { exclude: exclude.map(readWindow) }),
      ...(extraction && { extraction }),
      ...(backend && { backend }),
      ...(epochs !== undefined && { network: { epochs } }),
    },
    said: { unit, quantity, width },
  };
}
