// `npm test`: everything that must hold, and a line with the counts at the end. `npm test -- unit e2e` runs parts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from './setup/bootstrap.mjs';
import { runForeground } from './setup/foreground.mjs';
import { root } from './setup/paths.mjs';
import { SetupError, say } from './setup/terminal.mjs';
import { npmCommand } from './setup/tools.mjs';

const results = join(root, 'test-results');

/** A part of vitest's, which is told to write a report beside what it prints. */
const vitest = (project) => ({
  script: `test:${project}`,
  args: ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${project}.json`],
  report: `${project}.json`,
  counts: (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }),
});

/** What each part runs, a script of package.json. One without a report either holds or does not. */
const parts = {
  lint: { script: 'lint' },
  typecheck: { script: 'typecheck' },
  unit: vitest('unit'),
  integration: vitest('integration'),
  e2e: {
    script: 'test:e2e',
    report: 'e2e.json',
    counts: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }),
  },
};

/** The counts of a report; one without is of a runner that did not come to its end. */
function read({ report, counts }) {
  try {
    return counts(JSON.parse(readFileSync(join(results, report), 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

async function runPart(part) {
  const [npm, npmArgs] = npmCommand();
  say(`== npm run ${part.script}`);
  const code = await runForeground(npm, [...npmArgs, 'run', '--silent', part.script, '--', ...(part.args ?? [])]);
  if (part.report === undefined) return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  const counts = read(part);
  // A runner that failed without a failed test has failed as a whole; so has one that ran nothing.
  const hasFailed = code !== 0 || counts.passed === 0;
  return hasFailed && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

await bootstrap(import.meta.url, async (names) => {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new SetupError(`there is no part ${unknown.join(', ')}`, `the parts are ${Object.keys(parts).join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedParts = [];
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const counts = await runPart(parts[name]);
    if (counts.failed > 0) failedParts.push(name);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  if (failedParts.length > 0) say(`failed: ${failedParts.join(', ')}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 ? 0 : 1;
});
