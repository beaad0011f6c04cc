import type { SessionState } from '../state.js';
import type { Evidence } from './ask.js';

/** What libraries say of the endmembers on show; null while it is not known, or of others. */
export function shownEvidence({
  evidence,
  unmixing,
}: Pick<SessionState, 'evidence' | 'unmixing'>): Evidence | null {
  return evidence && evidence.endmembers === unmixing?.endmembers
    ? evidence
    : null;
}

/** The candidate or sum that is drawn over the endmember that the user turned to, with its name; null while none is. */
export function drawnLine(
  session: Pick<
    SessionState,
    'evidence' | 'unmixing' | 'identifying' | 'selected'
  >,
): {
  readonly endmember: number;
  readonly label: string;
  readonly values: Float32Array;
} | null {
  const { drawn } = session.identifying;
  const found = drawn && shownEvidence(session)?.found.at(drawn.endmember);
  if (!found || drawn.endmember !== (session.selected ?? 0)) return null;
  const { endmember, at } = drawn;
  if (drawn.what === 'candidate') {
    const values = found.lines.at(at);
    return values
      ? { endmember, label: found.candidates[at].name, values }
      : null;
  }
  const values = found.sums.at(at);
  return values
    ? {
        endmember,
        label: found.mixtures[at].members.map(({ name }) => name).join(' + '),
        values,
      }
    : null;
}
