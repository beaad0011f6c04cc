import type { UnmixResult } from '../engine/protocol.js';
import { saveImage, saveSpectra } from '../formats/save.js';
import type { ImageFormat, SpectraFormat } from '../formats/save-formats.js';
import type { SavedClasses, SavedFile, SavedImage } from '../formats/saved.js';
import type { Step } from '../preprocess/steps.js';
import type { Cube, Geometry, Spectra } from '../spectral/cube.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { classMap } from '../spectral/classes.js';
import { defaultClassThreshold } from './classes.js';
import { editWords } from './endmember-edits.js';
import { makeRecipe, writeRecipe } from './recipe.js';

/** What was unmixed, and how it came about. */
export interface RunInput {
  /** The image as it was opened and described. */
  readonly original: Pick<Cube, 'name' | 'width' | 'height' | 'axis'>;
  readonly corrections: readonly Step[];
  /** What the corrections did, in plain sentences. */
  readonly notes: readonly string[];
  /** Of the image that was unmixed. */
  readonly geometry: Geometry;
  /** Least share, 0 to 1, of the material that is a pixel's class. Default 0.5. */
  readonly classThreshold?: number;
}

/** A name as the beginning of a file's: without what separates folders or is not allowed somewhere. */
export const fileName = (name: string): string =>
  name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 100) || 'image';

/** Endmembers as spectra to save, in the unit of the data. */
export const endmemberSpectra = (
  { axis, names, endmembers }: Pick<Unmixing, 'axis' | 'names' | 'endmembers'>,
  name = 'endmembers',
): Spectra => ({ name, axis, names, data: endmembers });

/**
 * Abundances as an image to save, a band an endmember under its name.
 * @param source name of the image that was unmixed
 */
export const abundanceImage = (
  { width, height, names, abundances }: Unmixing,
  geometry: Geometry,
  source: string,
  name = 'abundances',
): SavedImage => ({
  name,
  description: `Abundances of ${source}`,
  width,
  height,
  bands: names.length,
  data: abundances,
  bandNames: names,
  geometry,
});

/**
 * The class of each pixel as an image to save: 1, 2, … under the names of the endmembers, 0 for none.
 * @param source name of the image that was unmixed
 * @param threshold least share, 0 to 1, of the material that is a pixel's class
 */
export const classImage = (
  unmixing: Unmixing,
  geometry: Geometry,
  source: string,
  threshold = defaultClassThreshold,
  {
    name = 'classes',
    colours,
  }: { readonly name?: string } & Pick<SavedClasses, 'colours'> = {},
): SavedImage => ({
  name,
  description: `Material of the largest share, at least ${Number((100 * threshold).toPrecision(6))} %, of ${source}`,
  width: unmixing.width,
  height: unmixing.height,
  bands: 1,
  data: Float32Array.from(classMap(unmixing, threshold)),
  bandNames: ['Classes'],
  classes: { names: unmixing.names, ...(colours && { colours }) },
  geometry,
});

/** How well each pixel is told by the model: its root mean square and its angle. */
const residualImage = (
  { width, height, residual }: Unmixing,
  geometry: Geometry,
  source: string,
): SavedImage => {
  const { rmseMap, angleMap } = residual;
  return {
    name: 'residual',
    description: `What the model leaves of ${source}`,
    width,
    height,
    bands: 2,
    data: Float32Array.from({ length: 2 * rmseMap.length }, (_, i) =>
      i % 2 === 0 ? rmseMap[i / 2] : angleMap[(i - 1) / 2],
    ),
    bandNames: ['root mean square', 'angle (rad)'],
    geometry,
  };
};

/** Images and spectra that a result has besides abundances and endmembers. */
function besides(
  unmixing: Unmixing,
  geometry: Geometry,
  source: string,
  threshold: number | undefined,
): { readonly images: SavedImage[]; readonly spectra: Spectra[] } {
  const { axis, names, nuisance, spread } = unmixing;
  const residual = residualImage(unmixing, geometry, source);
  const images = [classImage(unmixing, geometry, source, threshold), residual];
  const spectra: Spectra[] = [];
  if (nuisance && nuisance.names.length > 0) {
    images.push({
      ...residual,
      name: 'nuisance',
      description: `Factors of the spectra in nuisance-spectra that are no material of ${source}`,
      bands: nuisance.names.length,
      data: nuisance.coefficients,
      bandNames: nuisance.names,
    });
    spectra.push({
      name: 'nuisance-spectra',
      axis,
      names: nuisance.names,
      data: nuisance.spectra,
    });
  }
  if (spread) {
    images.push({
      ...residual,
      name: 'abundances-deviation',
      description: `Standard deviation of the abundances of ${source} over ${spread.runs} runs`,
      bands: names.length,
      data: spread.abundances,
      bandNames: names,
    });
    spectra.push({
      name: 'endmembers-deviation',
      axis,
      names,
      data: spread.endmembers,
    });
  }
  return { images, spectra };
}

/** A cube as an image to save. Pixels that are left out become not-a-number in its data, which files have for them. */
export function cubeImage(cube: Cube, name = fileName(cube.name)): SavedImage {
  const { width, height, axis, data, mask, bandNames, geometry } = cube;
  const bands = axis.values.length;
  mask?.forEach((left, n) => {
    if (left) data.fill(Number.NaN, n * bands, (n + 1) * bands);
  });
  return {
    name,
    description: cube.name,
    width,
    height,
    bands,
    data,
    geometry,
    ...(bandNames ? { bandNames } : { axis }),
  };
}

/** How a run went, for people and programs. */
function reportJson(
  { unmixing, report }: UnmixResult,
  { original, corrections, notes }: RunInput,
  warnings: readonly string[],
): string {
  const { options, edits, ...figures } = report;
  return `${JSON.stringify(
    {
      input: {
        name: original.name,
        width: original.width,
        height: original.height,
        bands: original.axis.values.length,
      },
      corrections: { steps: corrections.filter(({ on }) => on), notes },
      endmembers: unmixing.names,
      preset: options.preset,
      method: options.method,
      scaling: options.scaling,
      abundances: options.abundances,
      runs: options.runs,
      fixed: options.fixed.map(({ name }) => name),
      seed: options.seed,
      ...figures,
      ...(edits && { edits: edits.map(editWords) }),
      negativeShare: unmixing.negativeShare,
      spread: unmixing.spread && {
        runs: unmixing.spread.runs,
        angles: Array.from(unmixing.spread.angles),
      },
      warnings: [...warnings, ...report.warnings],
    },
    null,
    2,
  )}\n`;
}

/**
 * Everything a run leaves behind: abundances, classes and residual maps, endmembers, recipe.json, report.json; factors and spectra of what is no
 * material, where the model has any; standard deviations of abundances and endmembers, where there were several runs.
 * @param warnings of opening the file, told in the report before those of the run
 */
export async function exportRun(
  input: RunInput,
  result: UnmixResult,
  warnings: readonly string[],
  format: ImageFormat = 'envi',
  spectraFormat: SpectraFormat = 'csv',
): Promise<SavedFile[]> {
  const { unmixing, report } = result;
  const { original, corrections, geometry, classThreshold } = input;
  const { images, spectra } = besides(
    unmixing,
    geometry,
    original.name,
    classThreshold,
  );
  const files: SavedFile[] = [];
  for (const image of [
    abundanceImage(unmixing, geometry, original.name),
    ...images,
  ])
    files.push(...(await saveImage(image, format)));
  for (const one of [endmemberSpectra(unmixing), ...spectra])
    files.push(...(await saveSpectra(one, spectraFormat)));
  return [
    ...files,
    {
      name: 'recipe.json',
      content: writeRecipe(
        makeRecipe(original, report.options, corrections, report.edits),
      ),
    },
    { name: 'report.json', content: reportJson(result, input, warnings) },
  ];
}
