import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { errorMessage, ProofloadError } from '../../../shared/errors/appError';
import type { RunDocument } from '../../../shared/run/document';
import type { RunEvent } from '../../../shared/run/events';
import { emptyRunView, reduceRun } from '../../../shared/run/reducer';
import { type HttpMethod, httpMethods, type Target } from '../../../shared/run/target';
import { exitCodes } from '../../../shared/run/verdict';
import { parseScenario } from '../../../shared/scenario/parse';
import type { Scenario } from '../../../shared/scenario/schema';
import { parseThreshold, splitThresholdOption } from '../../../shared/thresholds/parse';
import { parseDurationMs } from '../../../shared/units/duration';
import { openHistory } from '../../history/openHistory';
import { noArchive } from '../../history/runArchive';
import { childProcessHost } from '../../run/childProcessHost';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { readEnvironment } from '../../run/environment';
import { findLevel, levels } from '../../run/levels';
import { defaultEngine, parseEngine, prepareRun, unwrap, urlTarget } from '../../run/prepareRun';
import { recoverRuns } from '../../run/recoverRuns';
import { type RunHandle, type RunOutcome, startRun } from '../../run/runCoordinator';
import { errorExitCode } from '../exitCodes';
import { renderReport } from '../report';
import { TerminalView } from '../terminalView';

interface RunOptions {
  engine?: string;
  url?: string;
  request?: HttpMethod;
  header: [string, string][];
  data?: string;
  allowRemote?: true;
  rate?: number;
  vus?: number;
  duration?: string;
  warmup?: string;
  seed?: number;
  driver?: 'proofload' | 'autocannon';
  threshold: [string, string][];
  port?: number;
  out?: string;
  save: boolean;
  dataDir?: string;
  quiet?: true;
}

function number(check: (value: number) => boolean, requirement: string): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || !check(value)) throw new InvalidArgumentError(requirement);
    return value;
  };
}

function duration(text: string): string {
  if (parseDurationMs(text) === undefined)
    throw new InvalidArgumentError('must be a duration such as 500ms, 30s or 2m');
  return text;
}

function threshold(text: string, earlier: [string, string][]): [string, string][] {
  const split = splitThresholdOption(text);
  if (!split) throw new InvalidArgumentError('must be METRIC:EXPRESSION, such as "http_req_duration:p(95)<50"');
  const parsed = parseThreshold(...split);
  if (!parsed.ok) throw new InvalidArgumentError(`${parsed.error.message}; ${parsed.error.hint}`);
  return [...earlier, [split[0], split[1]]];
}

function header(text: string, earlier: [string, string][]): [string, string][] {
  const colon = text.indexOf(':');
  if (colon <= 0) throw new InvalidArgumentError('must be "Name: value"');
  return [...earlier, [text.slice(0, colon).trim(), text.slice(colon + 1).trim()]];
}

const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;

function loadScenario(name: string): Scenario {
  const level = findLevel(name);
  if (level) return level;
  if (!existsSync(name)) {
    throw new ProofloadError(
      'scenario-unknown',
      `there is no level and no file ${name}`,
      `the levels are ${levels.map(({ id }) => id).join(', ')}; a scenario file must exist`,
    );
  }
  try {
    return unwrap(parseScenario(readFileSync(name, 'utf8'), name));
  } catch (error) {
    if (error instanceof ProofloadError) throw error;
    throw new ProofloadError(
      'scenario-invalid',
      `${name} cannot be read: ${errorMessage(error)}`,
      'check the path and the permissions',
    );
  }
}

function chooseTarget(options: RunOptions): Target {
  const curlOptions = options.request !== undefined || options.header.length > 0 || options.data !== undefined;
  if (options.url === undefined) {
    if (curlOptions) throw new ProofloadError('usage', '-X, -H and -d go with --url', 'name the target with --url');
    return { kind: 'engine', engine: options.engine === undefined ? defaultEngine() : parseEngine(options.engine) };
  }
  if (options.engine !== undefined)
    throw new ProofloadError('usage', '--engine and --url exclude each other', 'leave one of them out');
  const { url, data: body } = options;
  // curl's rule: a body makes it a POST.
  const method = options.request ?? (body === undefined ? 'GET' : 'POST');
  return urlTarget({ url, method, headers: options.header, body }, options.allowRemote === true);
}

/** Finds out before the run, and not after it, whether its result can be written. */
function checkWritable(path: string | undefined): void {
  if (path === undefined) return;
  try {
    writeFileSync(path, '', { flag: 'a' });
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${path} cannot be written: ${errorMessage(error)}`,
      'choose another file with --out',
    );
  }
}

function writeDocument(path: string, document: RunDocument): void {
  try {
    writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw new ProofloadError(
      'output-unwritable',
      `${path} cannot be written: ${errorMessage(error)}`,
      'the run is in the history all the same; free space and use history show --json',
    );
  }
}

/** Ctrl-C stops the run and keeps what was measured; a second one ends at once. */
function stopOnSignals(run: RunHandle): () => void {
  let asked = false;
  const stop = (): void => {
    if (asked) process.exit(exitCodes.interrupted);
    asked = true;
    run.stop('the run was stopped by the user.');
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
}

function exitCodeOf(outcome: RunOutcome, options: RunOptions): number {
  if (outcome.kind === 'failed') return errorExitCode(outcome.error.code);
  const verdict = exitCodes[outcome.document.verdict];
  return verdict === 0 && options.save && !outcome.saved ? exitCodes.aborted : verdict;
}

async function execute(name: string, options: RunOptions, appVersion: string, workerFolder: string): Promise<number> {
  const request = prepareRun(
    {
      scenario: loadScenario(name),
      target: chooseTarget(options),
      overrides: { ...options, thresholds: options.threshold },
      port: options.port,
    },
    new Date(),
  );
  checkWritable(options.out);
  const folder = dataFolder(options.dataDir);
  const history = openHistory(folder);
  const terminal = options.quiet ? undefined : new TerminalView(process.stderr);
  try {
    const recovered = recoverRuns(history, new Date());
    if (recovered.length > 0 && terminal)
      process.stderr.write(`runs that had been left unfinished are kept as interrupted: ${recovered.join(', ')}\n`);
    let view = emptyRunView;
    const run = startRun(request, {
      workers: childProcessHost(workerFolder),
      workFolder: workFolder(folder),
      environment: readEnvironment(appVersion),
      archive: options.save ? history : noArchive,
      emit: (event: RunEvent) => {
        view = reduceRun(view, event);
        terminal?.update(view);
      },
      now: () => new Date(),
    });
    const release = stopOnSignals(run);
    const outcome = await run.finished;
    release();
    terminal?.close();
    if (outcome.kind === 'failed') {
      process.stderr.write(`proofload: ${outcome.error.message}\nwhat to do: ${outcome.error.hint}\n`);
    } else {
      if (options.out !== undefined) writeDocument(options.out, outcome.document);
      if (!options.quiet) process.stdout.write(renderReport(outcome.document));
    }
    return exitCodeOf(outcome, options);
  } finally {
    history.close();
  }
}

/** `workerFolder` holds the built worker processes. */
export function runCommand(appVersion: string, workerFolder: string): Command {
  return new Command('run')
    .description('run a level or a scenario file')
    .argument('<level-or-file>', 'level-0, level-1, ... or the path of a scenario file')
    .option('--engine <id>', 'storage engine of the built-in document service')
    .option('--url <url>', 'load this URL instead of the built-in service')
    .addOption(new Option('-X, --request <method>', 'HTTP method for --url').choices(httpMethods))
    .option('-H, --header <line>', 'header for --url, as in curl; may be repeated', header, [])
    .option('-d, --data <text>', 'body for --url, as in curl')
    .option('--allow-remote', 'allow a --url that is not on this machine')
    .option(
      '--rate <n>',
      'arrivals per time unit',
      number((value) => value > 0, 'must be a number above 0'),
    )
    .option('--vus <n>', 'virtual users', number(isCount, 'must be a whole number from 1'))
    .option('--duration <time>', 'length of the measured part; a shorter run is marked as shortened', duration)
    .option('--warmup <time>', 'length of the warm-up, which is not measured', duration)
    .option(
      '--seed <n>',
      'seed of data, keys and operations',
      number((value) => Number.isInteger(value) && value >= 0, 'must be a whole number from 0'),
    )
    .addOption(
      new Option('--driver <name>', 'what sends the requests of a closed model').choices(['proofload', 'autocannon']),
    )
    .option('--threshold <expr>', 'another threshold, METRIC:EXPRESSION; may be repeated', threshold, [])
    .option(
      '--port <n>',
      'port of the built-in service',
      number((value) => Number.isInteger(value) && value >= 0 && value <= 65_535, 'must be a port number'),
    )
    .option('--out <file>', 'write the run document to this file')
    .option('--no-save', 'do not keep the run in the history')
    .option('--data-dir <dir>', 'where runs are kept')
    .option('--quiet', 'print nothing but errors')
    .action(async (name: string, options: RunOptions) => {
      process.exitCode = await execute(name, options, appVersion, workerFolder);
    });
}
