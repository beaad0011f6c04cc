import { unmixDefaults } from '../../engine/options.js';
import type { CubeDescription } from '../../engine/protocol.js';
import type {
  CubeContent,
  CubeSource,
  LayerContent,
  RunContent,
  SessionContent,
  UnfinishedRun,
  ViewContent,
} from '../../session/document/schema.js';
import type { CubePart } from '../cube-part.js';
import { keptRuns } from '../runs/kept.js';
import type { KeptRun, LayerEntry, RunState, SessionState } from '../state.js';

/** A cube as a session is saved with it. */
export interface OpenCube {
  readonly id: string;
  readonly part: CubePart;
  readonly source: CubeSource;
  readonly said: CubeDescription;
}

const runContent = ({
  id,
  name,
  result,
  unmixing,
  colours,
  steps,
  geometry,
  finished,
}: KeptRun): RunContent => ({
  id,
  name,
  unmixing: result.unmixing,
  names: unmixing.names,
  colours,
  report: result.report,
  steps,
  geometry,
  finished,
});

/** The result on show where it is none of those that are kept. */
function shownContent(
  { run, unmixing, colours, chain, cube }: CubePart,
  runs: readonly RunContent[],
  shownRun: string | null,
): RunContent | null {
  if (!unmixing || cube.state !== 'ready') return null;
  const kept = runs.find(({ id }) => id === shownRun);
  const names = unmixing.names;
  const own = colours.slice(0, names.length);
  if (kept) return { ...kept, names, colours: own };
  return run.state === 'done'
    ? {
        id: 'shown',
        name: 'On show',
        unmixing,
        names,
        colours: own,
        report: run.result.report,
        steps: chain.applied,
        geometry: cube.summary.geometry,
        finished: Date.now(),
      }
    : null;
}

/** How far a run had come, in words. */
function reachedOf({ progress }: RunState & { state: 'running' }): string {
  if (!progress) return 'at its beginning';
  const { stage, training } = progress;
  return training
    ? `${stage}, epoch ${training.epoch} of ${training.epochs}`
    : stage;
}

function unfinishedOf({ run, cube }: CubePart): UnfinishedRun | null {
  if (run.state !== 'running' || cube.state !== 'ready') return null;
  const { preset, preview } = run;
  return {
    preset,
    reached: reachedOf(run),
    endmembers: preview?.endmembers ?? null,
    abundances: preview?.abundances ?? null,
  };
}

/** A cube as it is; null while it is not open. */
function cubeContent({ id, part, source, said }: OpenCube): CubeContent | null {
  const { cube, chain, pointer, selected, unmixing } = part;
  if (cube.state !== 'ready') return null;
  const { summary, type, missing, unsaid, warnings, choice } = cube;
  const { unitLength } = cube;
  const runs = keptRuns(part).map(runContent);
  const shownRun = runs.some((run) => run.id === part.shownRun)
    ? part.shownRun
    : null;
  const count = unmixing?.names.length ?? 0;
  return {
    id,
    name: summary.name,
    type,
    source,
    said,
    missing,
    unsaid,
    ...(unitLength !== undefined && { unitLength }),
    warnings,
    choice,
    summary,
    steps: chain.applied,
    display: part.display,
    request: { ...unmixDefaults, ...part.request },
    shown: shownContent(part, runs, shownRun),
    runs,
    shownRun,
    unfinished: unfinishedOf(part),
    colours: part.colours,
    classThreshold: part.classThreshold,
    selected: selected !== null && selected < count ? selected : null,
    pinned: pointer?.pinned ? [pointer.x, pointer.y] : null,
  };
}

const layerContent = ({
  id,
  owner,
  role,
  endmember,
  name,
  named = false,
  unit = '',
  locked,
  style,
  source,
  image,
}: LayerEntry): LayerContent => ({
  id,
  owner,
  role,
  endmember,
  name,
  named,
  unit,
  locked,
  style,
  source,
  // Made anew from the result.
  image: role === 'abundance' ? null : image,
});

/** What the session is called in lists. */
function titleOf(
  cubes: readonly CubeContent[],
  layers: readonly LayerEntry[],
): string {
  const names = cubes.map(({ name }) => name);
  const [picture] = layers.filter(({ role }) => role === 'picture');
  return (
    names.join(', ') ||
    (picture as LayerEntry | undefined)?.name ||
    ''
  ).slice(0, 1000);
}

/**
 * All of a session that is worth keeping, by reference: nothing is copied.
 * @param composite the user's choice of one blended layer, apart from what the viewer needs
 */
export function sessionContent(
  state: SessionState,
  open: readonly OpenCube[],
  composite: boolean,
  view: ViewContent | null,
): SessionContent {
  const cubes = open.flatMap((one) => cubeContent(one) ?? []);
  const isThere = (id: string): boolean => cubes.some((one) => one.id === id);
  // A run under way may show more maps than the result that is kept has.
  const countOf = (id: string): number =>
    cubes.find((one) => one.id === id)?.shown?.names.length ?? Infinity;
  const layers = state.layers.filter(
    ({ role, owner, endmember }) =>
      role === 'picture' ||
      (isThere(owner) && (endmember ?? 0) < countOf(owner)),
  );
  const { active, placements, registrations, comparison, caption } = state;
  return {
    title: titleOf(cubes, layers),
    cubes,
    active: isThere(active) ? active : (cubes.at(-1)?.id ?? ''),
    layers: layers.map(layerContent),
    placements,
    registrations,
    composite,
    comparison: comparison && { ...comparison },
    caption,
    view,
  };
}
