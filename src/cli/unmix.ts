import { readFile, stat } from 'node:fs/promises';
import { type UnmixRequest, resolveOptions } from '../engine/options.js';
import type { Progress } from '../engine/protocol.js';
import { unmix } from '../engine/run.js';
import { type Opened, openFiles } from '../formats/open.js';
import { exportRun } from '../session/export.js';
import { type Recipe, readRecipe } from '../session/recipe.js';
import { type Window, bandsInside } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { UnmixCommand } from './command.js';
import { type ProgressLine, progressLine } from './progress.js';
import { fileFault, openSource } from './sources.js';
import { store } from './store.js';
import { tell } from './tell.js';

async function loadRecipe(path: string | null): Promise<Recipe | null> {
  if (path === null) return null;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw fileFault(path, cause);
  }
  return readRecipe(text);
}

/** What is asked for: the recipe's options, those of the command line over them. */
function requestOf(
  { options }: UnmixCommand,
  recipe: Recipe | null,
): UnmixRequest {
  const { network: constants, ...rest } = recipe?.options ?? {};
  const samePreset =
    options.preset === undefined || options.preset === recipe?.options.preset;
  const network = { ...(samePreset ? constants : {}), ...options.network };
  const { endmembers = NaN, ...others } = { ...rest, ...options };
  return {
    endmembers,
    ...others,
    ...(Object.keys(network).length > 0 && { network }),
  };
}

/** The cube of a file that was opened; spectra and pictures are refused. */
function cubeOf(
  opened: readonly Opened[],
  path: string,
): Extract<Opened, { kind: 'cube' }> {
  const [first] = opened;
  if (first.kind === 'cube') return first;
  throw new UnmixingError(
    'file',
    first.kind === 'spectra'
      ? `${path} holds ${first.spectra.names.length === 1 ? 'one spectrum' : `${first.spectra.names.length} spectra`}, and unmixing needs an image.`
      : `${path} holds a picture, and unmixing needs an image with a spectrum at each pixel.`,
  );
}

/** The cube as a person or a recipe describes it where the file does not; what nobody says is told in `warnings`. */
function describe(
  { cube, missing }: Extract<Opened, { kind: 'cube' }>,
  { said }: UnmixCommand,
  recipe: Recipe | null,
  warnings: string[],
): Cube {
  const pixels = cube.width * cube.height;
  const { axis } = cube;
  let unit = said.unit ?? axis.unit ?? recipe?.axis.unit;
  const quantity = said.quantity ?? axis.quantity ?? recipe?.axis.quantity;
  if (said.unit && axis.unit && said.unit !== axis.unit)
    warnings.push(
      `The axis is taken in ${said.unit} as --unit says; the file says ${axis.unit}.`,
    );
  if (!unit) {
    unit = 'band';
    warnings.push(
      'axis unit unknown: taken as band numbers (say what it is with --unit cm-1, nm or µm)',
    );
  }
  if (!quantity)
    warnings.push(
      'quantity unknown: taken as it is (say what it is with --quantity absorbance, transmittance, reflectance or intensity)',
    );
  const fromRecipe =
    recipe && recipe.input.width * recipe.input.height === pixels
      ? recipe.input.width
      : undefined;
  const isList = missing.includes('width');
  if (said.width !== undefined && !isList && said.width !== cube.width)
    throw new UnmixingError(
      'input',
      `invalid --width: ${said.width} (the file says that it is ${cube.width} pixels wide)`,
    );
  const width = isList ? (said.width ?? fromRecipe ?? pixels) : cube.width;
  if (width < 1 || pixels % width !== 0)
    throw new UnmixingError(
      'input',
      `invalid --width: ${width} (want a whole share of the file's ${pixels} spectra)`,
    );
  if (isList && said.width === undefined && fromRecipe === undefined)
    warnings.push(
      `width unknown: the ${pixels} spectra are taken as one row (say how many pixels a row has with --width)`,
    );
  return {
    ...cube,
    width,
    height: pixels / width,
    axis: { ...axis, unit, quantity: quantity ?? null },
  };
}

function showRun(line: ProgressLine, progress: Progress): void {
  const { stage, fraction, training, secondsLeft } = progress;
  const parts: string[] = [stage];
  if (training)
    parts.push(
      `epoch ${training.epoch} of ${training.epochs}`,
      `loss ${training.loss.toFixed(4)}`,
      training.backend,
    );
  if (secondsLeft !== null) parts.push(`${Math.ceil(secondsLeft)} s left`);
  line.show(parts.join(' · '), fraction);
}

/** Tells of windows that leave nothing out: most likely slips. */
const idleWindows = (
  { axis }: Cube,
  windows: readonly Window[],
): readonly string[] =>
  windows
    .filter((window) => !bandsInside(axis, [window]).includes(1))
    .map(
      ([a, b]) =>
        `The window ${a}-${b} holds no band: the axis goes from ${axis.values[0]} to ${axis.values[axis.values.length - 1]}${axis.unit === null ? '' : ` ${axis.unit}`}.`,
    );

/** Refuses an --out that is a file before any work is done. */
async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (found && !found.isDirectory())
    throw new UnmixingError(
      'input',
      `invalid --out: ${folder} is a file (want a folder)`,
    );
}

/**
 * Unmixes a file and writes the results.
 * @param assets folder of tfjs's wasm files, as a URL
 * @throws UnmixingError with one sentence; `signal.reason` when interrupted, with nothing written
 */
export async function unmixFile(
  command: UnmixCommand,
  assets: string,
  signal: AbortSignal,
): Promise<void> {
  const recipe = await loadRecipe(command.recipe);
  const request = requestOf(command, recipe);
  resolveOptions(request);
  await checkFolder(command.out);
  const line = progressLine(process.stderr);
  try {
    const source = await openSource(command.file);
    const opened = cubeOf(
      await openFiles(source.files, {
        signal,
        onProgress: (fraction) => line.show('reading', fraction),
      }),
      command.file,
    );
    const warnings = [...opened.warnings];
    const cube = describe(opened, command, recipe, warnings);
    warnings.push(...idleWindows(cube, request.exclude ?? []));
    const { result } = await unmix(
      cube,
      request,
      { signal, onProgress: (progress) => showRun(line, progress) },
      { assets },
    );
    signal.throwIfAborted();
    await store(command.out, exportRun(cube, result, warnings), signal);
    line.clear();
    for (const warning of [...warnings, ...result.report.warnings])
      tell(`warning: ${warning}`);
  } finally {
    line.clear();
  }
}
