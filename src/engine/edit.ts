import type { Cube } from '../spectral/cube.js';
import { keepPace } from '../spectral/pace.js';
import type { Unmixing } from '../spectral/unmixing.js';
import { diagnose } from './diagnostics.js';
import {
  type EditableResult,
  type EndmemberEdit,
  editedAtOnce,
  namesAfter,
  placesAfter,
  recorded,
} from './endmember-edits.js';
import { atOneHeight, fitEndmembers, heightsOf } from './fit-endmembers.js';
import { onBands } from './known.js';
import type { UnmixOptions } from './options.js';
import { prepare } from './prepare.js';
import type { UnmixResult } from './protocol.js';
import { splitEndmember } from './split-endmember.js';
import type { Prepared } from './steps.js';

interface EditTask {
  readonly signal?: AbortSignal;
  /** Hears the share done, 0 to 1. */
  readonly onProgress?: (fraction: number) => void;
}

/** Shares of the way at which the image is prepared, and new spectra are found. */
const preparedAt = 0.5;
const foundAt = 0.7;

const fittedWarning =
  'Endmembers were edited: all maps are fitted anew to the spectra as they are, by least squares.';
const networkWarning = ' Those of the network are not shown.';
const varyingWarning =
  ' How spectra vary from place to place is not told apart in them.';

/** Options on which the preparation of an image depends: with equal ones it can be used again. */
export const preparationKey = ({
  preset,
  endmembers,
  exclude,
}: UnmixOptions): string => JSON.stringify([preset, endmembers, exclude]);

/** A row of a matrix of rows that are `bands` long. */
const row = (rows: Float32Array, r: number, bands: number): Float32Array =>
  rows.subarray(r * bands, (r + 1) * bands);

/** What share of the area each endmember takes, masked pixels left out. */
function areasOf({ abundances, names }: Unmixing): readonly number[] {
  const count = names.length;
  const sums = new Array<number>(count).fill(0);
  abundances.forEach((v, i) => (sums[i % count] += v));
  return sums;
}

/** Mean of two spectra by the area that each takes; the middle of both where neither takes any. */
function meanOf(
  unmixing: Unmixing,
  [first, second]: readonly [number, number],
  bands: number,
): Float32Array {
  const areas = areasOf(unmixing);
  const whole = areas[first] + areas[second];
  const share = whole > 0 ? areas[first] / whole : 0.5;
  const other = row(unmixing.endmembers, second, bands);
  return row(unmixing.endmembers, first, bands).map(
    (v, b) => share * v + (1 - share) * other[b],
  );
}

/** A spectrum turned over within its range over the bands that count. */
function turnedOver(
  spectrum: Float32Array,
  excludedBands: Uint8Array,
): Float32Array {
  const counted = spectrum.filter((_, b) => !excludedBands[b]);
  const low = counted.reduce((a, b) => Math.min(a, b), Infinity);
  const high = counted.reduce((a, b) => Math.max(a, b), -Infinity);
  return spectrum.map((v) => low + high - v);
}

/** Spectra that take the place of some after an edit, by place. */
async function newSpectra(
  prepared: Prepared,
  unmixing: Unmixing,
  edit: EndmemberEdit,
  task: EditTask,
): Promise<ReadonlyMap<number, Float32Array>> {
  const bands = prepared.weights.length;
  const { endmembers, excludedBands } = unmixing;
  switch (edit.kind) {
    case 'merge': {
      const [into, gone] = edit.endmembers;
      if (edit.spectrum === 'first') return new Map();
      return new Map([
        [
          into < gone ? into : into - 1,
          edit.spectrum === 'second'
            ? row(endmembers, gone, bands)
            : meanOf(unmixing, edit.endmembers, bands),
        ],
      ]);
    }
    case 'split': {
      const { endmember, threshold } = edit;
      const found = await splitEndmember(
        prepared,
        unmixing,
        endmember,
        threshold,
        task,
      );
      return new Map([
        [endmember, row(found, 0, bands)],
        [endmember + 1, row(found, 1, bands)],
      ]);
    }
    case 'replace': {
      const { endmember, spectrum } = edit;
      const given = onBands(spectrum, prepared, 'spectrum');
      return new Map([[endmember, Float32Array.from(given)]]);
    }
    case 'flip': {
      const { endmember } = edit;
      const before = row(endmembers, endmember, bands);
      return new Map([[endmember, turnedOver(before, excludedBands)]]);
    }
    case 'delete':
    case 'rename':
    case 'reorder':
      return new Map();
  }
}

/** Spectra after an edit, R x L, all at the height that those before have. */
function spectraAfter(
  { endmembers, excludedBands, names }: Unmixing,
  edit: EndmemberEdit,
  anew: ReadonlyMap<number, Float32Array>,
): Float32Array {
  const bands = excludedBands.length;
  const places = placesAfter(edit, names.length);
  const height = Math.max(...heightsOf(endmembers, excludedBands));
  const out = new Float32Array(places.length * bands);
  places.forEach((from, to) => {
    const spectrum =
      anew.get(to) ?? (from === null ? null : row(endmembers, from, bands));
    if (spectrum) out.set(spectrum, to * bands);
  });
  return atOneHeight(out, excludedBands, height);
}

/**
 * Edits the endmembers of a result; where spectra change, all maps are fitted anew with the rule, nuisance terms and excluded bands of the
 * run. The one way of the worker and of the command line: edits on record give the same again.
 * @param cube that was unmixed, with its corrections
 * @param known the image as prepared for this run, when it is at hand
 * @throws UnmixingError `input` for what cannot be done; `task.signal.reason` when aborted
 */
export async function editResult(
  cube: Cube,
  result: EditableResult,
  edit: EndmemberEdit,
  { signal, onProgress }: EditTask = {},
  known: Prepared | null = null,
): Promise<{
  readonly result: UnmixResult;
  readonly prepared: Prepared | null;
}> {
  const atOnce = editedAtOnce(result, edit);
  if (atOnce)
    return { result: { ...atOnce, resumable: false }, prepared: known };
  const { unmixing, report } = result;
  const { options } = report;
  const within =
    (from: number, to: number) =>
    (fraction: number): void =>
      onProgress?.(from + (to - from) * fraction);
  const begin = known ? 0 : preparedAt;
  const image =
    known ??
    (await prepare(cube, options, { signal, onProgress: within(0, begin) }));
  const prepared = { ...image, options };
  const found = edit.kind === 'split' ? Math.max(foundAt, begin) : begin;
  const anew = await newSpectra(prepared, unmixing, edit, {
    signal,
    onProgress: within(begin, found),
  });
  const spectra = spectraAfter(unmixing, edit, anew);
  const names = namesAfter(edit, unmixing.names);
  const edited = await fitEndmembers(
    { ...prepared, options: { ...options, endmembers: names.length } },
    spectra,
    names,
    keepPace(signal, within(found, 1)),
  );
  const { rmse, meanAngle } = edited.residual;
  const warning = `${fittedWarning}${report.backend ? networkWarning : ''}${prepared.variability ? varyingWarning : ''}`;
  return {
    prepared,
    result: {
      unmixing: edited,
      report: {
        ...report,
        rmse,
        meanAngle,
        warnings: report.warnings.includes(warning)
          ? report.warnings
          : [...report.warnings, warning],
        diagnostics: diagnose(prepared, edited),
        edits: recorded(report.edits, edit),
      },
      resumable: false,
    },
  };
}
