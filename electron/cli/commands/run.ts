import { resolve } from 'node:path';
import { Command } from 'commander';
import { ProofloadError } from '../../../shared/errors/appError';
import type { RunEvent } from '../../../shared/run/events';
import { emptyRunView, reduceRun } from '../../../shared/run/reducer';
import type { Target, TlsOptions } from '../../../shared/run/target';
import { exitCodes } from '../../../shared/run/verdict';
import type { Scenario } from '../../../shared/scenario/schema';
import { openHistory } from '../../history/openHistory';
import { noArchive } from '../../history/runArchive';
import { exportRun } from '../../report/exporters/exportRun';
import { readCalibration } from '../../run/calibration/calibrationStore';
import { childProcessHost } from '../../run/childProcessHost';
import { chooseBaseline } from '../../run/chooseBaseline';
import { sweepServers } from '../../run/databases/sweepServers';
import { dataFolder, workFolder } from '../../run/dataFolder';
import { readEnvironment } from '../../run/environment';
import { gateFor } from '../../run/gate';
import { admitRun, prepareRun, urlTarget } from '../../run/prepareRun';
import { keepProfile, profileFile } from '../../run/profileStore';
import { recoverRuns } from '../../run/recoverRuns';
import type { RunOutcome } from '../../run/runContract';
import { startRun } from '../../run/runCoordinator';
import type { SecretSource } from '../../run/secrets/secretSource';
import { chooseEngine } from '../../run/settings';
import { orAborted } from '../../system/orAborted';
import { print, printToStderr } from '../../system/terminal';
import { errorExitCode } from '../exitCodes';
import { checkWritable, printError, writeJson, writeText } from '../output';
import { stoppable } from '../stoppable';
import { TerminalView } from '../terminalView';
import { databasesOf } from './databaseOptions';
import { hostsOf } from './hostOptions';
import { loadScenario } from './loadScenario';
import { type RunOptions, runOptions } from './runOptions';
import { secretsOf } from './secretOptions';

/** The options of TLS; undefined when none is given. */
function tlsOptions({ insecure, cacert, cert, key }: RunOptions): TlsOptions | undefined {
  if (!insecure && cacert === undefined && cert === undefined && key === undefined) return undefined;
  return {
    insecureSkipTLSVerify: insecure === true,
    ...(cacert === undefined ? {} : { caFile: resolve(cacert) }),
    ...(cert === undefined ? {} : { certFile: resolve(cert) }),
    ...(key === undefined ? {} : { keyFile: resolve(key) }),
  };
}

/** The target that the options name; undefined where the scenario's own requests say where to go. Throws `usage`. */
export function chooseTarget(options: RunOptions, scenario: Scenario): Target | undefined {
  const tls = tlsOptions(options);
  const curlOptions = options.request !== undefined || options.header.length > 0 || options.data !== undefined || tls;
  if (options.url === undefined) {
    if (curlOptions)
      throw new ProofloadError('usage', '-X, -H, -d and options of TLS go with --url', 'name the target with --url');
    if (options.engine === undefined && scenario.requests) return undefined;
    return chooseEngine(dataFolder(options.dataDir), options.engine, options.engineOption);
  }
  if (options.engineOption.length > 0)
    throw new ProofloadError(
      'usage',
      '--engine-option goes with an engine and not with --url',
      'leave one of them out',
    );
  if (options.engine !== undefined)
    throw new ProofloadError('usage', '--engine and --url exclude each other', 'leave one of them out');
  const { url, data: body } = options;
  // curl's rule: a body makes it a POST.
  const method = options.request ?? (body === undefined ? 'GET' : 'POST');
  return urlTarget({ url, method, headers: options.header, body, ...(tls ? { tls } : {}) });
}

function exitCodeOf(outcome: RunOutcome, options: RunOptions): number {
  if (outcome.kind === 'failed') return errorExitCode(outcome.error.code);
  const verdict = exitCodes[outcome.document.verdict];
  const isLost = options.save && !outcome.saved;
  // A run that proved or stopped something says so; any other that could not be saved is an error.
  const saysMore = verdict !== exitCodes.passed && verdict !== exitCodes.inconclusive;
  return isLost && !saysMore ? exitCodes.aborted : verdict;
}

/**
 * Runs a level or a scenario file and returns the exit code; when `signal` is aborted, the run is stopped, audited and
 * kept. Throws ProofloadError.
 */
export async function execute(
  name: string,
  options: RunOptions,
  secrets: SecretSource,
  appVersion: string,
  workerFolder: string,
  signal: AbortSignal,
): Promise<number> {
  const scenario = loadScenario(name);
  const prepared = prepareRun(
    {
      scenario,
      target: chooseTarget(options, scenario),
      overrides: { ...options, thresholds: options.threshold },
      port: options.port,
      targetPids: options.targetPid,
    },
    new Date(),
  );
  const request = await admitRun(prepared, hostsOf(options));
  if (options.profile && request.target.kind === 'url')
    throw new ProofloadError(
      'usage',
      '--profile goes with the built-in service',
      'leave it out, or choose an --engine',
    );
  checkWritable(options.out);
  checkWritable(options.junit);
  checkWritable(options.html);
  const folder = dataFolder(options.dataDir);
  const history = openHistory(folder);
  const terminal = options.quiet ? undefined : new TerminalView(process.stderr);
  try {
    const recovered = recoverRuns(history, workFolder(folder));
    if (recovered.length > 0 && terminal)
      printToStderr(`runs that had been left unfinished are kept as interrupted: ${recovered.join(', ')}\n`);
    const environment = readEnvironment(appVersion);
    const baseline = await chooseBaseline(history, { ...request, environment }, options.baseline);
    let view = emptyRunView;
    const workers = childProcessHost(workerFolder);
    const databases = databasesOf(options, folder, workers, secrets);
    await orAborted(sweepServers(workFolder(folder), databases), signal);
    const run = startRun(
      { ...request, baseline, gate: gateFor(history, request), takesProfile: options.profile === true },
      {
        workers,
        databases,
        secrets,
        workFolder: workFolder(folder),
        environment,
        calibration: readCalibration(folder, environment),
        archive: options.save ? history : noArchive,
        keepProfile: (runId, profile) => keepProfile(folder, runId, profile),
        emit: (event: RunEvent) => {
          view = reduceRun(view, event);
          terminal?.update(view);
        },
        now: () => new Date(),
      },
    );
    signal.addEventListener('abort', () => run.stop('the run was stopped by the user.'));
    const outcome = await run.finished;
    await databases.close();
    terminal?.close();
    if (outcome.kind === 'failed') {
      printError(outcome.error);
    } else {
      const source = { document: outcome.document, histograms: () => [] };
      if (options.out !== undefined) writeJson(options.out, outcome.document);
      if (options.junit !== undefined) writeText(options.junit, exportRun(source, 'junit'));
      if (options.html !== undefined) writeText(options.html, exportRun(source, 'html'));
      if (!options.quiet) print(exportRun(source, 'text'));
      if (!options.quiet && outcome.document.profile)
        print(`\n  the profile, for Chrome's DevTools: ${profileFile(folder, outcome.document.id)}\n`);
    }
    return exitCodeOf(outcome, options);
  } finally {
    history.close();
  }
}

/** `workerFolder` holds the built worker processes. */
export function runCommand(appVersion: string, workerFolder: string): Command {
  return runOptions(new Command('run')).action(async (name: string, options: RunOptions) => {
    const secrets = await secretsOf(options);
    process.exitCode = await stoppable((signal) => execute(name, options, secrets, appVersion, workerFolder, signal));
  });
}
