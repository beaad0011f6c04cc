import {
  type ReferenceTable,
  emptyTable,
  layOut,
} from '../algorithms/reference-table.js';
import { isUnmixingError, toErrorData } from '../spectral/errors.js';
import type { Spectra } from '../spectral/cube.js';
import { type Pace, keepPace } from '../spectral/pace.js';
import { type Identifier, tableIdentifier } from './identify.js';
import type {
  Findings,
  Found,
  FromIdentifier,
  Search,
  ToIdentifier,
} from './identify-protocol.js';
import { type LibrarySpectrum, referencesOf } from './library.js';

/** Libraries laid out at the bands of an axis. */
interface Laid {
  readonly axis: Float64Array;
  /** What else it rests on. */
  readonly of: readonly unknown[];
  readonly table: ReferenceTable;
  readonly names: readonly Pick<LibrarySpectrum, 'name' | 'source'>[];
  readonly skipped: readonly string[];
  identifier: {
    readonly weights: Float64Array;
    readonly identify: Identifier;
  } | null;
}

const sameValues = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

/** Laying out takes most of the time of a first search. */
const layingShare = 0.9;

/** The worker's end of identification: holds libraries, lays them out once for an axis, and searches them. */
export class IdentifyDesk {
  readonly #libraries = new Map<string, readonly Spectra[]>();
  #laid: Laid | null = null;
  #call = new AbortController();

  constructor(
    private readonly post: (
      message: FromIdentifier,
      transfer?: ArrayBuffer[],
    ) => void,
  ) {}

  async receive(message: ToIdentifier): Promise<void> {
    switch (message.type) {
      case 'hold':
        this.#libraries.set(message.library, message.lists);
        break;
      case 'drop':
        this.#libraries.delete(message.library);
        this.#laid = null;
        break;
      case 'cancel':
        this.#call.abort();
        break;
      case 'search':
        await this.#answer(message.ticket, message.search);
    }
  }

  async #answer(ticket: number, search: Search): Promise<void> {
    this.#call.abort();
    const call = (this.#call = new AbortController());
    try {
      const findings = await this.#search(
        search,
        keepPace(call.signal, (fraction) => {
          this.post({ type: 'progress', ticket, fraction });
        }),
      );
      this.post(
        { type: 'found', ticket, findings },
        findings.found.flatMap(({ lines, sums }) =>
          [...lines, ...sums].flatMap(({ buffer }) =>
            buffer instanceof ArrayBuffer ? [buffer] : [],
          ),
        ),
      );
    } catch (error) {
      if (!call.signal.aborted)
        this.post({ type: 'error', ticket, error: toErrorData(error) });
    }
  }

  async #search(search: Search, pace: Pace): Promise<Findings> {
    const { axis, spectra, measure, most, members } = search;
    const laid = await this.#layOut(search, pace);
    const identify = identifierOf(laid, search.weights);
    const bands = axis.values.length;
    const count = spectra.length / bands;
    const found: Found[] = [];
    for (let r = 0; r < count; r++) {
      await pace(layingShare + ((1 - layingShare) * r) / count);
      const spectrum = spectra.subarray(r * bands, (r + 1) * bands);
      const one = identify(spectrum, { measure, most, members });
      found.push({
        ...one,
        lines: one.candidates.map(({ reference }) =>
          identify.line([{ reference, factor: 1 }], spectrum, measure),
        ),
        sums: one.mixtures.map((mixture) =>
          identify.line(mixture.members, spectrum, 'angle'),
        ),
      });
    }
    return { found, references: laid.names.length, skipped: laid.skipped };
  }

  /** The libraries at the bands of the axis: those of the last search where nothing of them changed. */
  async #layOut(search: Search, pace: Pace): Promise<Laid> {
    const { libraries, axis, penetration } = search;
    const held = libraries.map(({ id }) => this.#libraries.get(id) ?? []);
    const of = [
      ...held,
      ...libraries.map(({ name }) => name),
      axis.unit,
      axis.quantity,
      penetration,
    ];
    const before = this.#laid;
    if (
      before &&
      sameValues(before.axis, axis.values) &&
      before.of.length === of.length &&
      of.every((one, i) => one === before.of[i])
    )
      return before;
    // The last one makes room before this one is made.
    this.#laid = null;
    const count = held.flat().reduce((sum, { names }) => sum + names.length, 0);
    const table = emptyTable(count, axis.values, axis.unit === 'cm-1');
    const names: Laid['names'][number][] = [];
    const skipped: string[] = [];
    for (const [i, { name: source }] of libraries.entries())
      for (const list of held[i]) {
        const references = comparable(list, search, skipped);
        for (const reference of references) {
          await pace((layingShare * names.length) / count);
          layOut(table, names.length, reference);
          names.push({ name: reference.name, source });
        }
      }
    return (this.#laid = {
      of,
      axis: axis.values,
      // Lists that were skipped leave rows at the end.
      table: { ...table, count: names.length },
      names,
      skipped,
      identifier: null,
    });
  }
}

/** The spectra of a list as references; none, and a sentence the more, where they cannot be compared. */
function comparable(
  list: Spectra,
  { axis, penetration }: Search,
  skipped: string[],
): readonly LibrarySpectrum[] {
  try {
    return referencesOf(list, axis, { penetration });
  } catch (error) {
    if (!isUnmixingError(error)) throw error;
    skipped.push(error.message);
    return [];
  }
}

function identifierOf(laid: Laid, weights: Float64Array): Identifier {
  if (!laid.identifier || !sameValues(laid.identifier.weights, weights))
    laid.identifier = {
      weights,
      identify: tableIdentifier(laid.table, laid.names, weights),
    };
  return laid.identifier.identify;
}
