// `npm test`: everything that must hold, and a line with the counts at the end. `npm test -- unit e2e` runs parts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureArtillery } from './setup/artillery.mjs';
import { bootstrap } from './setup/bootstrap.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { runForeground } from './setup/foreground.mjs';
import { ensureNginx } from './setup/nginx.mjs';
import { root } from './setup/paths.mjs';
import { SetupError, say } from './setup/terminal.mjs';

const bin = (name) => join(root, 'node_modules/.bin', name);
const results = join(root, 'test-results');

/** The sum of the counts of parts that run one after the other. */
async function inTurn(...counting) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const count of counting) {
    const counts = await count();
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  return total;
}

/** A check that either holds or does not: one count. */
function check(name, file, args) {
  return async () => {
    say(`== ${name}`);
    const code = await runForeground(bin(file), args);
    return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(join(results, file), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The counts of a test runner; a runner that failed without a failed test has failed as a whole. */
function withExitCode(counts, code) {
  if (counts && (code === 0 || counts.failed > 0)) return counts;
  return { passed: counts?.passed ?? 0, failed: 1, skipped: counts?.skipped ?? 0 };
}

function vitest(project) {
  return async () => {
    say(`== ${project} tests`);
    const report = `${project}.json`;
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=test-results/${report}`];
    const code = await runForeground(bin('vitest'), ['run', '--project', project, ...reporters]);
    const json = readReport(report);
    const counts = json && {
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    };
    return withExitCode(counts, code);
  };
}

function playwright(project, env) {
  return async () => {
    const cli = join(root, 'node_modules/@playwright/test/cli.js');
    rmSync(join(results, 'e2e.json'), { force: true });
    const code = await runForeground(process.execPath, [cli, 'test', `--project=${project}`], env);
    const stats = readReport('e2e.json')?.stats;
    return withExitCode(
      stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped },
      code,
    );
  };
}

async function endToEnd() {
  say('== end-to-end tests in the real window');
  const env = await ensureElectron({ virtualDisplay: true });
  return inTurn(playwright('windows', env), playwright('measuring', env));
}

const parts = {
  format: check('formatting and lint', 'biome', ['ci', '--error-on-warnings', '.']),
  'types-node': check('types of main, command line and tests', 'tsc', ['-p', 'tsconfig.node.json']),
  'types-web': check('types of the window', 'tsc', ['-p', 'tsconfig.web.json']),
  compose: check('the compose file of the databases', 'dclint', ['--max-warnings', '0', 'resources/compose.yaml']),
  layers: check('import layers', 'depcruise', ['electron', 'renderer', 'shared', '--output-type', 'err']),
  unit: vitest('unit'),
  integration: async () => {
    process.env.PROOFLOAD_TEST_ARTILLERY = await ensureArtillery();
    process.env.PROOFLOAD_TEST_NGINX = (await ensureNginx()) ?? '';
    return inTurn(vitest('integration'), vitest('measuring'));
  },
  e2e: endToEnd,
};

await bootstrap(import.meta.url, async (names) => {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new SetupError(`there is no part ${unknown.join(', ')}`, `the parts are ${Object.keys(parts).join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  await ensureBuild();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failedParts = [];
  for (const name of names.length > 0 ? names : Object.keys(parts)) {
    const counts = await parts[name]();
    if (counts.failed > 0) failedParts.push(name);
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  if (failedParts.length > 0) say(`failed: ${failedParts.join(', ')}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 ? 0 : 1;
});
