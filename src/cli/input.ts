import type { CubeDescription } from '../engine/protocol.js';
import { describeCube } from '../engine/summary.js';
import type { OpenOptions, Opened } from '../formats/opened.js';
import type { Recipe } from '../session/recipe.js';
import type { Cube } from '../spectral/cube.js';
import { UnmixingError } from '../spectral/errors.js';
import type { Input } from './command.js';
import { findSource } from './sources.js';

type OpenedCube = Extract<Opened, { kind: 'cube' }>;

const refuse = (sentence: string): never => {
  throw new UnmixingError('file', sentence);
};

/** The one cube among what was opened; what else there is, or several cubes without a choice, is refused. */
function cubeIn(
  opened: readonly Opened[],
  { file, variable }: Input,
): OpenedCube {
  const unclear = opened.find((one) => one.kind === 'variables');
  if (unclear)
    return refuse(
      `${unclear.name} holds several arrays: ${unclear.variables.map(({ id, description }) => `${id} (${description})`).join(', ')}: say which is the image with --variable NAME.`,
    );
  const cubes = opened.filter((one) => one.kind === 'cube');
  if (cubes.length === 1) return cubes[0];
  if (cubes.length > 1)
    return (
      cubes.find(({ cube }) => cube.name === variable) ??
      refuse(
        `${file} holds ${cubes.length} cubes: ${cubes.map(({ cube }) => cube.name).join(', ')}: say which one with --variable NAME.`,
      )
    );
  const spectra = opened.find((one) => one.kind === 'spectra');
  const held = spectra?.spectra.names.length ?? 0;
  return refuse(
    `${file} holds ${held === 0 ? 'a picture' : held === 1 ? 'one spectrum' : `${held} spectra`}, and an image with a spectrum at each pixel is wanted.`,
  );
}

/** What is to be said of a cube, from the command line, then the recipe; what nobody says is told in `warnings`. */
function descriptionOf(
  { cube, missing }: OpenedCube,
  { said }: Input,
  recipe: Recipe | null,
  warnings: string[],
): CubeDescription {
  const pixels = cube.width * cube.height;
  const { axis } = cube;
  let unit = said.unit ?? axis.unit ?? recipe?.axis.unit ?? undefined;
  const quantity =
    said.quantity ?? axis.quantity ?? recipe?.axis.quantity ?? undefined;
  if (said.unit && axis.unit && said.unit !== axis.unit)
    warnings.push(
      `The axis is taken in ${said.unit} as --unit says; the file says ${axis.unit}.`,
    );
  if (said.ends && !missing.includes('axis'))
    warnings.push(
      `The axis goes from ${said.ends.join(' to ')} as --axis says; the file says ${axis.values[0]} to ${axis.values[axis.values.length - 1]}.`,
    );
  if (missing.includes('axis') && !said.ends && unit !== 'band') {
    unit = 'band';
    warnings.push(
      'axis unknown: bands are numbered (say where the first and the last lie with --axis FIRST:LAST)',
    );
  } else if (!unit) {
    unit = 'band';
    warnings.push(
      'axis unit unknown: taken as band numbers (say what it is with --unit cm-1, nm or µm)',
    );
  }
  if (!quantity)
    warnings.push(
      'quantity unknown: taken as it is (say what it is with --quantity absorbance, transmittance, reflectance or intensity)',
    );
  const isList = missing.includes('width');
  if (said.width !== undefined && !isList && said.width !== cube.width)
    throw new UnmixingError(
      'input',
      `invalid --width: ${said.width} (the file says that it is ${cube.width} pixels wide)`,
    );
  const fromRecipe =
    recipe && recipe.input.width * recipe.input.height === pixels
      ? recipe.input.width
      : undefined;
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
  return { ends: said.ends, unit, quantity, width };
}

/**
 * Opens the cube that a command is about, described where the file says nothing.
 * @returns what was assumed in `warnings`
 * @throws UnmixingError with one sentence; `signal.reason` when aborted
 */
export async function openCube(
  input: Input,
  recipe: Recipe | null,
  task: OpenOptions,
): Promise<{ readonly cube: Cube; readonly warnings: string[] }> {
  const source = await findSource(input.file);
  const opened = cubeIn(await source.open(input.variable, task), input);
  const warnings = [...opened.warnings];
  const description = descriptionOf(opened, input, recipe, warnings);
  return { cube: describeCube(opened.cube, description), warnings };
}
