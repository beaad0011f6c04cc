import { anglesToOthers } from '../algorithms/collinearity.js';
import { orthonormalRows } from '../algorithms/dense.js';
import { median, quantile } from '../algorithms/order-statistics.js';
import { largestRegion, stretchesAbove } from '../algorithms/standing-out.js';
import { projectOut } from '../algorithms/subspace.js';
import type { Unmixing } from '../spectral/unmixing.js';
import type { Prepared } from './steps.js';
import { counted } from './words.js';

/** Mean angle to its matches from which an endmember is called unsettled, radians: ten times what settled ones show. */
export const unsettledAngle = 0.1;
/** An endmember this near to the span of the others has weights with a hundred times their variance, radians. */
const collinearAngle = 0.1;
/** The residual says something from so many times the noise on. */
const muchNoise = 1.2;
/** A band fits badly above so many times the typical residual, or the noise where that is larger. */
const badBand = 2;
/** Stretches of badly fitting bands that are closer than this are one. */
const bandGap = 3;
const mostStretches = 3;
/** A pixel fits badly above so many times the median. */
const badPixel = 3;
/** A region is told when it holds at least this share of the badly fitting pixels, and so many of them. */
const compact = { share: 0.5, pixels: 4 };
/** Below this mean share an endmember is hardly there. */
const smallArea = 0.005;
/** An endmember that nowhere has this share was extrapolated. */
const pureShare = 0.5;
const manyNegative = { endmembers: 0.05, abundances: 0.4 };
/** Strong against weak pixels (19 and 1 of 20), from which on the strength is told. */
const muchGain = 3;

const figure = (value: number): string => String(Number(value.toPrecision(2)));
const percent = (share: number): string =>
  share > 0 && share < 0.001 ? 'under 0.1 %' : `${figure(100 * share)} %`;
/** Names in a row: "A, B and C". */
const list = (names: readonly string[]): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/** What repeating tells. */
function ofSpread({ spread, names }: Unmixing): string[] {
  if (!spread) return [];
  const { runs, angles } = spread;
  const told = (r: number) => `${names[r]} (${figure(angles[r])} rad)`;
  const unsettled = Array.from(angles.keys()).filter(
    (r) => angles[r] > unsettledAngle,
  );
  if (unsettled.length > 0)
    return [
      `Unsettled: from run to run, of ${runs}, the spectrum turns by a mean angle of more than ${unsettledAngle} rad for ${list(unsettled.map(told))}.`,
    ];
  return [
    `The endmembers of ${runs} runs agree within ${figure(Math.max(...angles))} rad; what all runs get wrong alike does not show in this.`,
  ];
}

/** Endmembers that least squares cannot tell from the others, in whitened bands without baseline, fringes and gas. */
function ofCollinearity(
  { weights, nuisance }: Pick<Prepared, 'weights' | 'nuisance'>,
  { endmembers, names }: Unmixing,
): string[] {
  const bands = weights.length;
  const whiten = (spectra: Float32Array): Float64Array =>
    Float64Array.from(spectra, (v, i) => v * weights[i % bands]);
  const rows = whiten(endmembers);
  if (nuisance) {
    const terms = nuisance.names.length;
    const away = orthonormalRows(whiten(nuisance.spectra), terms, bands).rows;
    projectOut(rows, names.length, bands, away);
  }
  const row = (r: number) => rows.subarray(r * bands, (r + 1) * bands);
  const said: string[] = [];
  const inPairs = new Set<number>();
  for (let p = 0; p < names.length; p++)
    for (let q = p + 1; q < names.length; q++) {
      const [angle] = anglesToOthers(
        Float64Array.from([...row(p), ...row(q)]),
        2,
        bands,
      );
      if (angle >= collinearAngle) continue;
      inPairs.add(p).add(q);
      said.push(
        `${names[p]} and ${names[q]} are nearly alike (${figure(angle)} rad): their maps can stand for each other.`,
      );
    }
  anglesToOthers(rows, names.length, bands).forEach((angle, r) => {
    if (angle < collinearAngle && !inPairs.has(r))
      said.push(
        `${names[r]} is nearly a mixture of the others (${figure(angle)} rad from them): its map is uncertain.`,
      );
  });
  return said;
}

/** Endmembers that are hardly anywhere, or nowhere alone. */
function ofAreas({ abundances, names, mask }: Unmixing): string[] {
  const order = names.length;
  const total = new Float64Array(order);
  const most = new Float64Array(order);
  let kept = 0;
  for (let n = 0; n < mask.length; n++) {
    let sum = 0;
    for (let r = 0; r < order; r++) sum += abundances[n * order + r];
    if (mask[n] || sum === 0) continue;
    kept++;
    for (let r = 0; r < order; r++) {
      const share = abundances[n * order + r] / sum;
      total[r] += share;
      most[r] = Math.max(most[r], share);
    }
  }
  if (kept === 0) return [];
  return names.flatMap((name, r) => {
    const area = total[r] / kept;
    if (area < smallArea)
      return [`${name} is hardly anywhere: ${percent(area)} of the image.`];
    return most[r] < pureShare
      ? [
          `${name} is nowhere alone (at most ${percent(most[r])} of a pixel): its spectrum was extrapolated from mixtures.`,
        ]
      : [];
  });
}

/** The residual against the noise, and the bands that fit worst. */
function ofBands(
  { noise }: Pick<Prepared, 'noise'>,
  { residual, excludedBands, axis }: Unmixing,
): string[] {
  const times = residual.spectrum.map((v, b) =>
    noise[b] > 0 ? v / noise[b] : 0,
  );
  const counted = times.filter((_, b) => !excludedBands[b]);
  const all = Math.sqrt(
    counted.reduce((sum, v) => sum + v * v, 0) / counted.length,
  );
  const said =
    all > muchNoise
      ? [
          `The model leaves ${figure(all)} times the noise: something is in the data that it does not tell.`,
        ]
      : [];
  const limit = badBand * Math.max(1, median(counted));
  const worst = stretchesAbove(
    times,
    (b) => !excludedBands[b],
    limit,
    bandGap,
  ).slice(0, mostStretches);
  const unit =
    axis.unit === 'band' || axis.unit === null ? '' : ` ${axis.unit}`;
  const place = (b: number): string =>
    String(Number(axis.values[b].toFixed(1)));
  if (worst.length > 0)
    said.push(
      `${axis.unit === 'band' ? 'Bands' : 'Windows'} that fit worst: ${list(
        worst.map(
          ({ first, last, most }) =>
            `${first === last ? place(first) : `${place(first)}-${place(last)}`}${unit} (up to ${figure(most)} times the noise)`,
        ),
      )}.`,
    );
  return said;
}

/** Pixels that fit much worse than most. */
function ofPixels({ residual, mask, width }: Unmixing): string[] {
  const kept = residual.rmseMap.filter((_, n) => !mask[n]);
  const limit = badPixel * median(kept);
  const bad = mask.map((out, n) =>
    out || !(residual.rmseMap[n] > limit) ? 0 : 1,
  );
  const count = bad.reduce((sum, is) => sum + is, 0);
  if (count === 0) return [];
  const region = largestRegion(bad, width);
  const near =
    region && region.pixels >= Math.max(compact.pixels, compact.share * count)
      ? `, ${region.pixels === count ? 'all' : region.pixels} of them together at x ${region.x.join('-')}, y ${region.y.join('-')}`
      : '';
  return [
    `${counted(count, 'pixel')} (${percent(count / kept.length)}) ${count === 1 ? 'fits' : 'fit'} more than ${badPixel} times worse than the median${near}.`,
  ];
}

function ofNegatives({ negativeShare }: Unmixing): string[] {
  const said: string[] = [];
  if (negativeShare.endmembers > manyNegative.endmembers)
    said.push(
      `${percent(negativeShare.endmembers)} of the endmembers' values came out negative and were set to zero.`,
    );
  if (negativeShare.abundances > manyNegative.abundances)
    said.push(
      `${percent(negativeShare.abundances)} of the weights would be negative without the constraint: fewer endmembers may do.`,
    );
  return said;
}

function ofGain({ gain, mask }: Unmixing): string[] {
  const kept = gain.filter((_, n) => !mask[n]);
  const [low, high] = [quantile(kept, 0.05), quantile(kept, 0.95)];
  if (!(high > muchGain * low)) return [];
  return [
    `The strength of the pixels goes from ${figure(low)} to ${figure(high)} of the mean (19 of 20 lie above the first, 19 of 20 below the second): in weak pixels the shares are uncertain.`,
  ];
}

/** How far an unmixing can be believed, in plain sentences, what weighs most first; none where nothing stands out. */
export const diagnose = (
  prepared: Pick<Prepared, 'noise' | 'weights' | 'nuisance'>,
  unmixing: Unmixing,
): readonly string[] => [
  ...ofSpread(unmixing),
  ...ofCollinearity(prepared, unmixing),
  ...ofAreas(unmixing),
  ...ofBands(prepared, unmixing),
  ...ofPixels(unmixing),
  ...ofNegatives(unmixing),
  ...ofGain(unmixing),
];
