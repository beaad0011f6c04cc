// Writes the table of docs/corrections.md from the one the program uses; a test compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { format } from 'prettier';
import { root } from './root.mjs';

export const page = join(root, 'docs/corrections.md');
const [start, end] = ['<!-- table -->', '<!-- end of table -->'];

async function readCorrections() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/preprocess/corrections.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).corrections;
}

/** Numbers as people write them; very large and small ones by their power of ten. */
const written = (value) =>
  typeof value === 'number' &&
  value !== 0 &&
  (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)
    ? value.toExponential().replace('e+', 'e')
    : String(value);

/** What a new step starts from. */
function startOf({ type, choices, default: value }) {
  if (value === null) return 'everything';
  if (value === 'middle') return 'the middle of the axis';
  if (type === 'window') return value.join('–');
  if (choices) return choices.find((one) => one.value === value).label;
  if (!Array.isArray(value)) return written(value);
  return value.length === 0
    ? 'none'
    : value.map((window) => window.join('–')).join(', ');
}

/** One parameter: its label, where it starts, and what is allowed. */
function describe(parameter) {
  const { label, least, most, odd, zero } = parameter;
  const limits = [
    ...(odd ? ['odd'] : []),
    ...(least === undefined ? [] : [`${written(least)} to ${written(most)}`]),
    ...(zero ? [`0: ${zero}`] : []),
  ];
  return `${label}: ${startOf(parameter)}${limits.length > 0 ? ` (${limits.join('; ')})` : ''}`;
}

/** The page with its table made anew. */
export async function pageAnew() {
  const text = readFileSync(page, 'utf8');
  const rows = Object.entries(await readCorrections()).map(
    ([kind, { title, description, parameters }]) =>
      `| ${title} | \`${kind}\` | ${description} | ${Object.values(parameters).map(describe).join('<br>')} |`,
  );
  const table = `| correction | \`kind\` in a recipe | what it does | values at first, and what is allowed |\n| --- | --- | --- | --- |\n${rows.join('\n')}`;
  const before = text.slice(0, text.indexOf(start) + start.length);
  return format(`${before}\n\n${table}\n\n${text.slice(text.indexOf(end))}`, {
    parser: 'markdown',
    singleQuote: true,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(page, await pageAnew());
