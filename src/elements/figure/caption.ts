import { unmixDefaults } from '../../engine/options.js';
import { version } from '../../engine/version.js';
import { applyTo, identity } from '../../imaging/affine.js';
import { residuals } from '../../imaging/registration/landmarks.js';
import { lengthLabel } from '../../imaging/scale-bar.js';
import { corrections } from '../../preprocess/corrections.js';
import { methodNames, ruleNames } from '../choices.js';
import { formatNumber, presetNames } from '../format.js';
import type { KeptRun, LayerEntry, SessionState } from '../state.js';

type Session = Pick<
  SessionState,
  | 'cube'
  | 'runs'
  | 'shownRun'
  | 'unmixing'
  | 'layers'
  | 'placements'
  | 'registrations'
>;

/** The day, as ISO 8601 has it, where the user is. */
const day = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => `${part}`.padStart(2, '0'))
    .join('-');

const listed = (words: readonly string[]): string =>
  words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

/** How the result came about. */
function runWords({ result, unmixing, steps }: KeptRun): string {
  const { options, excludedBands, stopped } = result.report;
  const bands = unmixing.axis.values.length;
  const { endmembers, preset, method, abundances, seed, runs } = options;
  const how = [
    presetNames[preset],
    method === unmixDefaults.method ? '' : methodNames[method],
    ruleNames[abundances],
    `seed ${formatNumber(seed)}`,
    runs > 1 ? `${formatNumber(runs)} runs` : '',
    stopped ? 'stopped early' : '',
  ].filter((words) => words !== '');
  const after = steps.filter(({ on }) => on);
  const rest = [
    excludedBands > 0
      ? `${formatNumber(excludedBands)} of ${formatNumber(bands)} bands left out`
      : '',
    after.length > 0
      ? `corrected before: ${after
          .map(({ kind }) => corrections[kind].title.toLowerCase())
          .join(', ')}`
      : '',
  ].filter((words) => words !== '');
  return [
    `blind spectral unmixing into ${formatNumber(endmembers)} endmembers (${how.join(', ')})`,
    ...rest,
  ].join('; ');
}

/** How one image was brought onto another, for each that is shown and was moved. */
function movedWords(session: Session): string[] {
  const { layers, placements, registrations } = session;
  const nameOf = (owner: string): string =>
    layers.find(({ id }) => id === owner)?.name ?? owner;
  const owners = new Set(
    layers.flatMap(({ owner, style }) => (style.visible ? [owner] : [])),
  );
  return [...owners].flatMap((owner) => {
    const map = placements[owner] as (typeof placements)[string] | undefined;
    if (!map) return [];
    const done = registrations.find(({ moving }) => moving === owner);
    if (!done) return [`${nameOf(owner)} was moved.`];
    const { kind, landmarks, fixed } = done;
    const ground = placements[fixed] as (typeof placements)[string] | undefined;
    const left = residuals(
      map,
      landmarks.map((pair) => ({
        moving: pair.moving,
        fixed: applyTo(ground ?? identity, pair.fixed),
      })),
    );
    const unit = layers.find((layer) => layer.owner === fixed)?.geometry.unit;
    const by =
      landmarks.length > 0
        ? `, ${landmarks.length} landmarks within ${lengthLabel(Number(Math.max(...left).toPrecision(2)), unit ?? null)}`
        : '';
    return [
      `${nameOf(owner)} was registered to ${nameOf(fixed)} (${kind}${by}).`,
    ];
  });
}

const isBeneath = ({ role, style }: LayerEntry): boolean =>
  style.visible && role === 'picture';

/**
 * What a figure shows and how it came about, in a few sentences: what the user starts from.
 * @param drawn when the figure is made
 * @param beneath whether pictures are in it
 */
export function captionOf(
  session: Session,
  drawn: Date,
  beneath = true,
): string {
  const { cube, runs, shownRun, unmixing, layers } = session;
  const summary = cube.state === 'ready' ? cube.summary : null;
  const pictures = beneath
    ? layers.filter(isBeneath).map(({ name }) => name)
    : [];
  const run = unmixing && runs.find(({ id }) => id === shownRun);
  const subject = !summary
    ? ''
    : run
      ? `${summary.name}: ${runWords(run)}`
      : summary.name;
  const first = [subject, listed(pictures)]
    .filter((words) => words !== '')
    .join('; shown with ');
  return [
    first === '' ? '' : `${first}.`,
    ...movedWords(session),
    `${run ? `Unmixed ${day(new Date(run.finished))}, drawn` : 'Drawn'} ${day(drawn)} with Stratigraph ${version}.`,
  ]
    .filter((words) => words !== '')
    .join(' ');
}
