import { resolve } from 'node:path';
import { Command } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import { emptyRunView, reduceRun } from '../../../shared/run/reducer';
import type { RunInput } from '../../../shared/run/runInput';
import type { Target, TlsOptions } from '../../../shared/run/target';
import { exitCodes } from '../../../shared/run/verdict';
import type { Scenario } from '../../../shared/scenario/schema';
import { hasOwnRequests } from '../../../shared/scenario/steps';
import { dataFolder } from '../../app/dataFolder';
import type { AppServices } from '../../app/services';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { urlTarget } from '../../app/targets/urlTarget';
import { exportRun } from '../../report/exporters/exportRun';
import { profileFile } from '../../run/profileStore';
import type { RunOutcome, RunRequest } from '../../run/runContract';
import { print } from '../../system/terminal';
import { errorExitCode } from '../exitCodes';
import { checkWritable, printError, writeJson, writeText } from '../output';
import { TerminalView } from '../terminalView';
import { typedSettings } from './engineOptions';
import { folderOfScenario, loadScenario } from './loadScenario';
import { type RunOptions, runOptions } from './runOptions';
import { type Program, withServices } from './withServices';

/** The options of TLS; undefined when none is given. */
export function tlsOptions({
  insecure,
  cacert,
  cert,
  key,
}: Pick<RunOptions, 'insecure' | 'cacert' | 'cert' | 'key'>): TlsOptions | undefined {
  if (!insecure && cacert === undefined && cert === undefined && key === undefined) return undefined;
  return {
    insecureSkipTLSVerify: insecure === true,
    ...(cacert === undefined ? {} : { caFile: resolve(cacert) }),
    ...(cert === undefined ? {} : { certFile: resolve(cert) }),
    ...(key === undefined ? {} : { keyFile: resolve(key) }),
  };
}

/** The target that the options name; undefined where the scenario's own requests say where to go. Throws `usage`. */
function chooseTarget(options: RunOptions, scenario: Scenario): Target | undefined {
  const tls = tlsOptions(options);
  const { unixSocket } = options;
  const curlOptions =
    options.request !== undefined ||
    options.header.length > 0 ||
    options.data !== undefined ||
    unixSocket !== undefined ||
    tls;
  if (options.url === undefined) {
    if (curlOptions)
      throw new ProofloadError(
        'usage',
        '-X, -H, -d, --unix-socket and the TLS options need --url',
        'name the target with --url',
      );
    if (options.engine === undefined && hasOwnRequests(scenario)) return undefined;
    return chooseEngine(dataFolder(options.dataDir), options.engine, typedSettings(options));
  }
  if (typedSettings(options).length > 0)
    throw new ProofloadError('usage', '--engine-setting is for an engine and not for --url', 'leave one of them out');
  if (options.engine !== undefined)
    throw new ProofloadError('usage', '--engine and --url exclude each other', 'leave one of them out');
  const { url, data: body } = options;
  // curl's rule: a body makes it a POST.
  const method = options.request ?? (body === undefined ? 'GET' : 'POST');
  return urlTarget({
    url,
    method,
    headers: options.header,
    body,
    ...(tls ? { tls } : {}),
    ...(unixSocket === undefined ? {} : { unixSocket: resolve(unixSocket) }),
  });
}

/** What the options ask to be run. Throws `usage`. */
export function inputOf(scenario: Scenario, options: RunOptions): RunInput {
  const { threshold: thresholds, targetPid: targetPids, profile: takesProfile, baseline, port } = options;
  const { rate, vus, iterations, stages, arrivals, driver, duration, warmup, seed, processes } = options;
  const overrides = { rate, vus, iterations, stages, arrivals, driver, duration, warmup, seed, processes, thresholds };
  return { scenario, target: chooseTarget(options, scenario), ...overrides, baseline, targetPids, port, takesProfile };
}

function exitCodeOf(outcome: RunOutcome, options: RunOptions): number {
  if (outcome.kind === 'failed') return errorExitCode(outcome.error.code);
  const verdict = exitCodes[outcome.document.verdict];
  const isLost = options.save && !outcome.saved;
  // A run that proved or stopped something says so; any other that could not be saved is an error.
  const saysMore = verdict !== exitCodes.passed && verdict !== exitCodes.inconclusive;
  return isLost && !saysMore ? exitCodes.aborted : verdict;
}

function report(outcome: RunOutcome, options: RunOptions, folder: string): void {
  if (outcome.kind === 'failed') {
    printError(outcome.error);
    return;
  }
  const { document } = outcome;
  const source = { document, histograms: () => [] };
  if (options.out !== undefined) writeJson(options.out, document);
  if (options.junit !== undefined) writeText(options.junit, exportRun(source, 'junit'));
  if (options.html !== undefined) writeText(options.html, exportRun(source, 'html'));
  if (options.quiet) return;
  print(exportRun(source, 'text'));
  if (document.profile) print(`\n  CPU profile, for Chrome DevTools: ${profileFile(folder, document.id)}\n`);
}

/**
 * Makes a run with a live view on stderr, prints its result and returns the exit code; when `signal` is aborted, the run
 * is stopped, audited and kept. Throws `secret-unknown`, `usage`.
 */
export async function runInTerminal(
  request: RunRequest,
  options: RunOptions,
  services: AppServices,
  signal: AbortSignal,
): Promise<number> {
  const terminal = options.quiet ? undefined : new TerminalView(process.stderr);
  let view = emptyRunView;
  const run = services.startRun(request, {
    onEvent: (event) => {
      view = reduceRun(view, event);
      terminal?.update(view);
    },
    isKept: options.save,
  });
  signal.addEventListener('abort', () => run.stop('the run was stopped by the user.'));
  const outcome = await run.finished;
  terminal?.close();
  report(outcome, options, services.dataFolder);
  return exitCodeOf(outcome, options);
}

/** Does work with the services that the options of a run ask for, if there is a place for its results. */
export function withRunServices(
  program: Program,
  options: RunOptions,
  use: (services: AppServices, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  for (const file of [options.out, options.junit, options.html]) checkWritable(file);
  return withServices(program, options, use);
}

/** Runs a level or a scenario file and returns the exit code. Rejects with what keeps it from being begun. */
export function execute(name: string, options: RunOptions, program: Program): Promise<number> {
  const scenario = loadScenario(name);
  return withRunServices(program, options, async (services, signal) => {
    const request = await services.prepareRun({
      ...inputOf(scenario, options),
      scenarioFolder: folderOfScenario(name),
    });
    if (options.profile && request.target.kind === 'url')
      throw new ProofloadError(
        'usage',
        '--profile is for the built-in service only',
        'leave it out, or choose an --engine',
      );
    return runInTerminal(request, options, services, signal);
  });
}

export function runCommand(program: Program): Command {
  return runOptions(new Command('run')).action(async (name: string, options: RunOptions) => {
    process.exitCode = await execute(name, options, program);
  });
}
