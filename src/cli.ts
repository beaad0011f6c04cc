import { batch } from './cli/batch.js';
import { parseCommand } from './cli/command.js';
import { convert } from './cli/convert.js';
import { helpText } from './cli/help.js';
import { identify } from './cli/identify.js';
import { info } from './cli/info.js';
import { tell } from './cli/tell.js';
import { unmixFile } from './cli/unmix.js';
import { version } from './engine/version.js';
import { isUnmixingError } from './spectral/errors.js';

/** The files of tfjs's wasm backend lie beside this program. */
const assets = new URL('./', import.meta.url).href;

/** Codes of exit: 0 done, 1 a fault of program or machine, 2 bad input, 130 interrupted. */
async function main(args: string[], signal: AbortSignal): Promise<number> {
  const command = parseCommand(args);
  switch (command.name) {
    case 'help':
      process.stdout.write(helpText);
      return 0;
    case 'version':
      process.stdout.write(`${version}\n`);
      return 0;
    case 'info':
      return info(command, signal);
    case 'identify':
      await identify(command, signal);
      return 0;
    case 'convert':
      await convert(command, signal);
      return 0;
    case 'unmix':
      await unmixFile(command, assets, signal);
      return 0;
    case 'batch':
      return batch(command, signal);
  }
}

const interruption = new AbortController();
process.on('SIGINT', () => {
  // The first asks the run to end; the second does not wait for it.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
});
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output has gone, as in `stratigraph info … | head`.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

/** Tells a fault in one sentence. */
function fail(error: unknown): number {
  if (interruption.signal.aborted) {
    tell('Interrupted: nothing was written.');
    return 130;
  }
  if (isUnmixingError(error)) {
    tell(error.message);
    return error.tag === 'input' || error.tag === 'file' ? 2 : 1;
  }
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  return 1;
}

// Not awaited: parts that load later import from this file, and would wait for it for ever.
void main(process.argv.slice(2), interruption.signal)
  .catch(fail)
  .then((code) => {
    process.exitCode = code;
  });
