import type { Layer } from '../../imaging/layer.js';
import { parseHex } from '../../imaging/colour.js';
import type {
  LegendEntry,
  PlacedRaster,
  Rectangle,
  Stack,
} from '../../session/figure/figure.js';
import {
  type Sides,
  differenceLayer,
  sameSides,
  sidesOf,
} from '../compare/differ.js';
import { comparisonPanes } from '../compare/panes.js';
import { subjectOf } from '../compare/subjects.js';
import { runsOfCubes } from '../runs/kept.js';
import type { StageGroup, StagePane, StageSplit } from '../stage/panes.js';
import type { SessionState } from '../state.js';
import { legendOf, mapEntry, swatchOf } from './legend-entries.js';

/** One panel of a comparison, before it is cut to an extent. */
export interface ComparedPanel {
  readonly title: string | null;
  readonly layers: readonly Layer[];
  readonly stacks: (
    placed: (layers: readonly Layer[]) => PlacedRaster[],
  ) => Stack[];
}

/** The share of a panel that lies on one side of the divider; all of it without one. */
function partOf({ side }: StageGroup, split: StageSplit | null): Rectangle {
  const [from, to] =
    !side || !split ? [0, 1] : side === 'first' ? [0, split.at] : [split.at, 1];
  return split?.upright === false
    ? { x: 0, y: from, width: 1, height: to - from }
    : { x: from, y: 0, width: to - from, height: 1 };
}

const stacksOf =
  (
    { groups }: StagePane,
    split: StageSplit | null,
    names: readonly [string, string],
  ): ComparedPanel['stacks'] =>
  (placed) =>
    groups.map((group) => ({
      images: placed(group.layers),
      part: partOf(group, split),
      opacity: group.opacity ?? 1,
      tag: group.side ? names[group.side === 'first' ? 0 : 1] : null,
    }));

/**
 * The comparison that is on show as panels; null when there is none in one of our own ways. Flicker stands still: both side by
 * side.
 * @param difference of the two, once it is there
 */
export function comparedPanels(
  session: SessionState,
  difference: Layer | null,
): readonly ComparedPanel[] | null {
  const { comparison } = session;
  if (!comparison) return null;
  const mode = comparison.mode === 'flicker' ? 'side-by-side' : comparison.mode;
  const compared = comparisonPanes(
    session,
    { ...comparison, mode },
    { flicked: 'first', difference },
  );
  if (!compared) return null;
  const { panes, split, names } = compared;
  const panels = panes.map((pane): ComparedPanel => ({
    title: split ? null : pane.name,
    layers: pane.groups.flatMap(({ layers }) => layers),
    stacks: stacksOf(pane, split, names),
  }));
  return panels.some(({ layers }) => layers.length > 0) ? panels : null;
}

/** What the colours of a comparison stand for: maps that are in it, endmembers of runs, and the values of a difference. */
export function comparedLegend(
  session: SessionState,
  panels: readonly ComparedPanel[],
  difference: Layer | null,
): LegendEntry[] {
  if (difference && session.comparison?.mode === 'difference')
    return difference.image.kind === 'map'
      ? [
          mapEntry({
            ...difference,
            role: 'diagnostic',
            endmember: null,
            unit: differenceUnit(session),
          }),
        ]
      : [];
  const ids = new Set(
    panels.flatMap(({ layers }) => layers.map(({ id }) => id)),
  );
  const entries = legendOf(
    session,
    session.layers
      .filter(({ id }) => ids.has(id))
      .map((layer) => ({
        ...layer,
        style: { ...layer.style, visible: true },
      })),
  );
  const { comparison } = session;
  const runs = runsOfCubes(session)
    .flatMap((cube) => cube.runs)
    .filter(({ id }) =>
      [comparison?.first, comparison?.second].includes(`run:${id}`),
    );
  const known = new Set<string>();
  const isNew = ({ swatch, name, detail }: LegendEntry): boolean => {
    const words = JSON.stringify([swatch, name, detail]);
    if (known.has(words)) return false;
    known.add(words);
    return true;
  };
  return [
    ...entries,
    ...runs.flatMap(({ unmixing, colours }) =>
      unmixing.names.map((name, r) => ({
        swatch: swatchOf(r, parseHex(colours[r])),
        name,
        detail: '',
        bar: null,
      })),
    ),
  ].filter(isNew);
}

/** Differences of results are of shares; those of other maps have the unit of the first. */
function differenceUnit({ comparison, layers }: SessionState): string {
  const first = layers.find(({ id }) => id === comparison?.first);
  return first?.unit ?? '';
}

/** The difference of what is compared, made anew only where one of the two changed. */
export class Difference {
  #made: { readonly sides: Sides; readonly layer: Layer } | null = null;

  /** Null where no difference is on show. */
  async of(session: SessionState): Promise<Layer | null> {
    const { comparison } = session;
    if (comparison?.mode !== 'difference') return null;
    const [first, second] = [comparison.first, comparison.second].map((id) =>
      subjectOf(session, id),
    );
    if (!first || !second) return null;
    const sides = sidesOf(first, second, session);
    if (!this.#made || !sameSides(this.#made.sides, sides))
      this.#made = { sides, layer: await differenceLayer(sides) };
    return this.#made.layer;
  }
}
