import type { Report } from '../../engine/protocol.js';
import type { Step } from '../../preprocess/steps.js';
import { methodNames, ruleNames, scalingNames } from '../choices.js';
import { formatNumber, presetNames } from '../format.js';
import type { KeptRun } from '../state.js';

/** What a run was asked and came to. */
export interface RunTraits {
  readonly report: Pick<Report, 'options' | 'epochs' | 'stopped'>;
  readonly steps: readonly Step[];
}

const traitsOf = ({ result, steps }: KeptRun): RunTraits => ({
  report: result.report,
  steps,
});

const counted = (count: number, one: string, many: string): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

const baseOf = ({ report: { options } }: RunTraits): string =>
  `${presetNames[options.preset]}, seed ${formatNumber(options.seed)}`;

/** What can differ between runs of one preset and seed: how it is told, and what it is. */
function differences({
  report,
  steps,
}: RunTraits): readonly (readonly [words: string, value: unknown])[] {
  const { options, epochs, stopped } = report;
  const { endmembers, method, scaling, abundances, exclude, fixed, runs } =
    options;
  const corrections = steps.filter(({ on }) => on);
  return [
    [counted(endmembers, 'endmember', 'endmembers'), endmembers],
    [`method ${methodNames[method]}`, method],
    [`scaling ${scalingNames[scaling]}`, scaling],
    [ruleNames[abundances], abundances],
    [fixed.length > 0 ? `${fixed.length} fixed` : 'none fixed', fixed],
    [counted(runs, 'run', 'runs'), runs],
    [
      exclude.length > 0
        ? `without ${counted(exclude.length, 'window', 'windows')}`
        : 'all bands',
      exclude,
    ],
    [
      corrections.length > 0
        ? counted(corrections.length, 'correction', 'corrections')
        : 'uncorrected',
      corrections,
    ],
    [counted(epochs, 'epoch', 'epochs'), epochs],
    [stopped ? 'stopped' : '', stopped],
  ];
}

/** What tells a run from those that are kept: preset and seed, then what differs among those that have these in common; numbered when nothing does. */
export function runName(run: RunTraits, kept: readonly KeptRun[]): string {
  const base = baseOf(run);
  const alike = kept.map(traitsOf).filter((other) => baseOf(other) === base);
  const own = differences(run);
  const others = alike.map(differences);
  const words = own.flatMap(([said, value], i) =>
    said !== '' &&
    others.some(
      (other) => JSON.stringify(other[i][1]) !== JSON.stringify(value),
    )
      ? [said]
      : [],
  );
  const name = [base, ...words].join(', ');
  const taken = new Set(kept.map((one) => one.name));
  let unlike = name;
  for (let n = 2; taken.has(unlike); n++) unlike = `${name} (${n})`;
  return unlike;
}
