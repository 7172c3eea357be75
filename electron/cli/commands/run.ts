import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Comparison } from '../../../shared/comparison/comparison';
import { ProofloadError, toAppError } from '../../../shared/errors/appError';
import type { RunDocument } from '../../../shared/run/document';
import { toolDrivers } from '../../../shared/run/driver';
import { emptyRunView, reduceRun } from '../../../shared/run/reducer';
import type { RunInput, ToolChoice } from '../../../shared/run/runInput';
import type { Target } from '../../../shared/run/target';
import { exitCodes } from '../../../shared/run/verdict';
import { mostRedirects } from '../../../shared/scenario/redirects';
import type { Scenario } from '../../../shared/scenario/schema';
import { hasOwnRequests } from '../../../shared/scenario/steps';
import { compareWithBaseline } from '../../app/comparison/compareWithBaseline';
import { dataFolder } from '../../app/dataFolder';
import type { OpenOutputs } from '../../app/runs/openOutputs';
import type { AppServices } from '../../app/services';
import { chooseEngine } from '../../app/targets/defaultEngine';
import { urlTarget } from '../../app/targets/urlTarget';
import { exportRun } from '../../report/exporters/exportRun';
import { toStepSummary } from '../../report/exporters/stepSummary';
import { profileFile } from '../../run/profileStore';
import type { RunOutcome, RunRequest } from '../../run/runContract';
import { print, printToStderr } from '../../system/terminal';
import { annotationsOf } from '../annotations';
import { errorExitCode } from '../exitCodes';
import { appendText, checkWritable, printError, writeJson, writeText } from '../output';
import { TerminalView } from '../terminalView';
import { typedSettings } from './engineOptions';
import { folderOfScenario, loadScenario } from './loadScenario';
import { isOnlyRemote, makeRemote, remoteOf } from './remoteRun';
import { type RunOptions, runOptions, tlsOptions, transportOverrides } from './runOptions';
import { type Program, withServices } from './withServices';

/** The target in the options. Undefined when the URLs of the scenario's own requests name it. Throws `usage`. */
function chooseTarget(options: RunOptions, scenario: Scenario): Target | undefined {
  const tls = tlsOptions(options);
  const { unixSocket, location, maxRedirs } = options;
  if (maxRedirs !== undefined && !location)
    throw new ProofloadError('usage', '--max-redirs needs -L, as in curl', 'add -L, or leave --max-redirs out');
  const curlOptions =
    options.request !== undefined ||
    options.header.length > 0 ||
    options.data !== undefined ||
    unixSocket !== undefined ||
    location;
  if (options.url === undefined) {
    if (curlOptions)
      throw new ProofloadError('usage', '-X, -H, -d, -L and --unix-socket need --url', 'name the target with --url');
    if (tls && !hasOwnRequests(scenario))
      throw new ProofloadError(
        'usage',
        'the TLS options need --url, or a scenario with requests of its own',
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
  // As in curl, a body makes the request a POST.
  const method = options.request ?? (body === undefined ? 'GET' : 'POST');
  return urlTarget({
    url,
    method,
    headers: options.header,
    body,
    ...(tls ? { tls } : {}),
    ...(unixSocket === undefined ? {} : { unixSocket: resolve(unixSocket) }),
    ...(location ? { redirects: maxRedirs ?? mostRedirects } : {}),
  });
}

/** The tool that replaces the built-in generator. Throws `usage` for options of a tool that is not used. */
function toolOf(options: RunOptions): ToolChoice | undefined {
  const { driver, k6, artillery, docker: inDocker, dockerImage: image } = options;
  const on = remoteOf(options);
  const paths = { k6, artillery };
  for (const tool of toolDrivers) {
    if (paths[tool] !== undefined && driver !== tool)
      throw new ProofloadError('usage', `--${tool} needs --driver ${tool}`, `add --driver ${tool}, or leave it out`);
  }
  if (inDocker && driver !== 'k6')
    throw new ProofloadError('usage', '--docker needs --driver k6', 'add --driver k6, or leave it out');
  if (driver !== 'k6' && driver !== 'artillery') return undefined;
  return { tool: driver, path: paths[driver], inDocker, image, on };
}

/** The run input from the options. Throws `usage`. */
export function inputOf(scenario: Scenario, options: RunOptions): RunInput {
  const { threshold: thresholds, targetPid: targetPids, profile: takesProfile, baseline, port } = options;
  const { rate, vus, iterations, stages, arrivals, driver, duration, warmup, seed, processes } = options;
  const tool = toolOf(options);
  const overrides = {
    rate,
    vus,
    iterations,
    stages,
    arrivals,
    driver: driver === 'k6' || driver === 'artillery' ? undefined : driver,
    duration,
    warmup,
    seed,
    processes,
    thresholds,
    ...transportOverrides(options),
  };
  const target = chooseTarget(options, scenario);
  return { scenario, target, ...overrides, baseline, targetPids, port, takesProfile, ...(tool ? { tool } : {}) };
}

function exitCodeOf(outcome: RunOutcome, options: RunOptions): number {
  if (outcome.kind === 'failed') return errorExitCode(outcome.error.code);
  const verdict = exitCodes[outcome.document.verdict];
  const isLost = options.save && !outcome.saved;
  // The exit code of a failed or stopped run takes precedence. Any other run that could not be saved is an error.
  const saysMore = verdict !== exitCodes.passed && verdict !== exitCodes.inconclusive;
  return isLost && !saysMore ? exitCodes.aborted : verdict;
}

/**
 * The comparison of a run with its baseline. A baseline that can't be read is reported, and only the comparison is
 * missing.
 */
async function comparisonOf(
  document: RunDocument,
  { baseline }: RunOptions,
  { history }: AppServices,
): Promise<Comparison | undefined> {
  if (document.capacity) return undefined;
  try {
    return await compareWithBaseline(history, document, baseline);
  } catch (error) {
    printError(toAppError(error));
    return undefined;
  }
}

async function report(outcome: RunOutcome, options: RunOptions, services: AppServices): Promise<void> {
  if (outcome.kind === 'failed') {
    printError(outcome.error);
    return;
  }
  const { document } = outcome;
  const source = { document, histograms: () => [] };
  if (options.out !== undefined) writeJson(options.out, document);
  if (options.junit !== undefined) writeText(options.junit, exportRun(source, 'junit'));
  if (options.html !== undefined) writeText(options.html, exportRun(source, 'html'));
  if (options.summaryMarkdown !== undefined)
    appendText(options.summaryMarkdown, toStepSummary(document, await comparisonOf(document, options, services)));
  if (process.env.GITHUB_ACTIONS === 'true') print(annotationsOf(document));
  if (options.quiet) return;
  print(exportRun(source, 'text'));
  if (document.profile)
    print(`\n  CPU profile, for Chrome DevTools: ${profileFile(services.dataFolder, document.id)}\n`);
}

/**
 * Makes a run with a live view on stderr, prints its result and returns the exit code. When `signal` aborts, the run is
 * stopped, audited and saved. Throws `secret-unknown`, `usage`.
 */
export async function runInTerminal(
  request: RunRequest,
  options: RunOptions,
  services: AppServices,
  signal: AbortSignal,
  { outputs }: Pick<OpenOutputs, 'outputs'> = { outputs: [] },
): Promise<number> {
  const terminal = options.quiet ? undefined : new TerminalView(process.stderr);
  let view = emptyRunView;
  const run = services.startRun(request, {
    onEvent: (event) => {
      view = reduceRun(view, event);
      terminal?.update(view);
      for (const output of outputs) output.onEvent(event);
    },
    onSecond: (second) => {
      for (const output of outputs) output.onSecond(second);
    },
    isKept: options.save,
  });
  signal.addEventListener('abort', () => run.stop('the run was stopped by the user.'));
  const outcome = await run.finished;
  terminal?.close();
  await report(outcome, options, services);
  return exitCodeOf(outcome, options);
}

/** Does work with the services for the options of a run, if its results can be written. */
export function withRunServices(
  program: Program,
  options: RunOptions,
  use: (services: AppServices, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  for (const file of [options.out, options.junit, options.html, options.summaryMarkdown]) checkWritable(file);
  return withServices(program, options, use);
}

/**
 * Runs a level or a scenario file, or the result of `change`, and returns the exit code. Rejects with the error that
 * prevents the start.
 */
export function execute(
  name: string,
  options: RunOptions,
  program: Program,
  change: (scenario: Scenario) => Scenario = (scenario) => scenario,
): Promise<number> {
  const scenario = change(loadScenario(name));
  return withRunServices(program, options, async (services, signal) => {
    const input = { ...inputOf(scenario, options), scenarioFolder: folderOfScenario(name) };
    if (isOnlyRemote(options)) return makeRemote(input, options, services, signal);
    const request = await services.prepareRun(input);
    if (options.profile && request.target.kind === 'url')
      throw new ProofloadError(
        'usage',
        '--profile is for the built-in service only',
        'leave it out, or choose an --engine',
      );
    const { prometheusPort, otlp: otlpUrl, quiet } = options;
    const opened = await services.openOutputs({ prometheusPort, otlpUrl });
    if (!quiet) for (const place of opened.places) printToStderr(`${place}\n`);
    try {
      return await runInTerminal(request, options, services, signal, opened);
    } finally {
      for (const output of opened.outputs)
        for (const sentence of await output.close(signal)) printToStderr(`warning: ${sentence}\n`);
    }
  });
}

export function runCommand(program: Program): Command {
  return runOptions(new Command('run')).action(async (name: string, options: RunOptions) => {
    process.exitCode = await execute(name, options, program);
  });
}
