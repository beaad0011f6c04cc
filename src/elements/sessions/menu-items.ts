import { chooseFiles } from '../choose-files.js';
import type { MenuItem } from '../menu.js';
import type { SessionState } from '../state.js';
import type { SessionAsk } from './ask.js';

/** Whether there is something to save. */
export const canSave = ({ cube, pictures, cubes }: SessionState): boolean =>
  cube.state === 'ready' ||
  pictures.length > 0 ||
  cubes.some(({ state }) => state === 'ready');

/** Asks for a saved session. */
export async function chooseSession(
  ask: (ask: SessionAsk) => void,
): Promise<void> {
  const file = (await chooseFiles()).at(0);
  if (file) ask({ what: 'open', file });
}

/** What the panel's menu has for the session as a whole. */
export const sessionItems = (
  state: SessionState,
  ask: (ask: SessionAsk) => void,
): readonly MenuItem[] => [
  'line',
  {
    label: 'Save session',
    key: 'Ctrl+S',
    disabled: !canSave(state),
    act: () => ask({ what: 'save', files: 'embedded' }),
  },
  {
    label: 'Save session without its files',
    disabled: !canSave(state),
    act: () => ask({ what: 'save', files: 'referenced' }),
  },
  {
    label: 'Open session …',
    act: () => void chooseSession(ask),
  },
  ...keepItem(state.sessions.keeps, ask),
];

const keepItem = (
  keeps: boolean | null,
  ask: (ask: SessionAsk) => void,
): readonly MenuItem[] =>
  keeps === null
    ? []
    : [
        'line',
        {
          label: 'Keep sessions in this browser',
          checked: keeps,
          act: () => ask({ what: 'keep', on: !keeps }),
        },
      ];
