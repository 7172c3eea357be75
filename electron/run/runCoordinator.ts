import { errorMessage, mapErrorTexts, toAppError } from '../../shared/errors/appError';
import type { Capacity } from '../../shared/run/capacity';
import type { RunDescription, RunPhase } from '../../shared/run/events';
import { timingOf } from '../../shared/scenario/timing';
import type { Secrets } from '../../shared/secrets/conceal';
import { redactorOf } from '../../shared/secrets/redactRun';
import type { Fleet, FleetEvents, LoadEnd } from '../hosting/fleet';
import type { Audited } from '../hosting/serviceProcess';
import type { LoadInputs, LoadTarget } from '../load/protocol';
import { Measurement } from '../measure/measurement';
import type { RecordedSecond } from '../measure/recordedSecond';
import type { MeasuringMachine, ServiceBackend } from '../measure/trust/facts';
import { secretsOfRun } from '../secrets/secretSource';
import { assembleDocument } from './assembleDocument';
import { awaitLoad, type LoadResult } from './awaitLoad';
import { makeSearchLoads } from './capacity/searchLoads';
import { describeRun } from './describeRun';
import { EarlyEnd } from './earlyEnd';
import { logFindings } from './logFindings';
import { openFleet } from './openFleet';
import { type OwnedWork, ownWork } from './ownedWork';
import type { RunContext, RunHandle, RunOutcome, RunRequest } from './runContract';
import { RunLifecycle } from './runLifecycle';
import { RunLog } from './runLog';
import { RunPersister } from './runPersister';
import { RunRecorder } from './runRecorder';
import { RunService } from './runService';
import { startWarnings } from './startWarnings';

/** How long a worker may take to end after it was asked to. */
const exitPatienceMs = 3_000;

/**
 * Starts a run and returns at once. Phases, ticks and the end are announced through `context.emit`. Throws
 * `secret-unknown` or `usage` if a secret that the run sends is not available; then nothing is begun.
 */
export function startRun(request: RunRequest, context: RunContext): RunHandle {
  const run = new RunCoordinator(request, context);
  return { id: request.id, stop: (reason) => run.stop(reason), finished: run.run() };
}

/** Takes a run through its phases: preparing, seeding, load, audit, document. */
class RunCoordinator {
  readonly #request: RunRequest;
  readonly #context: RunContext;
  readonly #description: RunDescription;
  readonly #redact: (text: string) => string;
  readonly #machine: MeasuringMachine;
  readonly #backend: ServiceBackend;
  /** The secrets that requests refer to. They go to the load processes and nowhere else. */
  readonly #secrets: Secrets;
  readonly #log: RunLog;
  readonly #earlyEnd: EarlyEnd;
  readonly #persister: RunPersister;
  readonly #recorder: RunRecorder;
  #capacity: Capacity | undefined;
  #work: OwnedWork | undefined;
  #service: RunService | undefined;
  #fleet: Fleet | undefined;

  constructor(request: RunRequest, context: RunContext) {
    const { emit } = context;
    this.#request = request;
    this.#context = context;
    this.#redact = redactorOf(request);
    this.#secrets = secretsOfRun(request, context.secrets);
    this.#description = describeRun(request, context);
    this.#machine = {
      cores: context.environment.cores,
      calibration: context.calibration,
      driver: request.driver?.tool,
      isElsewhere: request.driver?.on !== undefined,
      isInContainer: request.driver?.container !== undefined,
      bucketShare: () => this.#fleet?.bucketShare ?? 0,
    };
    this.#backend = { backend: undefined, databasePort: undefined, pids: request.targetPids };
    this.#log = new RunLog(this.#redact, emit);
    this.#earlyEnd = new EarlyEnd(this.#redact);
    this.#persister = new RunPersister(context.archive, request.id, (level, text) => this.#log.add(level, text));
    const { scenario, target } = this.#description;
    const measurement = new Measurement(scenario, target, this.#machine, this.#backend, request.baseline);
    const [persister, log, earlyEnd] = [this.#persister, this.#log, this.#earlyEnd];
    const onSecond = (second: RecordedSecond): void => context.onSecond?.(second);
    this.#recorder = new RunRecorder(measurement, { persister, log, earlyEnd, emit, onSecond });
  }

  stop(reason: string): void {
    this.#earlyEnd.interrupt(reason);
  }

  async run(): Promise<RunOutcome> {
    const outcome = await this.#measure();
    await this.#release();
    // A listener may start the next run at once, so nothing of this one may be left.
    this.#enter('finished');
    const { emit } = this.#context;
    if (outcome.kind === 'failed') emit({ type: 'failed', error: outcome.error });
    else emit({ type: 'finished', document: outcome.document, saved: outcome.saved });
    return outcome;
  }

  async #measure(): Promise<RunOutcome> {
    let begun = false;
    try {
      this.#context.emit({ type: 'started', run: this.#description });
      this.#enter('preparing');
      // This comes first, because other processes remove work that has no owner.
      const work = ownWork(this.#context.workFolder, this.#request.id);
      this.#work = work;
      await Promise.race([
        this.#persister.begin(this.#description, () => this.#earlyEnd.ending === undefined),
        this.#earlyEnd.stoppedBeforeLoad,
      ]);
      this.#recorder.measurement.prepare();
      begun = true;
      for (const warning of startWarnings(this.#request, this.#machine)) this.#log.add('warning', warning);
      const target = await this.#startTarget(work.folder);
      const result = await this.#runBetween(target);
      const audited = await this.#audit(result);
      return await this.#conclude(result, audited);
    } catch (thrown) {
      // Even if the run cannot be discarded, the user must see why it ended.
      if (begun) await this.#persister.discard();
      return { kind: 'failed', error: mapErrorTexts(toAppError(thrown), (text) => this.#redact(text)) };
    }
  }

  #enter(phase: RunPhase): void {
    this.#context.emit({ type: 'phase', phase });
  }

  /** Starts and seeds the built-in service. An external target already exists. */
  async #startTarget(folder: string): Promise<LoadTarget> {
    const { target, addresses, filesFolder } = this.#request;
    if (target.kind === 'url') return { ...target, addresses, filesFolder };
    this.#enter('seeding');
    const service = new RunService(this.#request, this.#context, this.#log, (sample) =>
      this.#recorder.measurement.noteServiceSample(sample),
    );
    this.#service = service;
    return service.start(target, folder, this.#backend, this.#earlyEnd.stoppedBeforeLoad);
  }

  /** Runs the load between the setup and the teardown of the scenario. Rejects with `setup-failed` before any load. */
  async #runBetween(target: LoadTarget): Promise<LoadResult> {
    const { scenario, dataPaths = {} } = this.#request;
    const lifecycle = new RunLifecycle({
      workers: this.#context.workers,
      scenario,
      target,
      secrets: this.#secrets,
      earlyEnd: this.#earlyEnd,
      log: this.#log,
    });
    const given = await lifecycle.setUp();
    try {
      return await this.#runLoad(target, { dataPaths: { ...dataPaths }, given: { ...given } });
    } finally {
      await lifecycle.tearDown();
    }
  }

  /** Runs the load to its end, or to the fault that ends it. */
  async #runLoad(target: LoadTarget, inputs: LoadInputs): Promise<LoadResult> {
    const { scenario } = this.#request;
    const events: FleetEvents = {
      onPhase: (phase) => {
        this.#earlyEnd.noteLoadBegun();
        this.#recorder.measurement.enter(phase);
        this.#service?.enter(phase);
        if (scenario.load.executor !== 'capacity-search') this.#enter(phase);
      },
      onTick: this.#recorder.addTick,
    };
    const { workers, workFolder } = this.#context;
    const given = { workers, target, inputs, secrets: this.#secrets, folder: this.#work?.folder ?? workFolder };
    const fleet = openFleet(this.#request, given, events);
    this.#fleet = fleet;
    this.#earlyEnd.onStop(() => fleet.stop());
    const deaths = [fleet.died, ...(this.#service?.deaths ?? [])];
    const running = this.#makeLoad(fleet, deaths);
    return awaitLoad({ fleet, running, deaths, earlyEnd: this.#earlyEnd, log: this.#log });
  }

  /** Makes the load of the scenario. In a capacity search, the load that confirmed its result stands for the run. */
  async #makeLoad(fleet: Fleet, deaths: readonly Promise<never>[]): Promise<LoadEnd | undefined> {
    const { load } = this.#request.scenario;
    const { scenario, target } = this.#description;
    if (load.executor !== 'capacity-search') return fleet.run(load, timingOf(scenario).warmupMs);
    this.#enter('running');
    const { capacity, end, seconds } = await makeSearchLoads(load, {
      scenario,
      target,
      machine: this.#machine,
      service: this.#backend,
      makeLoad: (step, warmupMs, thinks) => Promise.race([fleet.run(step, warmupMs, thinks), ...deaths]),
      isEnding: () => this.#earlyEnd.ending !== undefined,
      onMeasurement: (measurement, addTick) => this.#recorder.replace(measurement, addTick),
      emit: this.#context.emit,
    });
    this.#capacity = capacity;
    for (const second of seconds) {
      this.#persister.append(second);
      this.#context.onSecond?.(second);
    }
    return end;
  }

  /** Checks in the store whether every acknowledged write is there. Undefined if there is no store to check. */
  async #audit({ findings }: LoadResult): Promise<Audited | undefined> {
    // Another tool does not report which writes were acknowledged.
    if (!findings || !this.#service || this.#request.driver || this.#earlyEnd.ending?.verdict === 'aborted')
      return undefined;
    this.#enter('auditing');
    try {
      return await this.#service.audit(findings.writes);
    } catch (fault) {
      if (!this.#earlyEnd.ending) this.#earlyEnd.abort(`the store could not be audited: ${errorMessage(fault)}.`);
      return undefined;
    }
  }

  async #conclude({ end, findings }: LoadResult, audited: Audited | undefined): Promise<RunOutcome> {
    const profile = await this.#service?.profile();
    this.#recorder.finish();
    // Saving may take a while. It must change neither the ending of the run nor its end time.
    const [endedAt, ending] = [this.#context.now(), this.#earlyEnd.ending];
    await this.#persister.settle();
    const { scenario } = this.#description;
    const lostWrites = audited?.lost ?? null;
    const found = logFindings(findings, lostWrites, scenario, this.#log, this.#redact);
    const { measurement } = this.#recorder;
    const document = assembleDocument({
      description: this.#description,
      endedAt,
      measurement,
      measuredMs: end?.measuredMs ?? measurement.secondsMs,
      ending,
      capacity: this.#capacity,
      backend: this.#backend.backend,
      profile,
      log: this.#log.lines,
      ...found,
    });
    const saved = await this.#persister.finish(document);
    return { kind: 'document', document, saved };
  }

  async #release(): Promise<void> {
    await this.#fleet?.end(exitPatienceMs);
    await this.#service?.end(exitPatienceMs);
    this.#work?.end();
  }
}
