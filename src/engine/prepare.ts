import { leadingColumns } from '../algorithms/columns.js';
import { fringePeriod } from '../algorithms/fringes.js';
import {
  leadingSubspace,
  type WeightedSpectra,
} from '../algorithms/subspace.js';
import type { Cube } from '../spectral/cube.js';
import { keepPace } from '../spectral/pace.js';
import { randomSource } from '../spectral/random.js';
import { findVariability } from './find-variability.js';
import type { UnmixOptions } from './options.js';
import { physicalTerms, widen } from './remove-nuisance.js';
import type { Prepared, StepTask } from './steps.js';
import { whiten } from './whiten.js';

/**
 * Finds bad pixels, noise, whitening weights, baseline, fringe and gas terms, the rank and the subspace of the signal.
 *
 * On a wavenumber axis the spectra are whitened, 2280-2400 cm-1 (carbon dioxide of the air) is always left out and
 * said to be, and baselines, fringes and gas are projected out. Elsewhere spectra are whitened only where the noise tells
 * the rank (at most one dimension more than endmembers); real reflectance is kept as measured.
 * @throws UnmixingError `input` when there are too few usable pixels or bands
 */
export async function prepare(
  cube: Cube,
  options: UnmixOptions,
  { signal, onProgress }: StepTask,
): Promise<Prepared> {
  const pace = keepPace(signal);
  const warnings: string[] = [];
  const whitened = await whiten(cube, options, warnings, pace, onProgress);
  if (cube.axis.quantity === 'transmittance')
    warnings.push(
      'Transmittance does not add up linearly: convert it to absorbance for a faithful result.',
    );
  const { mask, excludedBands, noise, above, significantRank, source } =
    whitened;
  const { pixels: kept, bands: included } = source;
  const bands = cube.axis.values.length;
  const crisp =
    cube.axis.unit === 'cm-1' || significantRank <= options.endmembers + 1;
  const plain: WeightedSpectra = {
    ...source,
    weights: new Float64Array(included.length).fill(1),
  };
  const used = crisp ? source : plain;
  const space = crisp
    ? whitened.space
    : await leadingSubspace(
        plain,
        Math.max(10, options.endmembers + 3),
        new Float64Array(0),
        randomSource(1),
        pace,
      );
  // A signal whose end was not found holds more than materials and how they vary.
  const varying =
    whitened.terms && significantRank < space.dimensions
      ? findVariability(
          used,
          space,
          whitened.terms,
          significantRank,
          options.endmembers,
        )
      : null;
  const dimensions = crisp
    ? Math.min(options.endmembers, space.dimensions)
    : space.dimensions;
  const weights = new Float32Array(bands);
  included.forEach((b, i) => (weights[b] = used.weights[i]));
  const { terms, fringes } = whitened;
  if (fringes.length > 0)
    warnings.push(
      `Removed interference fringes with a period of ${fringes.map((cycles) => fringePeriod(cube.axis, cycles)).join(', ')} cm-1.`,
    );
  if (varying)
    warnings.push(
      'The spectra of the materials vary from place to place, from one end of the axis to the other: this was told apart, and stays in the residual.',
    );
  onProgress?.(1);
  return {
    cube,
    options,
    mask,
    kept,
    excludedBands,
    noise,
    weights,
    nuisance: terms && {
      names: terms.names,
      spectra: physicalTerms(cube, terms, fringes, used),
    },
    significantRank,
    singularValues: Float32Array.from(above),
    basis: widen(
      varying?.directions ?? space.directions,
      dimensions,
      included,
      bands,
    ),
    scores: Float32Array.from(
      varying?.scores ??
        leadingColumns(space.scores, kept.length, space.dimensions, dimensions),
    ),
    variability: varying?.variability ?? null,
    dimensions,
    warnings,
  };
}
