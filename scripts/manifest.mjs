// What is wrong with a plugin manifest, in sentences: the schema, then what a schema cannot see.
import Ajv from 'ajv/dist/2020.js';

const knownSchemaVersion = 2;

/** Names that are there more than once. */
const twice = (names) => names.filter((name, i) => names.indexOf(name) !== i);

/**
 * @param manifest parsed plugin-manifest.json
 * @param schema parsed plugin-manifest.schema.json
 * @param packed what there is: the package's name and files ("./dist/plugin.js"), the exports of a module, the commands, the
 *   conditions, the element tags, the files of samples, and how each host is found ({ [id]: where })
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
  const { path, activate, commands: record, conditions } = manifest.entry;
  for (const name of [activate, record, conditions]) needExport(path, name);
  for (const worker of [manifest.worker, manifest.readerWorker])
    if (worker !== undefined && !packed.files.has(worker))
      problems.push(`${worker} is not in the package`);
  for (const host of manifest.hosts) {
    needExport(host.path, host.export);
    const where = packed.found[host.id];
    if (host.found !== where)
      problems.push(
        `host ${host.id} is found by ${host.found ?? 'nothing'}, but the code looks for ${where ?? 'nothing'}`,
      );
  }
  for (const id of twice(manifest.hosts.map(({ id }) => id)))
    problems.push(`host ${id} is there twice`);
  problems.push(...contributionProblems(manifest, packed));
  return { problems: [...new Set(problems)], warnings };
}

function contributionProblems({ name, contributions }, packed) {
  const problems = [];
  const { commands, widgets, menus, configuration } = contributions;
  const ids = commands.map(({ id }) => id);
  const tags = widgets.map(({ tag }) => tag);
  for (const id of ids) {
    if (!id.startsWith(`${name}.`))
      problems.push(`command ${id} does not start with ${name}.`);
    if (!packed.commands.includes(id))
      problems.push(`command ${id} is bound to no code`);
  }
  for (const id of twice(ids)) problems.push(`command ${id} is there twice`);
  for (const tag of twice(tags)) problems.push(`widget ${tag} is there twice`);
  for (const tag of tags)
    if (!packed.tags.includes(tag))
      problems.push(`widget ${tag} is no element of the package`);

  const named = [
    ...['readers', 'writers', 'sampleData', 'keybindings'].flatMap((kind) =>
      contributions[kind].map((one) => [
        `${kind} ${one.title ?? one.key}`,
        one,
      ]),
    ),
    ...Object.entries(menus).flatMap(([menu, entries]) =>
      entries.map((one) => [`menu ${menu}`, one]),
    ),
  ];
  for (const [what, { command, when, widget }] of named) {
    if (!ids.includes(command))
      problems.push(
        `${what} names the command ${command}, which is not contributed`,
      );
    if (when !== undefined && !packed.conditions.includes(when))
      problems.push(`${what} holds when ${when}, which is no condition`);
    if (widget !== undefined && !tags.includes(widget))
      problems.push(
        `${what} names the widget ${widget}, which is not contributed`,
      );
  }
  for (const { title, files } of contributions.sampleData)
    for (const file of files)
      if (!packed.samples.has(file))
        problems.push(`sampleData ${title}: ${file} is not made`);
  for (const { properties } of configuration)
    for (const [key, setting] of Object.entries(properties)) {
      if (!key.startsWith(`${name}.`))
        problems.push(`setting ${key} does not start with ${name}.`);
      if (
        setting.enumTitles &&
        setting.enumTitles.length !== setting.enum?.length
      )
        problems.push(
          `setting ${key} has ${setting.enumTitles.length} enumTitles for ${setting.enum?.length ?? 0} values`,
        );
      if (setting.default !== undefined && !fits(setting.default, setting))
        problems.push(
          `setting ${key} may not be its default ${JSON.stringify(setting.default)}`,
        );
    }
  const settings = configuration.flatMap(({ properties }) =>
    Object.keys(properties),
  );
  for (const key of twice(settings))
    problems.push(`setting ${key} is there twice`);
  return problems;
}

/** A setting is a JSON schema of its values. */
function fits(value, { type, enum: values, minimum, maximum }) {
  const own = { type, enum: values, minimum, maximum };
  const schema = Object.fromEntries(
    Object.entries(own).filter(([, given]) => given !== undefined),
  );
  return new Ajv().validate(schema, value);
}
