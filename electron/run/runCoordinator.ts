import type { EngineConfig } from '../../shared/engines/config';
import { describeEngine, hasServer } from '../../shared/engines/engine';
import { errorMessage, mapErrorTexts, ProofloadError, toAppError } from '../../shared/errors/appError';
import { type ProfileSummary, summariseProfile } from '../../shared/profile/cpuProfile';
import type { Capacity } from '../../shared/run/capacity';
import type { LogLine } from '../../shared/run/document';
import type { RunDescription, RunPhase } from '../../shared/run/events';
import { statusOf } from '../../shared/run/verdict';
import { loadSentence } from '../../shared/scenario/describe';
import type { CapacitySearch } from '../../shared/scenario/schema';
import { timingOf } from '../../shared/scenario/timing';
import type { Secrets } from '../../shared/secrets/conceal';
import { redactorOf, redactScenario, redactTarget } from '../../shared/secrets/redactRun';
import { formatDuration } from '../../shared/units/duration';
import { formatNumber, formatRate } from '../../shared/units/format';
import { Deferred } from '../hosting/deferred';
import { type FleetEvents, type FleetFindings, type LoadEnd, LoadFleet } from '../hosting/loadFleet';
import { type Audited, ServiceProcess, type ServiceReady } from '../hosting/serviceProcess';
import type { LoadTarget, LoadTick } from '../load/protocol';
import { heatmapColumn } from '../measure/latencyHeatmap';
import { Measurement } from '../measure/measurement';
import type { RecordedSecond } from '../measure/recordedSecond';
import type { MeasuringMachine, ServiceBackend } from '../measure/trust/facts';
import { calibratedDemand } from '../measure/trust/generator';
import { secretsOfRun } from '../secrets/secretSource';
import { assembleDocument, type RunEnding } from './assembleDocument';
import { makeSearchLoads } from './capacity/searchLoads';
import { type OwnedWork, ownWork } from './ownedWork';
import type { RunContext, RunHandle, RunOutcome, RunRequest } from './runContract';
import { RunPersister } from './runPersister';

/** How long a worker may take to end when asked to. */
const exitPatienceMs = 3_000;
/** How long the load process may take to hand over what it has after a fault. */
const lastWordPatienceMs = 5_000;

/**
 * Starts a run and returns at once. Phases, ticks and the end are announced through `context.emit`. Throws
 * `secret-unknown`, `usage` when a secret that the run sends can't be had: then nothing is begun.
 */
export function startRun(request: RunRequest, context: RunContext): RunHandle {
  const run = new RunCoordinator(request, context);
  return { id: request.id, stop: (reason) => run.stop(reason), finished: run.run() };
}

class RunCoordinator {
  readonly #request: RunRequest;
  readonly #context: RunContext;
  /** What others may know of the run: the secrets that were typed for it are sent and kept nowhere. */
  readonly #description: RunDescription;
  readonly #redact: (text: string) => string;
  readonly #machine: MeasuringMachine;
  readonly #keeper: RunPersister;
  readonly #service: ServiceBackend = { backend: undefined, databasePort: undefined };
  readonly #stopRequested = new Deferred<never>();
  /** What the requests refer to; it goes to the load processes and nowhere else. */
  readonly #secrets: Secrets;
  /** The load that goes on; of a capacity search the current step. */
  #measurement: Measurement;
  /** Takes the ticks of the load that goes on. */
  #addTick = (tick: LoadTick): void => this.#addToMeasurement(tick);
  #capacity: Capacity | undefined;
  #work: OwnedWork | undefined;
  #target: ServiceProcess | undefined;
  /** Rejects when the server behind the engine ends, where that is ours. */
  #databaseDied: Promise<never> | undefined;
  #load: LoadFleet | undefined;
  #ending: RunEnding | undefined;
  readonly #lines: LogLine[] = [];
  #profiled: Promise<ProfileSummary | undefined> | undefined;
  /** Whether the load has begun: from then on there is something to keep. */
  #loading = false;

  constructor(request: RunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.#redact = redactorOf(request);
    this.#secrets = secretsOfRun(request, context.secrets);
    this.#description = {
      id: request.id,
      startedAt: context.now().toISOString(),
      scenario: redactScenario(request.scenario),
      target: redactTarget(request.target),
      environment: context.environment,
      shortened: request.shortened,
      overridden: request.overridden,
      ...(context.calibration ? { calibration: context.calibration } : {}),
      ...(request.gate ? { gate: request.gate } : {}),
    };
    this.#machine = { cores: context.environment.cores, calibration: context.calibration };
    this.#service.pids = request.targetPids;
    this.#keeper = new RunPersister(context.archive, request.id, (level, message) => this.#log(level, message));
    const { scenario, target } = this.#description;
    this.#measurement = new Measurement(scenario, target, this.#machine, this.#service, request.baseline);
  }

  stop(reason: string): void {
    if (this.#ending) return;
    this.#ending = { verdict: 'interrupted', reason };
    if (!this.#loading)
      this.#stopRequested.reject(
        new ProofloadError(
          'interrupted',
          'the run was stopped before its load began; nothing was measured',
          'start it again',
        ),
      );
    this.#load?.stop();
  }

  async run(): Promise<RunOutcome> {
    const outcome = await this.#measure();
    await this.#release();
    // Whoever hears of the end may start the next run at once: nothing of this one is left.
    this.#enter('finished');
    const { emit } = this.#context;
    if (outcome.kind === 'failed') emit({ type: 'failed', error: outcome.error });
    else emit({ type: 'finished', document: outcome.document, saved: outcome.saved });
    return outcome;
  }

  async #measure(): Promise<RunOutcome> {
    const { emit } = this.#context;
    let begun = false;
    try {
      emit({ type: 'started', run: this.#description });
      this.#enter('preparing');
      // First of all: what others find of a run without an owner is taken for left behind.
      const work = ownWork(this.#context.workFolder, this.#request.id);
      this.#work = work;
      await Promise.race([
        this.#keeper.begin(this.#description, () => this.#ending === undefined),
        this.#stopRequested.promise,
      ]);
      this.#measurement.prepare();
      begun = true;
      const { gate } = this.#request;
      if (gate?.open === false) this.#log('warning', `the level is locked and run all the same: ${gate.reason}`);
      for (const warning of this.#request.baseline?.caveats.warnings ?? []) this.#log('warning', warning);
      this.#warnBeyondCalibration();
      const target = await this.#startTarget(work.folder);
      const { end, findings } = await this.#runLoad(target);
      const audited = await this.#audit(findings);
      return await this.#conclude(end, findings, audited, await this.#profiled);
    } catch (thrown) {
      // Whatever keeps the archive from forgetting the run, the reason for its end is the one to tell.
      if (begun) await this.#keeper.discard();
      return { kind: 'failed', error: mapErrorTexts(toAppError(thrown), (text) => this.#redact(text)) };
    }
  }

  /** A rate that the generator was never shown to reach is marked before the run and not only after it. */
  #warnBeyondCalibration(): void {
    const demand = calibratedDemand(this.#request.scenario, this.#machine);
    if (!demand || demand.rate <= demand.limit) return;
    this.#log(
      'warning',
      `${formatRate(demand.rate)} are asked for, and this machine was measured to send up to ${formatRate(demand.limit)} on time: its sends may be late`,
    );
  }

  #enter(phase: RunPhase): void {
    this.#context.emit({ type: 'phase', phase });
  }

  #log(level: LogLine['level'], text: string): void {
    const message = this.#redact(text);
    this.#lines.push({ level, message });
    this.#context.emit({ type: 'log', level, message });
  }

  /** Starts and seeds the built-in service; an external target is there already. */
  async #startTarget(folder: string): Promise<LoadTarget> {
    const { target, addresses } = this.#request;
    if (target.kind === 'url') return { ...target, addresses };
    this.#enter('seeding');
    if (describeEngine(target.engine).usesSqlite && this.#context.environment.sqliteBuild === 'fallback') {
      this.#log(
        'warning',
        'SQLite is the substitute build here, without optimisation: do not compare these figures with others',
      );
    }
    this.#target = new ServiceProcess(this.#context.workers, (sample) => this.#measurement.noteServiceSample(sample));
    if (hasServer(target.engine)) this.#log('info', `looking for the server of ${target.engine}`);
    const ready = await Promise.race([this.#startService(this.#target, target, folder), this.#stopRequested.promise]);
    this.#service.backend = ready.backend;
    const { pid } = this.#target;
    this.#service.pids = pid === undefined ? [] : [pid];
    this.#log(
      'info',
      `${target.engine} (${ready.backend.name}) is seeded with ${formatNumber(ready.documents)} documents and listens on 127.0.0.1:${ready.port}`,
    );
    return { kind: 'documents', origin: `http://127.0.0.1:${ready.port}` };
  }

  async #startService(service: ServiceProcess, config: EngineConfig, folder: string): Promise<ServiceReady> {
    const { id, port, scenario, addresses } = this.#request;
    const database = await this.#context.databases.of(config.engine, loadSentence(scenario), addresses);
    this.#databaseDied = database?.died;
    if (database?.dataElsewhere !== undefined)
      this.#log(
        'info',
        `the embedded PostgreSQL has its data in ${database.dataElsewhere}, for its account can't enter the data folder: that may be another disk`,
      );
    this.#service.databasePort = database?.localPort;
    const place = { folder, namespace: id, ...database?.place };
    return service.start(config, place, port, scenario);
  }

  /** Runs the load to its end, or to the fault that ends it; then the load process may be gone and say nothing. */
  async #runLoad(target: LoadTarget): Promise<{ end: LoadEnd | undefined; findings: FleetFindings | undefined }> {
    const { scenario } = this.#request;
    const events: FleetEvents = {
      onPhase: (phase) => {
        this.#loading = true;
        this.#measurement.enter(phase);
        if (this.#request.takesProfile) this.#profile(phase);
        if (scenario.load.executor !== 'capacity-search') this.#enter(phase);
      },
      onTick: (tick) => this.#addTick(tick),
    };
    const fleet = new LoadFleet(this.#context.workers, scenario, target, events, this.#secrets);
    this.#load = fleet;
    if (this.#ending) fleet.stop();
    const deaths = [fleet.died, this.#target?.died, this.#databaseDied].filter((death) => death !== undefined);
    const running = this.#makeLoad(fleet, deaths);
    try {
      const end = await Promise.race([running, this.#stopRequested.promise, ...deaths]);
      if (end?.fault) this.#abort(`${end.fault.message}. ${end.fault.hint}.`);
      return { end, findings: await Promise.race([fleet.finish(), ...deaths]) };
    } catch (fault) {
      if (!this.#loading) throw fault;
      this.#abort(`${errorMessage(fault)}.`);
      this.#log('error', errorMessage(fault));
      return this.#collectAfterFault(fleet, running);
    }
  }

  /** Takes the profile of the measured part. */
  #profile(phase: RunPhase): void {
    if (phase === 'running') this.#target?.startProfile();
    if (phase === 'draining' && this.#target) this.#profiled = this.#takeProfile(this.#target);
  }

  /** Keeps the profile and sums it up; one that can't be had or kept is no reason to lose the run. */
  async #takeProfile(target: ServiceProcess): Promise<ProfileSummary | undefined> {
    try {
      const profile = await target.stopProfile();
      this.#context.keepProfile?.(this.#request.id, profile);
      return summariseProfile(profile);
    } catch (fault) {
      this.#log('error', `there is no profile: ${errorMessage(fault)}`);
      return undefined;
    }
  }

  /** Makes the scenario's load, whatever its executor. */
  async #makeLoad(fleet: LoadFleet, deaths: readonly Promise<never>[]): Promise<LoadEnd | undefined> {
    const { scenario } = this.#request;
    const { load } = scenario;
    if (load.executor !== 'capacity-search') return fleet.run(load, timingOf(scenario).warmupMs);
    return this.#search(load, fleet, deaths);
  }

  /** Runs a capacity search; what it leaves is the load that confirmed its result. */
  async #search(
    search: CapacitySearch,
    fleet: LoadFleet,
    deaths: readonly Promise<never>[],
  ): Promise<LoadEnd | undefined> {
    const { scenario, target } = this.#description;
    this.#enter('running');
    const { capacity, end, seconds } = await makeSearchLoads(search, {
      scenario,
      target,
      machine: this.#machine,
      service: this.#service,
      makeLoad: (load, warmupMs) => Promise.race([fleet.run(load, warmupMs), ...deaths]),
      isEnding: () => this.#ending !== undefined,
      onMeasurement: (measurement, addTick) => {
        this.#measurement = measurement;
        this.#addTick = addTick;
      },
      emit: this.#context.emit,
    });
    this.#capacity = capacity;
    for (const second of seconds) this.#keeper.append(second);
    return end;
  }

  #abort(reason: string): void {
    this.#ending = { verdict: 'aborted', reason: this.#redact(reason) };
  }

  /** After a fault of the target the load processes may still hand over what they have. */
  async #collectAfterFault(
    fleet: LoadFleet,
    running: Promise<LoadEnd | undefined>,
  ): Promise<{ end: LoadEnd | undefined; findings: FleetFindings | undefined }> {
    fleet.stop();
    const patience = new Deferred<undefined>();
    const timer = setTimeout(() => patience.resolve(undefined), lastWordPatienceMs);
    try {
      const end = await Promise.race([running, fleet.died, patience.promise]);
      return { end, findings: end && (await Promise.race([fleet.finish(), fleet.died, patience.promise])) };
    } catch {
      return { end: undefined, findings: undefined };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the store for every acknowledged write; undefined when there is no store that could be asked. */
  async #audit(findings: FleetFindings | undefined): Promise<Audited | undefined> {
    if (!findings || !this.#target || this.#ending?.verdict === 'aborted') return undefined;
    this.#enter('auditing');
    try {
      const audited = await this.#target.audit(findings.writes);
      for (const example of audited.examples) this.#log('error', `lost write: ${example}`);
      return audited;
    } catch (fault) {
      if (!this.#ending) this.#abort(`the store could not be audited: ${errorMessage(fault)}.`);
      return undefined;
    }
  }

  async #conclude(
    end: LoadEnd | undefined,
    findings: FleetFindings | undefined,
    audited: Audited | undefined,
    profile: ProfileSummary | undefined,
  ): Promise<RunOutcome> {
    for (const second of this.#measurement.finish()) this.#keep(second);
    // To save it may take a while: the run has ended before, and in the way in which it has.
    const [endedAt, ending] = [this.#context.now(), this.#ending];
    await this.#keeper.settle();
    for (const example of findings?.violationExamples ?? []) this.#log('error', `wrong answer: ${example}`);
    for (const warning of findings?.warnings ?? []) this.#log('warning', warning);
    const checkExamples = (findings?.checkExamples ?? []).map(({ message, ...of }) => ({
      ...of,
      message: this.#redact(message),
    }));
    for (const { operation, check, message } of checkExamples)
      this.#log('warning', `${operation}: ${check}: ${message}`);
    const document = assembleDocument({
      description: this.#description,
      endedAt,
      measurement: this.#measurement,
      measuredMs: end?.measuredMs ?? this.#measurement.secondsMs,
      integrity: {
        checked: findings?.checked ?? 0,
        violations: findings?.violations ?? 0,
        acknowledgedWrites: findings?.writes.length ?? 0,
        lostWrites: audited?.lost ?? null,
      },
      ending,
      capacity: this.#capacity,
      backend: this.#service.backend,
      profile,
      log: this.#lines,
      checkExamples,
    });
    const saved = await this.#keeper.finish(document);
    return { kind: 'document', document, saved };
  }

  #addToMeasurement(loadTick: LoadTick): void {
    const { tick, seconds } = this.#measurement.addTick(loadTick);
    this.#context.emit({ type: 'tick', tick });
    for (const second of seconds) this.#keep(second);
  }

  #keep(second: RecordedSecond): void {
    this.#context.emit({ type: 'interval', interval: second.interval, heat: heatmapColumn(second) });
    this.#keeper.append(second);
    this.#abortOnFail();
  }

  /** Ends the load when a threshold fails that the user wanted to end it. */
  #abortOnFail(): void {
    const { totals, secondsMs } = this.#measurement;
    const rules = totals.rules.filter(({ abortOnFail, delayMs }) => abortOnFail && secondsMs >= delayMs);
    if (rules.length === 0 || this.#ending) return;
    // What is not proven yet may still hold at the end.
    const failed = this.#measurement
      .judgeSoFar(rules)
      .find((threshold) => threshold.value !== null && statusOf(threshold) === 'failed');
    if (!failed) return;
    const after = formatDuration(secondsMs);
    this.#ending = { verdict: 'failed', reason: `${failed.metric} ${failed.expression} ended the run after ${after}.` };
    this.#log('warning', this.#ending.reason);
    this.#load?.stop();
  }

  async #release(): Promise<void> {
    await this.#load?.end(exitPatienceMs);
    await this.#target?.end(exitPatienceMs);
    this.#work?.end();
  }
}
