// What is wrong with a plugin manifest, in sentences: the schema, then what a schema cannot see.
import Ajv from 'ajv/dist/2020.js';

const knownSchemaVersion = 1;

/**
 * @param manifest parsed plugin-manifest.json
 * @param schema parsed plugin-manifest.schema.json
 * @param packed what the package holds: its name, its files ("./dist/plugin.js"), the exports of a module, the element tags
 * @returns {{ problems: string[], warnings: string[] }} sentences; no problems means that every name in it exists
 */
export function checkManifest(manifest, schema, packed) {
  const valid = new Ajv({ allErrors: true }).compile(schema);
  if (!valid(manifest))
    return {
      problems: valid.errors.map(
        ({ instancePath, message, params }) =>
          `${instancePath || 'the manifest'}: ${message}${params.additionalProperty ? ` (${params.additionalProperty})` : ''}`,
      ),
      warnings: [],
    };
  const problems = [];
  const warnings = [];
  if (manifest.schemaVersion > knownSchemaVersion)
    warnings.push(
      `schemaVersion is ${manifest.schemaVersion}, newer than the ${knownSchemaVersion} known here: what is new is passed over`,
    );
  if (manifest.name !== packed.name)
    problems.push(
      `name is ${manifest.name}, but the package is ${packed.name}`,
    );

  const needExport = (path, name) => {
    if (!packed.files.has(path)) problems.push(`${path} is not in the package`);
    else if (!packed.exportsOf(path).includes(name))
      problems.push(`${path} does not export ${name}`);
  };
  needExport(manifest.entry.path, manifest.entry.activate);
  needExport(manifest.entry.path, manifest.entry.commands);
  for (const worker of [manifest.worker, manifest.readerWorker])
    if (worker !== undefined && !packed.files.has(worker))
      problems.push(`${worker} is not in the package`);
  for (const host of manifest.hosts) needExport(host.path, host.export);

  const { commands, widgets, readers } = manifest.contributions;
  const ids = commands.map(({ id }) => id);
  for (const id of ids) {
    if (!id.startsWith(`${manifest.name}.`))
      problems.push(`command ${id} does not start with ${manifest.name}.`);
    if (!packed.commands.includes(id))
      problems.push(`command ${id} is bound to no code`);
    if (ids.indexOf(id) !== ids.lastIndexOf(id))
      problems.push(`command ${id} is there twice`);
  }
  for (const { command, title } of readers)
    if (!ids.includes(command))
      problems.push(
        `reader ${title} names the command ${command}, which is not contributed`,
      );
  for (const { tag } of widgets)
    if (!packed.tags.includes(tag))
      problems.push(`widget ${tag} is no element of the package`);
  return { problems: [...new Set(problems)], warnings };
}
