import type { PlaneMap, Raster, Rectangle } from './figure.js';
import {
  type Drawing,
  type Mark,
  type Paint,
  fontFamily,
  rastersOf,
} from './marks.js';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe as content and as an attribute. What is no character of XML 1.0 (its production 2) is left out. */
const escape = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => entities[sign]);

/** Short, and finer than any eye. */
const number = (value: number): string => `${Number(value.toFixed(4))}`;

const fill = ({ colour, alpha }: Paint, name = 'fill'): string =>
  ` ${name}="${escape(colour)}"${alpha === 1 ? '' : ` ${name}-opacity="${number(alpha)}"`}`;

const box = (at: Rectangle): string =>
  ` x="${number(at.x)}" y="${number(at.y)}" width="${number(at.width)}" height="${number(at.height)}"`;

/** Maps of pixels keep all figures: a thousand pixels multiply what is left out. */
const matrix = ([a, b, c, d, e, f]: PlaneMap): string =>
  `matrix(${[a, d, b, e, c, f].map((value) => Number(value.toPrecision(12))).join(' ')})`;

/**
 * A drawing as one SVG file: images as PNG in it, all else as shapes and text. It holds no script and asks for nothing.
 * @param png each raster of the drawing as a data URL
 */
export function writeSvg(
  { width, height, marks, name, caption }: Drawing,
  png: (raster: Raster) => string,
): string {
  const ids = new Map(
    rastersOf(marks).map((raster, i) => [raster, `image-${i + 1}`]),
  );
  const clips: string[] = [];
  const write = (mark: Mark): string => {
    switch (mark.kind) {
      case 'image': {
        const blend = mark.additive
          ? ' style="mix-blend-mode:plus-lighter"'
          : '';
        const sampling = mark.smooth ? 'auto' : 'pixelated';
        return `<use href="#${ids.get(mark.raster)}" transform="${matrix(mark.at)}" image-rendering="${sampling}"${blend}/>`;
      }
      case 'rectangle': {
        const round = mark.radius > 0 ? ` rx="${number(mark.radius)}"` : '';
        return `<rect${box(mark)}${round}${fill(mark.fill)}/>`;
      }
      case 'line': {
        const [x1, y1, x2, y2] = [...mark.from, ...mark.to].map(number);
        return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke-width="${number(mark.width)}"${fill(mark.paint, 'stroke')}/>`;
      }
      case 'text': {
        const weight = mark.bold ? ' font-weight="600"' : '';
        const anchor =
          mark.anchor === 'start' ? '' : ` text-anchor="${mark.anchor}"`;
        return `<text x="${number(mark.x)}" y="${number(mark.y)}" font-size="${number(mark.size)}"${weight}${anchor}${fill(mark.paint)}>${escape(mark.text)}</text>`;
      }
      case 'clip': {
        const id = `clip-${clips.length + 1}`;
        clips.push(`<clipPath id="${id}"><rect${box(mark)}/></clipPath>`);
        const opacity =
          mark.alpha === 1 ? '' : ` opacity="${number(mark.alpha)}"`;
        return `<g clip-path="url(#${id})"${opacity}>\n${mark.marks.map(write).join('\n')}\n</g>`;
      }
    }
  };
  const body = marks.map(write);
  const images = Array.from(
    ids,
    ([raster, id]) =>
      `<image id="${id}" width="${raster.width}" height="${raster.height}" preserveAspectRatio="none" href="${escape(png(raster))}"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="${escape(fontFamily)}" text-rendering="geometricPrecision">
<title>${escape(name)}</title>
<desc>${escape(caption)}</desc>
<defs>
${[...images, ...clips].join('\n')}
</defs>
${body.join('\n')}
</svg>
`;
}
