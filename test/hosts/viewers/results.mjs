// What the runs of the suite in each viewer came to, topic by topic.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/root.mjs';

export const conformanceFile = join(root, 'build/hosts/conformance.json');

/**
 * A reporter of web-test-runner that writes { [host]: { [topic]: { passed, failed, why } } } when all is run. `why` is the sentence
 * of a topic that the viewer does not allow.
 */
export function conformanceReporter(file) {
  return {
    stop({ sessions }) {
      const hosts = {};
      for (const { testResults } of sessions)
        for (const { name, suites } of testResults?.suites ?? []) {
          const [, host] = name.match(/^(.+) host$/) ?? [];
          if (host) collect(suites, (hosts[host] ??= {}));
        }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(hosts, null, 2)}\n`);
    },
  };
}

/** The innermost group of a test is its topic. */
function collect(suites, topics) {
  for (const { name, suites: inner, tests } of suites) {
    collect(inner, topics);
    for (const test of tests) {
      const topic = (topics[name] ??= { passed: 0, failed: 0, why: null });
      if (test.skipped) topic.why = test.name;
      else if (test.passed) topic.passed += 1;
      else topic.failed += 1;
    }
  }
}
