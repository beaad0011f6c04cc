import { bytes, count, listed } from '../../formats/common/words.js';
import type {
  SessionContent,
  SessionDocument,
} from '../../session/document/schema.js';
import { isUnmixingError } from '../../spectral/errors.js';

/** What a session holds, for a list: "cross-section, 5 endmembers, 2 layers moved". */
export function sessionWords({
  title,
  cubes,
  placements,
}: Pick<SessionDocument, 'title' | 'cubes' | 'placements'>): string {
  const found = cubes.reduce(
    (sum, { shown }) => sum + (shown?.names.length ?? 0),
    0,
  );
  const results = cubes.reduce((sum, { runs }) => sum + runs.length, 0);
  const moved = Object.keys(placements).length;
  const running = cubes.some(({ unfinished }) => unfinished !== null);
  return [
    title,
    ...(found > 0 ? [count(found, 'endmember')] : []),
    ...(results > 1 ? [count(results, 'result')] : []),
    ...(moved > 0 ? [`${count(moved, 'layer')} moved`] : []),
    ...(running ? ['a run under way'] : []),
  ].join(', ');
}

/** Whether writing failed because the browser's storage has no more room. */
export const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/** What of a session is kept in a storage that is too full for its files, in a sentence. */
export function poorWords({ cubes }: Pick<SessionContent, 'cubes'>): string {
  const files = cubes.flatMap(({ source }) =>
    source.kind === 'files' ? source.files : [],
  );
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return `The browser's storage is full: results are kept, the files are not (${listed(
    files.map(({ name }) => name),
    2,
  )}, ${bytes(size)}). Have them at hand to reopen the session, or save it.`;
}

/**
 * Why the session is not kept in the browser, in a sentence.
 * @param kept when it last was, milliseconds since 1970; null when it never was
 */
export function troubleWords(error: unknown, kept: number | null): string {
  if (isFull(error))
    return kept === null
      ? "The browser's storage is full: the session is not kept. Save it."
      : `The browser's storage is full: what was done since ${timeWords(kept)} is not kept. Save the session.`;
  if (isUnmixingError(error)) return `${error.message} Save the session.`;
  return error instanceof DOMException
    ? 'The browser refuses storage to this page: the session is not kept. Save it.'
    : `The session could not be kept in this browser (${error instanceof Error ? error.message : String(error)}). Save it.`;
}

/** A time of today by the clock, another with its day. */
export function timeWords(at: number, now = Date.now()): string {
  const clock = { hour: '2-digit', minute: '2-digit', hour12: false } as const;
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    'en-GB',
    isToday ? clock : { ...clock, day: 'numeric', month: 'short' },
  ).format(at);
}
