import { drawnOver } from '../algorithms/reference-line.js';
import { bestMixtures } from '../algorithms/reference-mixture.js';
import {
  type Likeness,
  type Measure,
  measures,
  referenceSearch,
} from '../algorithms/reference-search.js';
import {
  type ReferenceTable,
  referenceTable,
} from '../algorithms/reference-table.js';
import { listed } from '../formats/common/words.js';
import type { SpectralAxis } from '../spectral/axis.js';
import type { LibrarySpectrum } from './library.js';

export { type Measure, measures };

/** One reference that a spectrum may be, with how alike they are by every measure. */
export interface Candidate extends Readonly<Record<Measure, number>> {
  /** Place in the library. */
  readonly reference: number;
  readonly name: string;
  readonly source: string;
  /** Ends of the part of the axis that was compared, in its unit. */
  readonly range: readonly [number, number];
  /** Share of the weight of all bands in that part, 0 to 1. */
  readonly covered: number;
}

/** Evidence on one spectrum: several candidates and doubts, never one name by itself. */
export interface Identification {
  /** What the candidates are ordered by. */
  readonly measure: Measure;
  /** The most alike first. */
  readonly candidates: readonly Candidate[];
  /** How many of the candidates can hardly be told apart by the measure, the first included; 1 when it stands alone. */
  readonly close: number;
  /** Whether the first is near enough to be what the spectrum is. */
  readonly alike: boolean;
  /** Plain sentences: what should keep a reader from taking the first for the answer. */
  readonly cautions: readonly string[];
  /** Sums of references that come nearer than fewer do, the smallest first. */
  readonly mixtures: readonly {
    readonly members: readonly {
      /** Place in the library. */
      readonly reference: number;
      readonly name: string;
      readonly source: string;
      /** In the length of the sum, 0 to 1. */
      readonly share: number;
      /** Factor of the reference in the fit. */
      readonly factor: number;
    }[];
    /** Spectral angle of the sum, radians. */
    readonly angle: number;
  }[];
}

export interface IdentifyOptions {
  /** Default `derivative`: offsets and baselines of a blind result hardly count. */
  readonly measure?: Measure;
  /** Candidates told, at least 1. Default 10. */
  readonly most?: number;
  /** Most references in a sum; below 2 no sums are sought. Default 3. */
  readonly members?: number;
}

/** As far from perfect as this share more than the best, candidates are close. */
const closeFactor = 1.25;
/** Within this of the best, radians or in the unit of the distance, too. */
const closeStep = 0.01;
/** A best that is farther than this is no likeness: radians, and in the unit of the distance. */
const leastAlike: Readonly<Record<Measure, number>> = {
  angle: 0.5,
  correlation: 0.5,
  derivative: 0.8,
  distance: 0.1,
};
/** References that mixtures are sought among: the most alike, and those most alike to what the best leaves. */
const [mostAlike, mostOfRest] = [20, 10];
/** A reference more must bring the angle of a mixture below this share of what it was, and by this much, radians. */
const [worthwhile, leastGain] = [0.8, 0.01];
/** Mixtures are compared over what all their candidates cover: so much at least. */
const wellCovered = 0.9;

/** How far from alike, 0 is alike: correlations as angles, so that all measures are lengths. */
const farness = (measure: Measure, value: number): number =>
  measure === 'angle' || measure === 'distance' ? value : Math.acos(value);

/** References in order of likeness; those that cannot be compared are left out. */
function ranked(likeness: Likeness, measure: Measure): number[] {
  const far = Float64Array.from(likeness[measure], (value) =>
    farness(measure, value),
  );
  return Array.from(far.keys())
    .filter((n) => !Number.isNaN(far[n]))
    .sort((a, b) => far[a] - far[b]);
}

/** @param names of the candidates that are close */
function cautionsOf(names: readonly string[], isAlike: boolean): string[] {
  if (names.length === 0)
    return ['No reference covers enough of what is compared.'];
  if (!isAlike) return ['No reference is much like this spectrum.'];
  return names.length > 1
    ? [`${listed(names, 5)} can hardly be told apart here.`]
    : [];
}

/** Positions of the first and the last band with weight that a reference covers. */
function rangeOf(
  { axis, from, to }: ReferenceTable,
  weights: ArrayLike<number>,
  n: number,
): readonly [number, number] {
  let [first, last] = [from[n], to[n] - 1];
  while (first < last && weights[first] === 0) first++;
  while (last > first && weights[last] === 0) last--;
  return [axis[first], axis[last]];
}

/** Evidence on spectra, from one library by one set of weights. */
export interface Identifier {
  (spectrum: ArrayLike<number>, options?: IdentifyOptions): Identification;
  /**
   * References, with a factor each, drawn over a spectrum as the measure sees them: heights, and all but for the angle offsets, do not
   * count. NaN at bands that one of them does not cover.
   */
  line(
    members: readonly { readonly reference: number; readonly factor: number }[],
    spectrum: ArrayLike<number>,
    measure: Measure,
  ): Float32Array;
}

/**
 * Prepares a library for spectra on one axis.
 * @param weights one a band: reliability, 0 where a band shall not count
 */
export const identifier = (
  library: readonly LibrarySpectrum[],
  axis: SpectralAxis,
  weights: ArrayLike<number>,
): Identifier =>
  tableIdentifier(
    referenceTable(library, axis.values, axis.unit === 'cm-1'),
    library,
    weights,
  );

/**
 * The same of a library that is laid out at the bands already.
 * @param library what each row of the table is called
 */
export function tableIdentifier(
  table: ReferenceTable,
  library: readonly Pick<LibrarySpectrum, 'name' | 'source'>[],
  weights: ArrayLike<number>,
): Identifier {
  const search = referenceSearch(table, weights);
  const bands = table.axis.length;

  const mixturesOf = (
    spectrum: ArrayLike<number>,
    likeness: Likeness,
    members: number,
  ): Identification['mixtures'] => {
    const wide = ranked(likeness, 'angle').filter(
      (n) => likeness.covered[n] >= wellCovered,
    );
    const alike = wide.slice(0, mostAlike);
    const single = bestMixtures(table, alike, spectrum, weights, 1).at(0);
    if (!single) return [];
    const row = single.members[0] * bands;
    const rest = Float64Array.from(
      table.axis,
      (_, b) => spectrum[b] - single.factors[0] * table.values[row + b],
    );
    const ofRest = ranked(search(rest), 'angle')
      .filter((n) => likeness.covered[n] >= wellCovered && !alike.includes(n))
      .slice(0, mostOfRest);
    const sums = bestMixtures(
      table,
      [...alike, ...ofRest],
      spectrum,
      weights,
      members,
    );
    const enough = sums.findIndex(
      ({ angle }, i) =>
        i > 0 &&
        angle >
          Math.min(
            worthwhile * sums[i - 1].angle,
            sums[i - 1].angle - leastGain,
          ),
    );
    return (enough < 0 ? sums : sums.slice(0, enough))
      .slice(1)
      .map(({ members, shares, factors, angle }) => ({
        members: members.map((n, i) => ({
          reference: n,
          name: library[n].name,
          source: library[n].source,
          share: shares[i],
          factor: factors[i],
        })),
        angle,
      }));
  };

  const identify = (
    spectrum: ArrayLike<number>,
    { measure = 'derivative', most = 10, members = 3 }: IdentifyOptions = {},
  ): Identification => {
    const likeness = search(spectrum);
    const order = ranked(likeness, measure);
    const far = order.map((n) => farness(measure, likeness[measure][n]));
    const limit = Math.max(closeFactor * far[0], far[0] + closeStep);
    const close = far.filter((one) => one <= limit).length;
    const alike = far.length > 0 && far[0] <= leastAlike[measure];
    return {
      measure,
      candidates: order.slice(0, most).map((n) => ({
        reference: n,
        name: library[n].name,
        source: library[n].source,
        angle: likeness.angle[n],
        correlation: likeness.correlation[n],
        derivative: likeness.derivative[n],
        distance: likeness.distance[n],
        covered: likeness.covered[n],
        range: rangeOf(table, weights, n),
      })),
      close,
      alike,
      cautions: cautionsOf(
        order.slice(0, close).map((n) => library[n].name),
        alike,
      ),
      mixtures: members > 1 ? mixturesOf(spectrum, likeness, members) : [],
    };
  };
  return Object.assign(identify, {
    line: (
      members: readonly {
        readonly reference: number;
        readonly factor: number;
      }[],
      spectrum: ArrayLike<number>,
      measure: Measure,
    ) =>
      drawnOver(
        table,
        {
          members: members.map(({ reference }) => reference),
          factors: members.map(({ factor }) => factor),
        },
        spectrum,
        weights,
        measure !== 'angle',
      ),
  });
}
