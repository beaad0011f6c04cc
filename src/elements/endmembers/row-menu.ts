import {
  binIcon,
  dropIcon,
  eyeIcon,
  eyeOffIcon,
  lockIcon,
  pencilIcon,
  splitIcon,
} from '../icons.js';
import type { MenuItem } from '../menu.js';

/** How an endmember stands in its list. */
export interface RowTraits {
  readonly place: number;
  readonly count: number;
  /** Held fixed in the next run: its spectrum stays. */
  readonly held: boolean;
  /** Null where it has no map. */
  readonly visible: boolean | null;
  /** Nothing can be edited: what is on show still changes. */
  readonly busy: boolean;
  /** A pixel is held. */
  readonly pinned: boolean;
}

/** What its menu does. */
export interface RowActs {
  readonly rename: () => void;
  readonly recolour: () => void;
  readonly fix: () => void;
  readonly toggle: () => void;
  /** Up or down the list. */
  readonly move: (by: -1 | 1) => void;
  readonly merge: () => void;
  readonly split: () => void;
  readonly replaceFromFile: () => void;
  readonly replaceByPixel: () => void;
  readonly flip: () => void;
  readonly discard: () => void;
}

/** The menu of an endmember; keys are those of the list. */
export function rowMenu(
  { place, count, held, visible, busy, pinned }: RowTraits,
  acts: RowActs,
): MenuItem[] {
  const kept = busy || held;
  return [
    {
      label: 'Rename',
      icon: pencilIcon,
      key: 'F2',
      disabled: busy,
      act: acts.rename,
    },
    { label: 'Colour…', icon: dropIcon, act: acts.recolour },
    {
      label: held ? 'Let go in next run' : 'Hold fixed',
      icon: lockIcon,
      key: 'L',
      disabled: busy,
      act: acts.fix,
    },
    {
      label: visible === false ? 'Show' : 'Hide',
      icon: visible === false ? eyeIcon : eyeOffIcon,
      key: 'Space',
      disabled: visible === null,
      act: acts.toggle,
    },
    {
      label: 'Move up',
      key: 'Alt+↑',
      disabled: busy || place === 0,
      act: () => acts.move(-1),
    },
    {
      label: 'Move down',
      key: 'Alt+↓',
      disabled: busy || place === count - 1,
      act: () => acts.move(1),
    },
    'line',
    {
      label: 'Merge with…',
      key: 'M',
      disabled: busy || count < 3,
      act: acts.merge,
    },
    {
      label: 'Split in two',
      icon: splitIcon,
      disabled: kept,
      act: acts.split,
    },
    {
      label: 'Spectrum from a file…',
      disabled: kept,
      act: acts.replaceFromFile,
    },
    {
      label: 'Spectrum of the held pixel',
      disabled: kept || !pinned,
      act: acts.replaceByPixel,
    },
    { label: 'Turn upside down', disabled: kept, act: acts.flip },
    'line',
    {
      label: 'Delete',
      icon: binIcon,
      key: 'Del',
      disabled: kept || count < 3,
      act: acts.discard,
    },
  ];
}
