// `npm run test:mutants`: takes the guards of tests/mutants/ out of a copy of the sources, one at a time, and shows which
// test fails without each; none may survive. `npm run test:mutants -- unit sender` runs those of a kind, or of a name.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../scripts/setup/bootstrap.mjs';
import { tail } from '../../scripts/setup/command.mjs';
import { root } from '../../scripts/setup/paths.mjs';
import { SetupError, say } from '../../scripts/setup/terminal.mjs';
import { toolFile } from '../../scripts/setup/tools.mjs';

const sources = [
  'LICENSE',
  'bench',
  'electron',
  'electron-builder.yml',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
  'playwright.config.ts',
  'renderer',
  'resources',
  'scripts',
  'shared',
  'tests',
  'vitest.config.ts',
];
const kinds = ['unit', 'integration', 'e2e'];
/** Tests that measure, and those that need modules of their own, are projects of their own. */
const vitestProjects = { unit: ['unit', 'unit-isolated'], integration: ['integration', 'measuring'] };

/** A copy of the sources that uses the same packages. */
function copySources() {
  const folder = mkdtempSync(join(tmpdir(), 'proofload-mutants-'));
  for (const name of sources) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  mkdirSync(join(folder, 'test-results'));
  return folder;
}

/** Runs a program in the copy, and returns what it printed. */
function runNode(folder, args, env = {}) {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return `${stdout}${stderr}`;
}

const report = (folder) => join(folder, 'test-results', 'mutant.json');

function readReport(folder, output) {
  try {
    return JSON.parse(readFileSync(report(folder), 'utf8'));
  } catch {
    throw new SetupError(`the tests could not be run:\n${tail(output, 20)}`, 'mend the error above');
  }
}

/** Runs tests of vitest, which builds the copy where they need it: how many there were, the names of those that failed, and the files that could not be loaded. */
function runVitest(folder, project, file, name) {
  rmSync(report(folder), { force: true });
  const only = name === undefined ? [] : ['-t', name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  const reporter = ['--reporter=json', `--outputFile=${report(folder)}`];
  const projects = (vitestProjects[project] ?? [project]).flatMap((one) => ['--project', one]);
  const output = runNode(folder, [toolFile('vitest'), 'run', ...projects, file, ...only, ...reporter]);
  const { testResults } = readReport(folder, output);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    count: results.filter(({ status }) => status === 'passed' || status === 'failed').length,
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    unloaded: testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0),
  };
}

function specsOf({ suites = [], specs = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** Runs tests of the window, of what is built of the copy. */
function runPlaywright(folder, file, name) {
  rmSync(report(folder), { force: true });
  const only = name === undefined ? [] : ['-g', name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')];
  const args = [toolFile('@playwright/test', 'playwright'), 'test', file, ...only, '--no-deps', '--reporter=json'];
  const output = runNode(folder, args, { PLAYWRIGHT_JSON_OUTPUT_NAME: report(folder) });
  const specs = specsOf(readReport(folder, output));
  return {
    count: specs.length,
    failed: specs.filter(({ ok }) => !ok).map(({ title }) => title),
    unloaded: [],
  };
}

/** Runs the tests of a guard on the copy as it is, and throws where they could not be run. */
function runTests(folder, tests) {
  const failed = [];
  for (const { project, file, name } of tests) {
    const outcome = project === 'e2e' ? runPlaywright(folder, file, name) : runVitest(folder, project, file, name);
    if (outcome.unloaded.length > 0)
      throw new SetupError(`${file} could not be loaded`, 'a guard is taken out so that the program still runs');
    if (outcome.count === 0) throw new SetupError(`there is no test ${name ?? ''} in ${file}`, 'mend the name');
    failed.push(...outcome.failed);
  }
  return failed;
}

/** The text of the file without the guard. Throws where the guard is not there, or more than once. */
function without({ name, file, find, replace }) {
  const text = readFileSync(join(root, file), 'utf8');
  const count = text.split(find).length - 1;
  if (count !== 1)
    throw new SetupError(`${name}: its text is ${count} times in ${file}`, 'tests/mutants/ names it as it is now');
  return text.replace(find, () => replace);
}

/** Takes out one guard, runs its tests, and puts it back; the names of the tests that failed. */
function takeOut(folder, guard) {
  const path = join(folder, guard.file);
  writeFileSync(path, without(guard));
  try {
    return runTests(folder, guard.tests);
  } finally {
    cpSync(join(root, guard.file), path);
  }
}

function chosen(guards, wanted) {
  const wantedKinds = wanted.filter((word) => kinds.includes(word));
  const words = wanted.filter((word) => !kinds.includes(word));
  return guards.filter(
    ({ name, tests }) =>
      (wantedKinds.length === 0 || tests.every(({ project }) => wantedKinds.includes(project))) &&
      (words.length === 0 || words.some((word) => name.includes(word))),
  );
}

/** The first of the tests that failed, and how many there were besides. */
function namesOf([first, ...others]) {
  return others.length === 0 ? first : `${first}, and ${others.length} more`;
}

/** The different tests of guards, which must pass while nothing is taken out. */
function testsOf(guards) {
  const tests = new Map(guards.flatMap(({ tests }) => tests.map((test) => [JSON.stringify(test), test])));
  return [...tests.values()];
}

await bootstrap(import.meta.url, async (wanted) => {
  const { guards } = await import('./guards.ts');
  for (const guard of guards) without(guard);
  const tried = chosen(guards, wanted);
  if (tried.length === 0) throw new SetupError(`no guard is called ${wanted.join(' ')}`, 'see tests/mutants/');
  const folder = copySources();
  try {
    const broken = runTests(folder, testsOf(tried));
    if (broken.length > 0)
      throw new SetupError(`tests fail with every guard in its place: ${broken.join('; ')}`, 'mend them first');
    const rows = [];
    let survived = 0;
    for (const guard of tried) {
      const failed = takeOut(folder, guard);
      if (failed.length === 0) survived += 1;
      const found = failed.length === 0 ? 'SURVIVED' : namesOf(failed);
      say(`${guard.name}: ${failed.length === 0 ? found : `found by ${found}`}`);
      rows.push(`| ${guard.name} | ${guard.file} | ${found.replaceAll('|', '\\|')} |`);
    }
    mkdirSync(join(root, 'test-results'), { recursive: true });
    const table = ['| guard | taken out of | found by |', '|---|---|---|', ...rows, ''].join('\n');
    writeFileSync(join(root, 'test-results', 'mutants.md'), table);
    process.stdout.write(
      `${tried.length} of ${guards.length} guards taken out, one at a time: ${tried.length - survived} found by a test, ${survived} survived\n`,
    );
    return survived === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
