import {
  type EndmemberChange,
  type EditableResult,
  editedAtOnce,
  onRecord,
  placesAfter,
} from '../../engine/endmember-edits.js';
import { endmemberFill } from '../../imaging/colour.js';
import { keptRuns } from '../runs/kept.js';
import type { KeptRun, SessionState } from '../state.js';

type Edited = Pick<
  SessionState,
  'colours' | 'run' | 'runs' | 'request' | 'selected'
> & { readonly unmixing: NonNullable<SessionState['unmixing']> };

/** The run on show, with names and colours of now; null while there is none. */
export const runOnShow = (
  state: Pick<SessionState, 'runs' | 'shownRun' | 'unmixing' | 'colours'>,
): KeptRun | null =>
  state.unmixing
    ? (keptRuns(state).find(({ id }) => id === state.shownRun) ?? null)
    : null;

/** The first fill that no other endmember has. */
function freeFill(taken: readonly string[]): string {
  for (let i = 0; i <= taken.length; i++)
    if (!taken.includes(endmemberFill(i))) return endmemberFill(i);
  return endmemberFill(taken.length);
}

/** Colours that move along with their endmembers; new ones get one that is free. */
function coloursAfter(
  change: EndmemberChange,
  before: readonly string[],
): readonly string[] {
  const taken = [...before];
  return placesAfter(change, before.length).map((from) => {
    if (from !== null) return before[from];
    const fill = freeFill(taken);
    taken.push(fill);
    return fill;
  });
}

/**
 * What the state of a cube becomes when the endmembers of the run on show were edited: it is the same run. What the next run holds
 * fixed is known by its name, and goes along.
 */
export function afterEdit(
  state: SessionState,
  before: KeptRun,
  { unmixing, report }: EditableResult,
  change: EndmemberChange,
): Edited {
  const former = before.unmixing;
  const places = placesAfter(change, former.names.length);
  const colours = coloursAfter(change, before.colours);
  const resumable =
    before.result.resumable && unmixing.abundances === former.abundances;
  const result = { unmixing, report, resumable };
  const { run, selected, request } = state;
  const at = selected === null ? -1 : places.indexOf(selected);
  const calledNow = new Map(
    places.flatMap((from, to) =>
      from === null ? [] : [[former.names[from], unmixing.names[to]]],
    ),
  );
  const { fixed } = request;
  const renamed =
    fixed?.some(({ name }) => (calledNow.get(name) ?? name) !== name) ?? false;
  return {
    unmixing,
    colours,
    run: run.state === 'running' ? run : { state: 'done', result },
    runs: keptRuns(state).map((one) =>
      one.id === before.id ? { ...one, result, unmixing, colours } : one,
    ),
    request:
      fixed && renamed
        ? {
            ...request,
            fixed: fixed.map((one) => ({
              ...one,
              name: calledNow.get(one.name) ?? one.name,
            })),
          }
        : request,
    selected: at < 0 ? null : at,
  };
}

/** What it becomes of a name; null while no result is on show. */
export function afterNaming(
  state: SessionState,
  endmember: number,
  name: string,
): Pick<SessionState, 'unmixing'> | null {
  const { unmixing } = state;
  if (!unmixing || endmember >= unmixing.names.length) return null;
  const before = runOnShow(state);
  // Of a run that was not kept, there is no record.
  if (!before)
    return {
      unmixing: { ...unmixing, names: unmixing.names.with(endmember, name) },
    };
  const change = { kind: 'rename', endmember, name } as const;
  const { report } = before.result;
  const edited = editedAtOnce(
    { unmixing, report },
    onRecord(change, unmixing, Date.now()),
  );
  return edited && afterEdit(state, before, edited, change);
}
