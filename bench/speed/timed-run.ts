import type { Preset, UnmixRequest } from '../../src/engine/options.js';
import type {
  Preview,
  Progress,
  Report,
  UnmixResult,
} from '../../src/engine/protocol.js';
import { median } from '../statistics.js';

export interface RunTask {
  readonly onProgress: (progress: Progress) => void;
  readonly onPreview: (preview: Preview) => void;
  /** Ends the run soon, with the best so far. */
  readonly stop: AbortSignal;
}

export interface RunFigures {
  readonly stages: Report['stages'];
  /** Wall time of the whole run. */
  readonly seconds: number;
  /** Until the first picture; null when there was none. */
  readonly preview: number | null;
  /** Passes trained, with a fraction, and seconds a pass: median over the reports of progress. Null without training. */
  readonly training: {
    readonly passes: number;
    readonly reports: number;
    readonly secondsPerPass: number;
    readonly backend: string;
  } | null;
}

/** Passes of a training that is stopped before its end. */
const manyPasses = 10_000;
const fewestReports = 6;
/** A training too slow to report often enough is given up after this many times the time meant for it. */
const patience = 5;

/** A request whose training, if any, goes on until it is stopped. */
export const endless = (preset: Preset, rest: UnmixRequest): UnmixRequest => ({
  ...rest,
  preset,
  ...(preset === 'auto'
    ? {}
    : { network: { ...rest.network, epochs: manyPasses } }),
});

/**
 * Runs to the end, or trains for some seconds, and times both: the speed of a pass is told by the times between reports of progress,
 * the first aside, which holds what is done once.
 */
export async function timedRun(
  trainingSeconds: number,
  run: (task: RunTask) => Promise<UnmixResult>,
): Promise<RunFigures> {
  const stop = new AbortController();
  const begun = performance.now();
  let preview: number | null = null;
  const reports: { readonly at: number; readonly pass: number }[] = [];
  const { report } = await run({
    stop: stop.signal,
    onPreview: () => {
      preview ??= (performance.now() - begun) / 1000;
    },
    onProgress: ({ stage, fraction }) => {
      if (stage !== 'training' || fraction === 0) return;
      const pass = fraction * manyPasses;
      const at = performance.now() / 1000;
      const last = reports.at(-1);
      if (pass > (last?.pass ?? 0)) reports.push({ at, pass });
      const spent = at - reports[0].at;
      if (
        (reports.length >= fewestReports && spent >= trainingSeconds) ||
        (reports.length >= 2 && spent >= patience * trainingSeconds)
      )
        stop.abort();
    },
  });
  const rates = reports
    .slice(1)
    .map(({ at, pass }, i) => (at - reports[i].at) / (pass - reports[i].pass));
  return {
    stages: report.stages,
    seconds: (performance.now() - begun) / 1000,
    preview,
    training: report.backend && {
      passes: reports.at(-1)?.pass ?? 0,
      reports: reports.length,
      secondsPerPass: median(rates),
      backend: report.backend,
    },
  };
}
