import { expect } from '@open-wc/testing';
import { unzip, zipFiles } from '../../src/formats/zip.js';
import { file, openOne, refusal } from './files.js';

const text = (part: Blob): Promise<string> => part.text();

describe('zip', () => {
  it('gives the files that were put in, with their folders, and nothing that systems leave there', async () => {
    const zip = zipFiles([
      { name: 'a.txt', content: 'one' },
      { name: 'folder/b.txt', content: new Uint8Array([50]) },
      { name: '__MACOSX/a.txt', content: 'x' },
      { name: 'folder/.DS_Store', content: 'x' },
    ]);
    const files = await unzip(file('all.zip', zip), {});
    expect(files.map(({ name }) => name)).to.deep.equal([
      'all.zip/a.txt',
      'all.zip/folder/b.txt',
    ]);
    expect(await Promise.all(files.map(text))).to.deep.equal(['one', '2']);
  });

  it('a thousand small files come out whole', async () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({
      name: `${i}`,
      content: `${i}`,
    }));
    const files = await unzip(file('many.zip', zipFiles(many)), {});
    expect(await Promise.all(files.map(text))).to.deep.equal(
      many.map(({ content }) => content),
    );
  });

  it('a header and its data open from it as one image', async () => {
    const header =
      'ENVI\nsamples = 2\nlines = 1\nbands = 2\ndata type = 1\ninterleave = bip\nbyte order = 0\n';
    const zip = zipFiles([
      { name: 'm.hdr', content: header },
      { name: 'm.img', content: Uint8Array.of(1, 2, 3, 4) },
    ]);
    const opened = await openOne(file('m.zip', zip));
    if (opened.kind !== 'cube') throw new Error(opened.kind);
    expect([...opened.cube.data]).to.deep.equal([1, 2, 3, 4]);
  });

  it('one that grows beyond measure is refused', async () => {
    const bomb = zipFiles([{ name: 'x.csv', content: new Uint8Array(5e7) }]);
    expect(await refusal(file('b.zip', bomb))).to.contain(
      'b.zip grows to more than',
    );
  });

  it('one that is cut short, or holds another zip only, is refused', async () => {
    const zip = zipFiles([{ name: 'a.csv', content: '1,2\n'.repeat(1000) }]);
    expect(await refusal(file('c.zip', zip.slice(0, 60)))).to.contain(
      'c.zip is damaged or cut short',
    );
    const nested = zipFiles([{ name: 'in.zip', content: zip }]);
    expect(await refusal(file('n.zip', nested))).to.contain('in.zip');
  });
});
