/** A tag that opens, as it stands in a text. */
export interface Tag {
  /** Without its namespace. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What follows up to the next tag. */
  readonly text: string;
}

const marks: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

const unescapeXml = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (all, decimal?: string, hex?: string, mark?: string) => {
      if (mark) return marks[mark.toLowerCase()];
      const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );

export const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The tags of an XML text in their order: enough to find what is named in it. Comments, instructions and closing tags
 * are passed over, and so is what is not well formed.
 */
export function tagsOf(xml: string): Tag[] {
  const bare = xml.replace(/<!--[^]*?(-->|$)/g, '');
  const tags =
    /<(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>([^<]*)/g;
  const pairs = /([\w.-]+)\s*=\s*("[^"]*"|'[^']*')/g;
  return Array.from(bare.matchAll(tags), ([, name, attributes, text]) => ({
    name,
    attributes: new Map(
      Array.from(attributes.matchAll(pairs), ([, key, quoted]) => [
        key,
        unescapeXml(quoted.slice(1, -1)),
      ]),
    ),
    text: unescapeXml(text),
  }));
}
