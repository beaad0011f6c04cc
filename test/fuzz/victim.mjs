// A worker that opens damaged files one after the other and tells of each that ends badly.
import { parentPort, workerData } from 'node:worker_threads';
import { mutate } from './mutate.mjs';

const { bundle, clock } = workerData;
const { openFiles, faultOf, isUnmixingError, randomSource } = await import(
  bundle
);
/** Which run is going on, since when: read by the thread that watches. */
const now = new Float64Array(clock);

/** Bytes asked for since the last look, by every way in which a script asks for memory in bulk. */
let asked = 0;
for (const name of [
  'ArrayBuffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
]) {
  const Kind = globalThis[name];
  const counting = new Proxy(Kind, {
    construct(target, given, newTarget) {
      const made = Reflect.construct(
        target,
        given,
        newTarget === counting ? target : newTarget,
      );
      if (!(given[0] instanceof ArrayBuffer)) asked += made.byteLength;
      return made;
    },
  });
  globalThis[name] = counting;
}

const sizeOf = (opened) => {
  if (opened.kind === 'cube') return opened.cube.data.byteLength;
  if (opened.kind === 'spectra') return opened.spectra.data.byteLength;
  if (opened.kind === 'picture') return opened.picture.data.byteLength;
  return 0;
};

/** Runs may ask for this much whatever the file's size: tables, decoders, pieces that are read at a time. */
const always = 12e6;

/** @param honest bytes of values that the file holds when it is whole, which its header may rightly declare */
async function run(files, honest) {
  const fileBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const given = files.map(({ name, bytes }) => new File([bytes], name));
  asked = 0;
  const from = performance.now();
  let outcome;
  let made = 0;
  try {
    const opened = await openFiles(given);
    made = opened.reduce((sum, one) => sum + sizeOf(one), 0);
    outcome = { end: 'opened', fault: faultOf(opened) };
  } catch (error) {
    outcome =
      isUnmixingError(error) && error.tag === 'file'
        ? { end: 'refused', fault: null }
        : {
            end: 'failed',
            fault: `${error?.name}: ${error?.message}\n${error?.stack ?? ''}`,
          };
  }
  const took = performance.now() - from;
  if (!outcome.fault && took > 2000)
    outcome.fault = `took ${(took / 1000).toFixed(1)} s`;
  if (
    !outcome.fault &&
    asked > always + 4 * (fileBytes + Math.max(made, honest))
  )
    outcome.fault = `asked for ${(asked / 1e6).toFixed(1)} MB with ${(fileBytes / 1e6).toFixed(2)} MB of files that hold ${(made / 1e6).toFixed(1)} MB of values`;
  return { ...outcome, took, made };
}

let honest;
parentPort.on('message', async ({ files, first, count, base }) => {
  honest ??= (await run(files, Infinity)).made;
  for (let i = first; i < first + count; i++) {
    const damaged = mutate(files, randomSource(base + i));
    now[1] = performance.timeOrigin + performance.now();
    now[0] = i + 1;
    const { end, fault, took } = await run(damaged.files, honest);
    now[0] = 0;
    parentPort.postMessage({
      run: i,
      end,
      took,
      fault,
      way: damaged.way,
      hurt: damaged.hurt,
    });
  }
  parentPort.postMessage({ done: true });
});
parentPort.postMessage({ ready: true });
