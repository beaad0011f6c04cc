import { expect } from '@open-wc/testing';
import { fetchFiles, openUrls } from '../../src/formats/url.js';
import { isUnmixingError } from '../../src/spectral/errors.js';
import { tinyCubeFiles, tinySize } from '../fixtures/tiny-cube.js';

type Served = Readonly<Record<string, BodyInit | null>>;

const site = 'https://files.example/a%20b/';
const { fetch } = window;

/** Answers for a server that has these files, by name; `null` for one that breaks off. What it was asked for is listed. */
function serve(files: Served, headers: HeadersInit = {}): string[] {
  const asked: string[] = [];
  window.fetch = (input) => {
    const url = String(input instanceof Request ? input.url : input);
    const name = decodeURIComponent(url.slice(site.length));
    asked.push(name);
    if (!(name in files))
      return Promise.resolve(new Response('nothing', { status: 404 }));
    const content = files[name];
    return content === null
      ? Promise.reject(new TypeError('Failed to fetch'))
      : Promise.resolve(new Response(content, { headers }));
  };
  return asked;
}

const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (isUnmixingError(error)) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('files from the web', () => {
  afterEach(() => {
    window.fetch = fetch;
  });

  it('are named by the last part of their address, and a header brings the data beside it, by the names in turn', async () => {
    const [header, data] = tinyCubeFiles();
    const asked = serve({ 'tiny.hdr': header, 'tiny.dat': data });
    const opened = await openUrls([`${site}tiny.hdr`], {});
    expect(asked[0]).to.equal('tiny.hdr');
    expect(asked.at(-1)).to.equal('tiny.dat');
    expect(asked.indexOf('tiny.img')).above(0);
    const [cube] = opened;
    if (cube.kind !== 'cube') throw new Error(`a ${cube.kind}`);
    expect(cube.cube.axis.values).to.have.length(tinySize.bands);
  });

  it('ask for no data that were given too', async () => {
    const [header, data] = tinyCubeFiles();
    const asked = serve({ 'tiny.hdr': header, 'tiny.img': data });
    await openUrls([`${site}tiny.hdr`, `${site}tiny.img`], {});
    expect(asked).to.deep.equal(['tiny.hdr', 'tiny.img']);
  });

  it('tell the share that has come, by the length that the server says', async () => {
    const size = 3e5;
    const told: number[] = [];
    serve({ 'a.raw': new Uint8Array(size) }, { 'content-length': `${size}` });
    const [file] = await fetchFiles([`${site}a.raw`], {
      onProgress: (fraction) => told.push(fraction),
    });
    expect(file.size).to.equal(size);
    expect(told.at(-1)).to.equal(1);
  });

  it('are refused when the server has none, or answers with a page', async () => {
    serve({ 'page.hdr': '<html>' }, { 'content-type': 'text/html' });
    expect(await reasonOf(fetchFiles([`${site}none.hdr`], {}))).to.equal(
      'none.hdr could not be fetched: there is no such file on files.example.',
    );
    expect(await reasonOf(fetchFiles([`${site}page.hdr`], {}))).to.include(
      'there is no such file',
    );
  });

  it('are refused in one sentence when the server breaks off or is closed to this page', async () => {
    serve({ 'a.hdr': null });
    expect(await reasonOf(fetchFiles([`${site}a.hdr`], {}))).to.include(
      'a.hdr could not be fetched: the server cannot be reached',
    );
  });

  it('are given up with the reason of the signal', async () => {
    window.fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () =>
          reject(new DOMException('aborted', 'AbortError')),
        );
      });
    const controller = new AbortController();
    const fetching = fetchFiles([`${site}a.hdr`], {
      signal: controller.signal,
    });
    const why = new Error('enough');
    controller.abort(why);
    let reason: unknown;
    await fetching.catch((caught: unknown) => {
      reason = caught;
    });
    expect(reason).to.equal(why);
  });
});
