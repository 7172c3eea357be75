import type { DatabaseUrls } from '../../shared/engines/database';
import type { Environment } from '../../shared/run/document';
import type { RunInput } from '../../shared/run/runInput';
import type { Scenario } from '../../shared/scenario/schema';
import { hasOwnRequests } from '../../shared/scenario/steps';
import { requireNetwork } from '../drivers/docker/requireNetwork';
import { findDriver } from '../drivers/remote/findDriver';
import type { HistoryStore } from '../history/historyStore';
import { openHistory } from '../history/openHistory';
import { describeRepair } from '../history/repairHistory';
import { noArchive } from '../history/runArchive';
import type { WorkerHost } from '../hosting/workerHost';
import type { HostGuard } from '../hosts/hostGuard';
import { calibrate } from '../run/calibration/calibrate';
import { readCalibration, writeCalibration } from '../run/calibration/calibrationStore';
import { sweepWork } from '../run/ownedWork';
import { keepProfile } from '../run/profileStore';
import { recoverRuns } from '../run/recoverRuns';
import type { RunHandle, RunRequest } from '../run/runContract';
import { startRun } from '../run/runCoordinator';
import { newRunId } from '../run/runId';
import { fillDatabaseUrl, type SecretSource, secretsOfRun } from '../secrets/secretSource';
import { orAborted } from '../system/orAborted';
import { keepReport, readReports } from './conformance/reportStore';
import { conformanceLoad, runConformance } from './conformance/runConformance';
import { readDatabaseUrls } from './databases/databaseSettings';
import { Databases } from './databases/databases';
import { sweepServers } from './databases/sweepServers';
import { workFolder } from './dataFolder';
import { admitExperiment } from './experiment/admitExperiment';
import { keepExperiment } from './experiment/experimentStore';
import { runExperiment } from './experiment/runExperiment';
import { keepRead } from './importing/importRuns';
import { measureOptions } from './options/measureOptions';
import { type KeepResult, runOnAws } from './runs/awsRun';
import { chooseBaseline } from './runs/chooseBaseline';
import { climb, climbSentence } from './runs/climb';
import { type GatedRequest, gateFor } from './runs/gate';
import { levels } from './runs/levels';
import { openOutputs } from './runs/openOutputs';
import { planRemote } from './runs/planRemote';
import { admitRun, type FoundRunInput, prepareRun } from './runs/prepareRun';
import { requireTraceable } from './runs/requireTraceable';
import { requireTransport } from './runs/requireTransport';
import { requireFiles } from './scenarios/requireFiles';
import { runFilesOf } from './scenarios/runFiles';
import { requireScenario, scenarioFolderOf } from './scenarios/scenarioStore';
import { tryJourney } from './scenarios/tryJourney';
import { serveDocuments } from './serveDocuments';
import type { AppServices, RunListener } from './services';
import { defaultEngine } from './targets/defaultEngine';
import { destinationsOf } from './targets/loadedHosts';
import { tidyHistory } from './tidyHistory';

/** What the window or the command line provides. */
export interface ServicesOptions {
  dataFolder: string;
  /** Starts the worker processes. */
  workerHost: WorkerHost;
  /** Decides which hosts may receive load. The window asks its user. */
  hostPermissions: HostGuard;
  secrets: SecretSource;
  environment: Environment;
  /** URLs of database servers that override those in the environment and in the data folder. */
  databaseUrls?: DatabaseUrls;
  /** Called with a sentence about the repair of a damaged history. */
  onRepair(sentence: string): void;
  /**
   * Whether another process recovers runs that killed processes left behind, purges deleted runs and packs new ones.
   */
  isHistoryTidiedElsewhere?: boolean;
  /** Called with the ids of the runs that were recovered when the history was opened, perhaps none. */
  onRecovered?(ids: readonly string[]): void;
  clock?(): Date;
}

/** Connects all parts of Proofload. It starts, opens and writes nothing before it is needed. */
export function createServices(options: ServicesOptions): AppServices {
  const { dataFolder, workerHost: workers, hostPermissions: hosts, secrets, environment } = options;
  const { databaseUrls, isHistoryTidiedElsewhere, onRepair, onRecovered, clock: now = () => new Date() } = options;
  const work = workFolder(dataFolder);
  const databases = new Databases(
    workers,
    dataFolder,
    (server) => {
      const url = databaseUrls?.[server] ?? readDatabaseUrls(dataFolder)[server];
      return url === undefined ? undefined : fillDatabaseUrl(url, secrets);
    },
    hosts,
  );

  let opened: HistoryStore | undefined;
  const history = (): HistoryStore => {
    if (opened) return opened;
    opened = openHistory(dataFolder, (repair) => onRepair(describeRepair(repair)));
    if (isHistoryTidiedElsewhere) return opened;
    onRecovered?.(tidyHistory(opened, work, now()));
    return opened;
  };

  /** Adds the scenario and the target that the input refers to. */
  const complete = (input: RunInput): FoundRunInput => {
    const scenario = typeof input.scenario === 'string' ? requireScenario(dataFolder, input.scenario) : input.scenario;
    const target = input.target ?? (hasOwnRequests(scenario) ? undefined : defaultEngine(dataFolder));
    const scenarioFolder = input.scenarioFolder ?? scenarioFolderOf(dataFolder);
    return { ...input, scenario, target, scenarioFolder };
  };
  const requestOf = (input: RunInput): RunRequest => prepareRun(complete(input), now());
  const withGate = (request: RunRequest): RunRequest & GatedRequest => ({
    ...request,
    gate: gateFor(history(), request),
  });
  const withBaseline = async (request: RunRequest, baseline: string | undefined): Promise<RunRequest> => ({
    ...request,
    baseline: await chooseBaseline(history(), { ...request, environment }, baseline),
  });

  const start = (request: RunRequest, { onEvent, onSecond, isKept = true }: RunListener): RunHandle =>
    startRun(request, {
      workers,
      databases,
      secrets,
      workFolder: work,
      environment,
      calibration: readCalibration(dataFolder, environment),
      archive: isKept ? history() : noArchive,
      keepProfile: (runId, profile) => keepProfile(dataFolder, runId, profile),
      emit: onEvent,
      ...(onSecond ? { onSecond } : {}),
      now,
    });

  /** A request whose files and journeys are there. */
  const checkedRequest = async (input: RunInput): Promise<RunRequest> => {
    const request = requestOf(input);
    await requireFiles(request);
    return request;
  };
  const admittedRequest = async (input: RunInput): Promise<RunRequest> =>
    admitRun(await checkedRequest(input), hosts, input.tool?.on?.place);

  const services: AppServices = {
    dataFolder,
    environment,
    workers,
    secrets,
    databases,
    get history() {
      return history();
    },
    recoverRuns: () => recoverRuns(history(), work),
    sweep: () => sweepServers(work, sweepWork(work), databases),
    prepareRun: async (input, addresses) => {
      const admitted = addresses ? { ...(await checkedRequest(input)), addresses } : await admittedRequest(input);
      const driver = input.tool && (await findDriver(input.tool));
      if (driver) requireNetwork(driver, admitted.target, admitted.addresses);
      return withBaseline({ ...withGate(admitted), driver }, input.baseline);
    },
    planRemote: async (input) => planRemote(await admittedRequest(input), input.tool, secrets),
    runOnAws: async (input, listener) => {
      const request = await admittedRequest(input);
      const keep: KeepResult = (content) => keepRead(history(), content, now());
      return runOnAws(request, input.tool, { secrets, workFolder: work, keep }, listener);
    },
    openOutputs: (choices) => openOutputs(choices, hosts),
    startRun: start,
    tryJourney: (input, signal) =>
      tryJourney(
        { scenarioFolder: scenarioFolderOf(dataFolder), ...input },
        { workers, hosts, secrets, now: now() },
        signal,
      ),
    climb: async (input, runLevel) => {
      const requestAt = (scenario: Scenario): RunRequest => requestOf({ ...input, scenario });
      // All levels go to one target, with the same files.
      const firstRequests = levels.slice(0, 1).map(requestAt);
      await Promise.all(firstRequests.map(requireFiles));
      // Asks before the first level, for all levels, because nobody may be there to answer later. All levels go to the
      // confirmed addresses, even if the name resolves elsewhere by then.
      const destinations = firstRequests.flatMap(({ scenario, target }) => destinationsOf(scenario, target));
      const addresses = await hosts.admit(destinations, climbSentence(levels));
      return climb(levels, {
        requestAt: (scenario) => withGate({ ...requestAt(scenario), addresses }),
        run: async (scenario, request) => runLevel(scenario, await withBaseline(request, input.baseline)),
      });
    },
    testConformance: async (config, { onResult, signal, seed = 1, addresses }) => {
      const database = await orAborted(databases.of(config.engine, conformanceLoad, addresses), signal);
      const context = { workers, workFolder: work, database, onResult, signal, now };
      const report = await runConformance(newRunId(now()), config, seed, context);
      keepReport(dataFolder, report);
      return report;
    },
    admitExperiment: async (experiment) => {
      const { scenario, scenarioFolder, variants } = experiment;
      for (const { target } of variants) {
        const request = { scenario, target, ...runFilesOf({ scenario, target }, scenarioFolder) };
        secretsOfRun(request, secrets);
        requireTraceable(scenario, target);
        requireTransport(scenario, target);
        await requireFiles(request);
      }
      return admitExperiment(experiment, hosts, databases);
    },
    runExperiment: (experiment, addresses, { decides, onProgress, signal }) =>
      (decides ? measureOptions : runExperiment)(experiment, {
        startRun: (request) => start({ ...request, addresses }, { onEvent: () => {} }),
        keep: (current) => keepExperiment(dataFolder, current),
        onProgress,
        signal,
        now,
        reports: () => readReports(dataFolder),
        testConformance: (config) => services.testConformance(config, { onResult: () => {}, signal, addresses }),
      }),
    calibrate: async (onStep, signal) => {
      const calibration = await calibrate({ workers, environment, now, onStep, signal });
      writeCalibration(dataFolder, calibration);
      return calibration;
    },
    serve: (scenario, config, port, signal, use) =>
      serveDocuments(
        { id: newRunId(now()), scenario, config, port, signal },
        { workers, databases, workFolder: work },
        use,
      ),
    close: async () => {
      await databases.close();
      // Packing starts only now, because earlier it would disturb the next measurement.
      if (!isHistoryTidiedElsewhere) opened?.packing.packFinished();
      opened?.close();
      opened = undefined;
    },
  };
  return services;
}
