import { expect } from '@open-wc/testing';
import { escapeXml, tagsOf } from '../../src/formats/common/xml.js';

describe('tags of XML', () => {
  it('come with their attributes and text, without namespaces and comments', () => {
    const tags = tagsOf(
      `<?xml version="1.0"?><ome:A x="1 &amp; 2" y='"&#945;"'>one &lt; two<!-- <B/> --><C.d z = ""/></ome:A>`,
    );
    expect(tags.map(({ name, text }) => [name, text])).to.deep.equal([
      ['A', 'one < two'],
      ['C.d', ''],
    ]);
    expect([...tags[0].attributes]).to.deep.equal([
      ['x', '1 & 2'],
      ['y', '"α"'],
    ]);
  });

  it('read back what was escaped', () => {
    const odd = `<a href="x">&amp; 'b' \u{1F33F}`;
    expect(
      tagsOf(`<T v="${escapeXml(odd)}"/>`)[0].attributes.get('v'),
    ).to.equal(odd);
    expect(escapeXml('a\0b\uD800c')).to.equal('abc');
  });

  it('are found in no time however badly the text is formed', () => {
    const start = performance.now();
    for (const part of ['<!--', '<a b="', "<a b='c' ", '<', '< \n', '<a.a:'])
      tagsOf(part.repeat(2e5));
    expect(performance.now() - start).to.be.below(2000);
  });
});
