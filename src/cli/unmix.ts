import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { correct } from '../engine/correct.js';
import { editResult } from '../engine/edit.js';
import {
  type FixedSpectrum,
  type UnmixOptions,
  type UnmixRequest,
  resolveOptions,
} from '../engine/options.js';
import type { EndmemberEdit } from '../engine/endmember-edits.js';
import type { Progress, UnmixResult } from '../engine/protocol.js';
import type { Prepared } from '../engine/steps.js';
import { unmix } from '../engine/run.js';
import { exportRun } from '../session/export.js';
import { fixedIn } from '../session/fixed-spectra.js';
import { type Recipe, readRecipe } from '../session/recipe.js';
import { type Window, bandsInside } from '../spectral/axis.js';
import type { Cube } from '../spectral/cube.js';
import type { UnmixCommand } from './command.js';
import { openCube } from './input.js';
import { type ProgressLine, progressLine } from './progress.js';
import { fileFault, findSource } from './sources.js';
import { checkFolder, store } from './store.js';
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
  { options }: Pick<UnmixCommand, 'options'>,
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

/**
 * The recipe of a command and what it asks for.
 * @throws UnmixingError with one sentence when the recipe cannot be read or the options will not do
 */
export async function requestFor(
  command: Pick<UnmixCommand, 'options' | 'recipe'>,
): Promise<{ readonly recipe: Recipe | null; readonly asked: UnmixRequest }> {
  const recipe = await loadRecipe(command.recipe);
  const asked = requestOf(command, recipe);
  resolveOptions(asked);
  return { recipe, asked };
}

/** The request with the spectra of these files, when there are any, as endmembers to hold fixed. */
async function withFixed(
  request: UnmixRequest,
  files: readonly string[],
  { axis }: Cube,
  warnings: string[],
  signal: AbortSignal,
): Promise<UnmixRequest> {
  if (files.length === 0) return request;
  const fixed: FixedSpectrum[] = [];
  for (const file of files) {
    const source = await findSource(file);
    const opened = await source.open(null, { signal });
    fixed.push(...fixedIn(opened, axis, file));
    warnings.push(...opened.flatMap((one) => one.warnings));
  }
  const whole = { ...request, fixed };
  resolveOptions(whole);
  return whole;
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

/** Whether options ask for the same; where a network trains is no matter. */
const asksTheSame = (a: UnmixOptions, b: UnmixOptions): boolean =>
  (Object.keys(a) as (keyof UnmixOptions)[]).every(
    (key) => key === 'backend' || isDeepStrictEqual(a[key], b[key]),
  );

/** Edits of a recipe belong to the endmembers that it gives with its own options on its own image; elsewhere they are left, and it is told. */
function editsToReplay(
  recipe: Recipe | null,
  { name, width, height, axis }: Cube,
  request: UnmixRequest,
  warnings: string[],
): readonly EndmemberEdit[] {
  const { edits, input, options } = recipe ?? {};
  if (!edits || !input || !options || edits.length === 0) return [];
  const image = { name, width, height, bands: axis.values.length };
  if (
    isDeepStrictEqual(image, input) &&
    asksTheSame(resolveOptions(request), options)
  )
    return edits;
  warnings.push(
    `The recipe's edits of endmembers (${edits.length}) were left out: they belong to ${input.name}, unmixed with the recipe's own options.`,
  );
  return [];
}

/** A result after edits, in order. */
async function edited(
  found: UnmixResult,
  edits: readonly EndmemberEdit[],
  {
    cube,
    prepared,
    signal,
    line,
  }: {
    readonly cube: Cube;
    readonly prepared: Prepared;
    readonly signal: AbortSignal;
    readonly line: ProgressLine;
  },
): Promise<UnmixResult> {
  let result = found;
  const onProgress = (fraction: number): void => line.show('editing', fraction);
  for (const edit of edits)
    ({ result } = await editResult(
      cube,
      result,
      edit,
      { signal, onProgress },
      prepared,
    ));
  return result;
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
  const { recipe, asked } = await requestFor(command);
  await checkFolder(command.out);
  const line = progressLine(process.stderr);
  try {
    const { cube: original, warnings } = await openCube(command, recipe, {
      signal,
      onProgress: (fraction) => line.show('reading', fraction),
    });
    const corrections = recipe?.corrections ?? [];
    const { cube, notes } = await correct(original, corrections, {
      signal,
      onProgress: (fraction) => line.show('correcting', fraction),
    });
    const request = await withFixed(
      asked,
      command.fixed,
      cube,
      warnings,
      signal,
    );
    warnings.push(...idleWindows(cube, request.exclude ?? []));
    const { result: found, prepared } = await unmix(
      cube,
      request,
      { signal, onProgress: (progress) => showRun(line, progress) },
      { assets },
    );
    signal.throwIfAborted();
    const result = await edited(
      found,
      editsToReplay(recipe, original, request, warnings),
      { cube, prepared, signal, line },
    );
    const files = await exportRun(
      {
        original,
        corrections,
        notes,
        geometry: cube.geometry,
        classThreshold: command.classThreshold,
      },
      result,
      warnings,
      command.format,
      command.spectraFormat,
    );
    await store(command.out, files, signal);
    line.clear();
    for (const note of notes) tell(note);
    for (const warning of [...warnings, ...result.report.warnings])
      tell(`warning: ${warning}`);
  } finally {
    line.clear();
  }
}
