import type { Layer } from '../../imaging/layer.js';
import { corners, indexToWorld } from '../../imaging/geometry.js';
import { cubeGeometry } from '../placements.js';
import type { StageMark, StagePane, StageSplit } from '../stage/panes.js';
import type { ComparisonState, SessionState } from '../state.js';
import { type Subject, subjectOf } from './subjects.js';

/** What our own view shows of a comparison. */
export interface ComparisonPanes {
  /** Names of the two. */
  readonly names: readonly [string, string];
  readonly panes: readonly StagePane[];
  readonly split: StageSplit | null;
}

const stackOf = ({ ground, own }: Subject): readonly Layer[] => [
  ...ground,
  ...own,
];

/**
 * The panes of a comparison in one of our own modes; null for one that is the viewer's, or whose subjects are gone.
 * @param now of what changes by itself: which of the two flicker shows, and the difference, once it is there
 */
export function comparisonPanes(
  state: SessionState,
  comparison: ComparisonState,
  now: {
    readonly flicked: 'first' | 'second';
    readonly difference: Layer | null;
  },
): ComparisonPanes | null {
  const [first, second] = [comparison.first, comparison.second].map((id) =>
    subjectOf(state, id),
  );
  if (!first || !second) return null;
  const names = [first.name, second.name] as const;
  const marks = marksOf(state);
  const one = (
    groups: StagePane['groups'],
    name = names.join(' and '),
    id = 'both',
  ): StagePane => ({ id, name, groups, marks });
  const whole = { names, split: null };
  switch (comparison.mode) {
    case 'overlay':
      return {
        ...whole,
        panes: [
          one([
            { layers: stackOf(first) },
            { layers: second.own, opacity: comparison.mix },
          ]),
        ],
      };
    case 'swipe': {
      const { divider: at, upright } = comparison;
      return {
        names,
        panes: [
          one([
            { layers: stackOf(first), side: 'first' },
            { layers: stackOf(second), side: 'second' },
          ]),
        ],
        split: { at, upright },
      };
    }
    case 'side-by-side':
      return {
        ...whole,
        panes: [
          one([{ layers: stackOf(first) }], names[0], 'first'),
          one([{ layers: stackOf(second) }], names[1], 'second'),
        ],
      };
    case 'flicker':
      return {
        ...whole,
        panes: [
          one([{ layers: stackOf(now.flicked === 'first' ? first : second) }]),
        ],
      };
    case 'difference':
      return {
        ...whole,
        panes: [
          one(
            now.difference ? [{ layers: [now.difference] }] : [],
            `${names[0]} minus ${names[1]}`,
          ),
        ],
      };
    default:
      return null;
  }
}

/** The outline of the cube, and the pixel that is held. */
function marksOf(state: SessionState): readonly StageMark[] {
  const geometry = cubeGeometry(state);
  const { cube, pointer } = state;
  if (!geometry || cube.state !== 'ready') return [];
  const [a, b, c, d] = corners(
    geometry,
    cube.summary.width,
    cube.summary.height,
  );
  return [
    { kind: 'outline', points: [a, b, d, c] },
    ...(pointer?.pinned
      ? [
          {
            kind: 'cross',
            at: indexToWorld(geometry, [pointer.x, pointer.y, 0]),
          } as const,
        ]
      : []),
  ];
}
