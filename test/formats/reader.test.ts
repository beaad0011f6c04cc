import { expect } from '@open-wc/testing';
import { readInWorker } from '../../src/formats/reader.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { tinyCubeFiles, tinySize } from '../fixtures/tiny-cube.js';
import { file, itkAssets } from './files.js';

const reasonOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error('it went well');
    },
    (reason: unknown) => reason,
  );

/** Every worker that starts meanwhile, and whether it was ended. */
async function watched(
  work: (started: Worker[], ended: Set<Worker>) => Promise<void>,
): Promise<void> {
  const { Worker } = window;
  const started: Worker[] = [];
  const ended = new Set<Worker>();
  window.Worker = class extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given);
      started.push(this);
    }
    override terminate(): void {
      ended.add(this);
      super.terminate();
    }
  };
  try {
    await work(started, ended);
  } finally {
    window.Worker = Worker;
  }
}

/** Text columns of so many rows: slow enough to be given up. */
const longFile = (): File => file('long.dpt', rowsOf(400_000));
const rowsOf = (rows: number): string =>
  Array.from({ length: rows }, (_, i) => `${4000 + i}\t${i}\t${2 * i}\n`).join(
    '',
  );

describe('reading in a worker', () => {
  it('gives what openFiles gives, with buffers that fill the arrays, and ends the worker', async () => {
    await watched(async (started, ended) => {
      const told: number[] = [];
      const [opened] = await readInWorker(
        { files: tinyCubeFiles() },
        { onProgress: (fraction) => told.push(fraction) },
      );
      if (opened.kind !== 'cube') throw new Error(`a ${opened.kind}`);
      const { width, height, bands } = tinySize;
      expect([opened.cube.width, opened.cube.height]).to.deep.equal([
        width,
        height,
      ]);
      expect(opened.cube.data).to.have.length(width * height * bands);
      expect(opened.cube.data.byteLength).to.equal(
        opened.cube.data.buffer.byteLength,
      );
      expect(opened.cube.axis.values[0]).to.equal(4000);
      expect(told.at(-1)).to.equal(1);
      expect(started).to.have.length(1);
      expect(ended.has(started[0])).to.equal(true);
    });
  });

  it('keeps the folder in the name of a file on its way to the worker', async () => {
    const reason = await reasonOf(
      readInWorker({ files: [file('folder/a/notes.md', 'words')] }, {}),
    );
    expect(String(reason)).to.include('folder/a/notes.md is in no format');
  });

  it('runs the worker of itk-wasm inside, from a relative address', async () => {
    const canvas = new OffscreenCanvas(6, 4);
    canvas.getContext('2d')?.fillRect(0, 0, 6, 4);
    const png = new File([await canvas.convertToBlob()], 'small.png');
    const [opened] = await readInWorker({ files: [png] }, { itkAssets });
    if (opened.kind !== 'picture') throw new Error(`a ${opened.kind}`);
    expect([opened.picture.width, opened.picture.height]).to.deep.equal([6, 4]);
  });

  it('tells what is wrong with a file in its one sentence', async () => {
    const reason = await reasonOf(
      readInWorker({ files: [file('nothing.hdr')] }, {}),
    );
    expect(isUnmixingError(reason) && reason.tag).to.equal('file');
    expect(String(reason)).to.include('nothing.hdr is empty (0 bytes).');
  });

  it('ends the worker at once when it is given up, with the reason for that', async () => {
    await watched(async (started, ended) => {
      const controller = new AbortController();
      const reading = readInWorker(
        { files: [longFile()] },
        { signal: controller.signal },
      );
      const why = new Error('changed my mind');
      controller.abort(why);
      expect(await reasonOf(reading)).to.equal(why);
      expect(ended.has(started[0])).to.equal(true);
    });
  });

  it('says in one sentence that the worker broke down', async () => {
    await watched(async (started, ended) => {
      const reading = readInWorker({ files: [longFile()] }, {});
      started[0].dispatchEvent(
        new ErrorEvent('error', { message: 'out of memory' }),
      );
      const reason = await reasonOf(reading);
      expect(isUnmixingError(reason) && reason.tag).to.equal('file');
      expect(String(reason)).to.include('broke down (out of memory)');
      expect(ended.has(started[0])).to.equal(true);
    });
  });

  it('says that there is no worker where it should lie', async () => {
    const reason = await reasonOf(
      readInWorker(
        { files: tinyCubeFiles() },
        { readerUrl: '/nowhere/reader-worker.js' },
      ),
    );
    expect(String(reason)).to.include('could not be loaded');
  });
});

describe('reading addresses', () => {
  /** Files served under addresses of this page's own origin. */
  const at = (path: string): string => new URL(path, window.location.href).href;

  it('refuses what is no address of the web', async () => {
    for (const address of ['ftp://host/a.hdr', 'a.hdr', 'file:///a.hdr']) {
      const reason = await reasonOf(readInWorker({ urls: [address] }, {}));
      expect(isUnmixingError(reason) && reason.tag).to.equal('input');
      expect(String(reason)).to.include('https:// or http://');
    }
  });

  it('says that there is no such file', async () => {
    const reason = await reasonOf(
      readInWorker({ urls: [at('/test/nowhere/cube.hdr')] }, {}),
    );
    expect(String(reason)).to.include('cube.hdr could not be fetched');
  });

  it('says that a server cannot be reached', async () => {
    const reason = await reasonOf(
      readInWorker({ urls: ['http://127.0.0.1:9/cube.hdr'] }, {}),
    );
    expect(String(reason)).to.include('cannot be reached');
  });
});
