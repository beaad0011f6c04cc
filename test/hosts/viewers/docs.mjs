// The parts of docs/hosts.md that are written by this script: the table of what works where, from the results of the suite, and the
// lines that add the plugin to each viewer, from the examples.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/root.mjs';

export const page = join(root, 'docs/hosts.md');

/** Topics of the suite, in the table's order and words. */
export const topics = {
  slices: 'Reads a cube whose bands are slices',
  components: 'Reads a cube whose bands are components',
  'many-bands': 'Reads 1500 bands',
  told: 'Tells of volumes that come later',
  map: 'A map in its colour, thresholds sharp',
  opacity: 'Opacity 0, .5 and 1',
  order: 'Several layers over one another, in any order',
  remove: 'Layers hidden and removed without a trace',
  rgba: 'Finished colours with alpha, composite layer',
  classes: 'Classes in their colours',
  linear: 'Linear interpolation',
  place: 'Layers of another size and place',
  upright: 'First row on top, first column left',
  rotated: 'Rotated and tilted images',
  pick: 'The pixel under the pointer',
  panels: 'Panels beside the image',
  dispose: 'Leaves the viewer as it was found',
  origin: 'Asks nothing of another origin',
};

const manifest = JSON.parse(
  readFileSync(join(root, 'plugin-manifest.json'), 'utf8'),
);

/** One row a topic, one column a host of the manifest; what a viewer does not allow stands below, with its reason. */
export function table(conformance, endToEnd) {
  const hosts = manifest.hosts.filter(
    ({ id }) => id in conformance || id in endToEnd,
  );
  const notes = [];
  const note = (sentence) => {
    if (!notes.includes(sentence)) notes.push(sentence);
    return `no [${notes.indexOf(sentence) + 1}]`;
  };
  const cell = (result) => {
    if (!result) return '–';
    if (result.failed > 0) return 'FAILS';
    return result.why === null ? 'yes' : note(result.why);
  };
  const has =
    (capability) =>
    ({ capabilities }) =>
      capabilities.includes(capability) ? 'yes' : 'no';
  const rows = [
    ...Object.entries(topics)
      .map(([topic, words]) => [
        words,
        ...hosts.map(({ id }) => cell(conformance[id]?.[topic])),
      ])
      .filter(([, ...cells]) => cells.some((one) => one !== '–')),
    [
      'Opened, unmixed, shown and removed, end to end',
      ...hosts.map(({ id }) => cell(endToEnd[id])),
    ],
    ['Classes also as its own labels', ...hosts.map(has('classes'))],
    ['Two layers in its own comparison', ...hosts.map(has('compare'))],
    ['Tells and takes what is seen', ...hosts.map(has('camera'))],
    ['Draws sheared images as they are', ...hosts.map(has('affine'))],
    ['Interfaces of the viewer', ...hosts.map(({ interfaces }) => interfaces)],
  ];
  const head = [
    '',
    ...hosts.map(({ id, tested }) => `${id} ${tested.join(', ')}`),
  ];
  return [
    ...[head, head.map(() => '---'), ...rows].map(
      (cells) => `| ${cells.join(' | ')} |`,
    ),
    '',
    ...notes.map((sentence, n) => `${n + 1}. ${sentence}`),
  ].join('\n');
}

/** The lines of an example that add the plugin, with their imports. */
export function integration(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const imports = text.match(/^import .* from 'stratigraph.*';$/gm) ?? [];
  const between = text.match(/from here …\n([\s\S]*?)\/\/ … to here/);
  if (!between)
    throw new Error(`${file} has no lines from "from here …" to "… to here".`);
  const lines = between[1].trimEnd().split('\n');
  const indent = Math.min(
    ...lines.filter(Boolean).map((line) => line.search(/\S/)),
  );
  return [...imports, '', ...lines.map((line) => line.slice(indent))]
    .join('\n')
    .trim();
}

const block = (name) =>
  new RegExp(`(<!-- ${name}[^>]*-->\n)[\\s\\S]*?(<!-- end -->)`, 'g');

/** The page with its quotes as the examples are now: each stands between `<!-- quoted from FILE -->` and `<!-- end -->`. */
export function withQuotes(text) {
  return text.replace(
    /(<!-- quoted from (\S+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start, file, end) =>
      `${start}\n\`\`\`${file.endsWith('.ts') ? 'ts' : 'js'}\n${integration(file)}\n\`\`\`\n\n${end}`,
  );
}

/** The page with its table as these results give it. */
export const withTable = (text, written) =>
  text.replace(
    block('table of the suite'),
    (_, start, end) => `${start}\n${written}\n\n${end}`,
  );
