// `npm test`: everything that must hold, and a line with the counts at the end. `npm test -- unit e2e` runs parts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runBeside } from './setup/background.mjs';
import { bootstrap } from './setup/bootstrap.mjs';
import { runForeground } from './setup/foreground.mjs';
import { makeMemoryFolder } from './setup/memoryFolder.mjs';
import { root } from './setup/paths.mjs';
import { SetupError, say } from './setup/terminal.mjs';
import { npmCommand, toolFile } from './setup/tools.mjs';
import { failureLines, playwrightReport, vitestReport } from './testReports.mjs';

const results = join(root, 'test-results');

/** A script of package.json, which either holds or does not. */
function script(name) {
  const [npm, args] = npmCommand();
  return { file: npm, args: [...args, 'run', '--silent', name] };
}

/** Projects of vitest's, which is told to write a report of that name beside what it prints. */
function vitest(name, projects = [name]) {
  const report = join(results, `${name}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return {
    file: process.execPath,
    args: [toolFile('vitest'), 'run', ...projects.flatMap((project) => ['--project', project]), ...reporters],
    report,
    read: vitestReport,
  };
}

/** A project of Playwright's, with a report of this name. */
function playwright(project, name) {
  const report = join(results, `${name}.json`);
  return {
    file: process.execPath,
    args: [toolFile('@playwright/test', 'playwright'), 'test', '--project', project, '--no-deps'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    report,
    read: playwrightReport,
  };
}

/** What each part runs, once the packages are installed. */
const parts = {
  typecheck: () => [script('typecheck')],
  lint: () => [script('lint')],
  unit: () => [vitest('unit', ['unit', 'unit-isolated'])],
  integration: () => [vitest('integration')],
  e2e: () => [playwright('windows', 'e2e')],
  measuring: () => [vitest('measuring'), playwright('measuring', 'e2e-measuring')],
};
/** These wait most of the time: one after the other, and what only computes runs beside them. */
const waiting = ['integration', 'e2e'];
const computing = ['typecheck', 'lint', 'unit'];
/** What is right of these is a time or a rate: alone, when all others have ended. */
const alone = ['measuring'];

/**
 * Where these keep their files. Tests open hundreds of databases that wait for the disk at each commit, and none of them
 * is about the disk; those that measure have a real one. What Node has compiled for the thousand processes that they
 * start is kept there as well.
 */
let memory;

/** The environment of a part: that of its program, and the folders for temporary files and for compiled code. */
function environmentOf(name, env) {
  if (!memory || alone.includes(name)) return env;
  return { ...env, TMPDIR: memory.path, NODE_COMPILE_CACHE: join(memory.path, 'compiled') };
}

let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    isStopped = true;
  });

/** What a program that has ended found; one without a report either holds or does not. */
function outcomeOf({ report, read }, code) {
  if (report === undefined)
    return { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, failures: [] };
  try {
    const { counts, failures } = read(JSON.parse(readFileSync(report, 'utf8')));
    // A runner that failed without a failed test has failed as a whole; so has one that ran nothing.
    const hasFailed = code !== 0 || counts.passed === 0;
    return { counts: hasFailed && counts.failed === 0 ? { ...counts, failed: 1 } : counts, failures };
  } catch {
    // A runner that did not come to its end.
    return { counts: { passed: 0, failed: 1, skipped: 0 }, failures: [] };
  }
}

/** Runs the programs of a part by `run`; returns its name, counts, failed tests and how many seconds it took. */
async function runPart(name, run) {
  const startedMs = performance.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  for (const program of parts[name]()) {
    const outcome = outcomeOf(program, await run(program));
    for (const key of Object.keys(total)) total[key] += outcome.counts[key];
    failures.push(...outcome.failures);
  }
  return { name, ...total, failures, seconds: Math.round((performance.now() - startedMs) / 1000) };
}

/** Runs parts one after the other in the foreground, and calls `onEnd` after each. */
async function runInFront(names, onEnd = () => {}) {
  const ended = [];
  for (const name of names) {
    if (isStopped) break;
    say(`== ${name}`);
    ended.push(await runPart(name, ({ file, args, env }) => runForeground(file, args, environmentOf(name, env))));
    onEnd();
  }
  return ended;
}

/** Runs parts beside those in the foreground; `print` shows what those that have ended since have printed. */
function runBehind(names) {
  const outputs = [];
  const run = async () => {
    const ended = [];
    for (const name of names) {
      if (isStopped) break;
      const output = join(results, `${name}.log`);
      ended.push(await runPart(name, ({ file, args, env }) => runBeside(file, args, output, environmentOf(name, env))));
      outputs.push({ name, output });
    }
    return ended;
  };
  const print = () => {
    for (const { name, output } of outputs.splice(0)) {
      say(`== ${name}, which ran meanwhile`);
      process.stdout.write(readFileSync(output));
    }
  };
  return { done: run(), print };
}

/** Runs the named parts; resolves with the counts of each. */
async function runParts(names) {
  const among = (some) => some.filter((name) => names.includes(name));
  const front = among(waiting);
  if (front.length === 0) return [...(await runInFront(among(computing))), ...(await runInFront(among(alone)))];
  const behind = runBehind(among(computing));
  const ended = await runInFront(front, behind.print);
  const computed = await behind.done;
  behind.print();
  return [...computed, ...ended, ...(await runInFront(among(alone)))];
}

await bootstrap(import.meta.url, async (names) => {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new SetupError(`there is no part ${unknown.join(', ')}`, `the parts are ${Object.keys(parts).join(', ')}`);
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  memory = makeMemoryFolder();
  const ended = await runParts(names.length > 0 ? names : Object.keys(parts)).finally(() => memory?.remove());
  const sum = (key) => ended.reduce((total, part) => total + part[key], 0);
  say(ended.map(({ name, seconds }) => `${name} ${seconds} s`).join(', '));
  const failed = ended.filter((part) => part.failed > 0).map(({ name }) => name);
  for (const line of ended.flatMap(({ failures }) => failures).flatMap((failure) => failureLines(failure)))
    process.stdout.write(`${line}\n`);
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
  return failed.length === 0 && !isStopped ? 0 : 1;
});
