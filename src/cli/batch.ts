import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { tableRow } from '../formats/text/csv-write.js';
import { count, stem } from '../formats/common/words.js';
import { nameOf, readAddress } from '../formats/url.js';
import { fileName } from '../session/export.js';
import { isUnmixingError } from '../spectral/errors.js';
import type { BatchCommand } from './command.js';
import { type ProgressLine, type Told, progressLine } from './progress.js';
import { findSource } from './sources.js';
import { checkFolder, store } from './store.js';
import { tell } from './tell.js';
import { requestFor } from './unmix.js';

/** One file of a batch: where its results go, and what came of it. */
interface Row {
  readonly file: string;
  readonly folder: string;
  outcome:
    | { readonly state: 'waiting' }
    | { readonly state: 'running'; readonly fraction: number }
    | { readonly state: 'done'; readonly figures: Figures }
    | { readonly state: 'failed'; readonly code: number; readonly why: string };
}

/** Of report.json, what the summary tells. */
interface Figures {
  readonly input: {
    readonly width: number;
    readonly height: number;
    readonly bands: number;
  };
  readonly endmembers: readonly string[];
  readonly seconds: number;
  readonly rmse: number;
  readonly meanAngle: number;
  readonly warnings: readonly string[];
}

/** Runs at once unless said: each wants a core, and memory for its image. */
const atOnceDefault = Math.max(1, Math.floor(availableParallelism() / 2));

/** A name for the folder of a file's results that no other has. */
function folderOf(file: string, taken: Set<string>): string {
  const name = /^https?:/i.test(file)
    ? nameOf(readAddress(file))
    : basename(file);
  const own = fileName(stem(name)).replace(/^\.+/, '') || 'image';
  let folder = own;
  for (let n = 2; taken.has(folder.toLowerCase()); n++) folder = `${own}-${n}`;
  taken.add(folder.toLowerCase());
  return folder;
}

/** A row a file, where a header and its data are one; files that are not there have failed already. */
async function rowsOf(files: readonly string[]): Promise<Row[]> {
  const seen = new Set<string>();
  const taken = new Set<string>();
  const rows: Row[] = [];
  for (const file of files) {
    let outcome: Row['outcome'] = { state: 'waiting' };
    try {
      const { paths } = await findSource(file);
      if (paths.every((path) => seen.has(path))) continue;
      paths.forEach((path) => seen.add(path));
    } catch (error) {
      if (!isUnmixingError(error)) throw error;
      outcome = { state: 'failed', code: 2, why: error.message };
      tell(error.message);
    }
    rows.push({ file, folder: folderOf(file, taken), outcome });
  }
  return rows;
}

/** Unmixes one file in a process of its own, so that neither a fault nor its memory is another's. */
async function runOne(
  row: Row,
  { passedOn, out }: BatchCommand,
  line: ProgressLine,
  show: () => void,
  signal: AbortSignal,
): Promise<void> {
  const folder = join(out, row.folder);
  row.outcome = { state: 'running', fraction: 0 };
  const child = fork(
    process.argv[1],
    ['unmix', row.file, '--out', folder, ...passedOn],
    { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
  );
  const stop = (): void => {
    child.kill('SIGINT');
  };
  signal.addEventListener('abort', stop);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  child.on('message', ({ fraction }: Told) => {
    row.outcome = { state: 'running', fraction };
    show();
  });
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (ended) => resolve(ended ?? 1));
  });
  signal.removeEventListener('abort', stop);
  const lines = said.split('\n').filter((one) => one.trim() !== '');
  line.clear();
  if (!signal.aborted) for (const one of lines) tell(`${row.file}: ${one}`);
  row.outcome =
    code === 0
      ? {
          state: 'done',
          figures: JSON.parse(
            await readFile(join(folder, 'report.json'), 'utf8'),
          ) as Figures,
        }
      : signal.aborted
        ? { state: 'waiting' }
        : {
            state: 'failed',
            code,
            why: lines.at(-1) ?? 'The run ended without a word.',
          };
}

/** Cells of the summary, in the order of `titles`. */
function cellsOf({ file, folder, outcome }: Row): string[] {
  switch (outcome.state) {
    case 'done': {
      const { input, endmembers, seconds, rmse, meanAngle, warnings } =
        outcome.figures;
      return [
        file,
        'done',
        folder,
        `${input.width} x ${input.height} x ${input.bands}`,
        String(endmembers.length),
        meanAngle.toFixed(4),
        rmse.toPrecision(3),
        seconds.toFixed(1),
        String(warnings.length),
        '',
      ];
    }
    case 'failed':
      return [file, 'failed', '', '', '', '', '', '', '', outcome.why];
    case 'waiting':
    case 'running':
      return [file, 'not run', '', '', '', '', '', '', '', ''];
  }
}

const titles = [
  'file',
  'state',
  'folder',
  'size',
  'endmembers',
  'mean angle (rad)',
  'rmse',
  'seconds',
  'warnings',
  'reason',
];

/** Rows in columns for a screen; control characters of names and sentences are shown as a mark. */
function aligned(rows: readonly (readonly string[])[]): string {
  const clean = rows.map((cells) =>
    cells.map((cell) => cell.replace(/\p{Cc}/gu, '\uFFFD')),
  );
  const widths = titles.map((_, c) =>
    Math.max(...clean.map((cells) => cells[c].length)),
  );
  return clean
    .map((cells) =>
      cells
        .map((cell, c) => cell.padEnd(widths[c]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Unmixes many files alike, a bounded number at once, each into a folder of its own name; goes on after a file that cannot be, and
 * ends with a table, on standard output and in summary.csv.
 * @returns the code of exit: 0 when all are done; 130 when interrupted, else the highest of the files'
 * @throws UnmixingError `input` before anything is run when recipe, options or folder will not do
 */
export async function batch(
  command: BatchCommand,
  signal: AbortSignal,
): Promise<number> {
  await requestFor(command);
  await checkFolder(command.out);
  const rows = await rowsOf(command.files);
  const line = progressLine(process.stderr);
  const show = (): void => {
    const over = rows.filter(
      ({ outcome: { state } }) => state === 'done' || state === 'failed',
    );
    const running = rows.flatMap(({ file, outcome }) =>
      outcome.state === 'running' ? [{ file, ...outcome }] : [],
    );
    line.show(
      [
        `${over.length} of ${rows.length}`,
        ...running.map(({ file }) => file),
      ].join(' · '),
      running.reduce((sum, { fraction }) => sum + fraction, over.length) /
        rows.length,
    );
  };
  const waiting = rows.filter(({ outcome }) => outcome.state === 'waiting');
  const work = async (): Promise<void> => {
    for (
      let row = waiting.shift();
      row && !signal.aborted;
      row = waiting.shift()
    )
      await runOne(row, command, line, show, signal);
  };
  const atOnce = command.atOnce ?? atOnceDefault;
  await Promise.all(Array.from({ length: atOnce }, work));
  line.clear();

  const table = [titles, ...rows.map(cellsOf)];
  process.stdout.write(`${aligned(table)}\n`);
  await store(
    command.out,
    [{ name: 'summary.csv', content: `${table.map(tableRow).join('\n')}\n` }],
    new AbortController().signal,
  );
  const failed = rows.flatMap(({ outcome }) =>
    outcome.state === 'failed' ? [outcome.code] : [],
  );
  const done = rows.filter(({ outcome }) => outcome.state === 'done').length;
  if (signal.aborted) {
    tell(`Interrupted: ${done} of ${count(rows.length, 'file')} are done.`);
    return 130;
  }
  return Math.max(0, ...failed);
}
