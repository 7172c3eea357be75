import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, ProofloadError, toAppError } from '../../shared/errors/appError';
import type { RunDescription, RunPhase } from '../../shared/run/events';
import { formatNumber } from '../../shared/units/format';
import type { RecordedSecond } from '../history/runArchive';
import { type LoadCommand, type LoadReport, loadReportSchema } from '../load/protocol';
import { type TargetCommand, type TargetReport, targetReportSchema } from '../target/protocol';
import { Aggregator } from './aggregator';
import { assembleDocument, type RunEnding } from './assembleDocument';
import { Deferred } from './deferred';
import type { RunContext, RunHandle, RunOutcome, RunRequest } from './runContract';
import { RunTotals } from './runTotals';
import { WorkerSession } from './workerSession';

type Ready = Extract<TargetReport, { type: 'ready' }>;
type Audited = Extract<TargetReport, { type: 'audited' }>;
type Done = Extract<LoadReport, { type: 'done' }>;

/** How long a worker may take to end when asked to. */
const exitPatienceMs = 3_000;
/** How long the load process may take to hand over its last tick after a fault. */
const lastTickPatienceMs = 5_000;

/** Starts a run and returns at once. Phases, ticks and the end are announced through `context.emit`. */
export function startRun(request: RunRequest, context: RunContext): RunHandle {
  const run = new RunCoordinator(request, context);
  return { id: request.id, stop: (reason) => run.stop(reason), finished: run.run() };
}

class RunCoordinator {
  readonly #request: RunRequest;
  readonly #context: RunContext;
  readonly #description: RunDescription;
  readonly #aggregator = new Aggregator();
  readonly #totals = new RunTotals();
  readonly #folder: string;
  readonly #stopRequested = new Deferred<never>();
  readonly #ready = new Deferred<Ready>();
  readonly #audited = new Deferred<Audited>();
  readonly #done = new Deferred<Done>();
  #target: WorkerSession<TargetReport> | undefined;
  #load: WorkerSession<LoadReport> | undefined;
  #ending: RunEnding | undefined;
  #saving = true;
  /** Whether the load has begun: from then on there is something to keep. */
  #loading = false;

  constructor(request: RunRequest, context: RunContext) {
    this.#request = request;
    this.#context = context;
    this.#folder = join(context.workFolder, request.id);
    this.#description = {
      id: request.id,
      startedAt: context.now().toISOString(),
      scenario: request.scenario,
      target: request.target,
      environment: context.environment,
      shortened: request.shortened,
    };
  }

  stop(reason: string): void {
    if (this.#ending) return;
    this.#ending = { verdict: 'interrupted', reason };
    this.#stopRequested.reject(
      new ProofloadError(
        'interrupted',
        'the run was stopped before its load began; nothing was measured',
        'start it again',
      ),
    );
    this.#load?.send({ type: 'stop' } satisfies LoadCommand);
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
    const { emit, archive } = this.#context;
    let begun = false;
    try {
      emit({ type: 'started', run: this.#description });
      this.#enter('preparing');
      archive.begin(this.#description);
      begun = true;
      mkdirSync(this.#folder, { recursive: true });
      const origin = await this.#startTarget();
      const done = await this.#runLoad(origin);
      const audited = await this.#audit(done);
      return this.#conclude(done, audited);
    } catch (thrown) {
      // Whatever keeps the archive from forgetting the run, the reason for its end is the one to tell.
      if (begun) this.#save(() => archive.discard(this.#request.id));
      return { kind: 'failed', error: toAppError(thrown) };
    }
  }

  #enter(phase: RunPhase): void {
    this.#context.emit({ type: 'stage', phase });
  }

  #log(level: 'info' | 'warning' | 'error', message: string): void {
    this.#context.emit({ type: 'log', level, message });
  }

  /** Starts and seeds the built-in service; an external target is there already. */
  async #startTarget(): Promise<Extract<LoadCommand, { type: 'begin' }>['target']> {
    const { target, scenario, port } = this.#request;
    if (target.kind === 'url') return target;
    this.#enter('seeding');
    if (target.engine !== 'memory' && this.#context.environment.sqliteBuild === 'fallback') {
      this.#log(
        'warning',
        'SQLite is the substitute build here, without optimisation: do not compare these figures with others',
      );
    }
    this.#target = new WorkerSession(this.#context.workers, 'target', targetReportSchema, (report) =>
      this.#onTarget(report),
    );
    const start: TargetCommand = { type: 'start', engine: target.engine, folder: this.#folder, port, scenario };
    this.#target.send(start);
    const ready = await Promise.race([this.#ready.promise, this.#target.died, this.#stopRequested.promise]);
    this.#log(
      'info',
      `${target.engine} is seeded with ${formatNumber(ready.documents)} documents and listens on 127.0.0.1:${ready.port}`,
    );
    return { kind: 'documents', origin: `http://127.0.0.1:${ready.port}` };
  }

  /** Runs the load to its end, or to the fault that ends it; undefined when the load process itself is gone. */
  async #runLoad(target: Extract<LoadCommand, { type: 'begin' }>['target']): Promise<Done | undefined> {
    const load = new WorkerSession(this.#context.workers, 'load', loadReportSchema, (report) => this.#onLoad(report));
    this.#load = load;
    load.send({ type: 'begin', scenario: this.#request.scenario, target } satisfies LoadCommand);
    if (this.#ending) load.send({ type: 'stop' } satisfies LoadCommand);
    const deaths = [load.died, ...(this.#target ? [this.#target.died] : [])];
    try {
      return await Promise.race([this.#done.promise, ...deaths]);
    } catch (fault) {
      if (!this.#loading) throw fault;
      this.#ending = { verdict: 'aborted', reason: `${errorMessage(fault)}.` };
      this.#log('error', errorMessage(fault));
      return this.#collectAfterFault(load);
    }
  }

  /** After a fault of the target the load process may still hand over its last tick. */
  async #collectAfterFault(load: WorkerSession<LoadReport>): Promise<Done | undefined> {
    load.send({ type: 'stop' } satisfies LoadCommand);
    const patience = new Deferred<undefined>();
    const timer = setTimeout(() => patience.resolve(undefined), lastTickPatienceMs);
    try {
      return await Promise.race([this.#done.promise, load.died, patience.promise]);
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the store for every acknowledged write; undefined when there is no store that could be asked. */
  async #audit(done: Done | undefined): Promise<Audited | undefined> {
    if (!done || !this.#target || this.#ending?.verdict === 'aborted') return undefined;
    this.#enter('auditing');
    this.#target.send({ type: 'audit', writes: done.writes } satisfies TargetCommand);
    try {
      const audited = await Promise.race([this.#audited.promise, this.#target.died]);
      for (const example of audited.examples) this.#log('error', `lost write: ${example}`);
      return audited;
    } catch (fault) {
      this.#ending ??= { verdict: 'aborted', reason: `the store could not be audited: ${errorMessage(fault)}.` };
      return undefined;
    }
  }

  #conclude(done: Done | undefined, audited: Audited | undefined): RunOutcome {
    for (const second of this.#aggregator.finish()) this.#keep(second);
    for (const example of done?.violationExamples ?? []) this.#log('error', `wrong answer: ${example}`);
    const document = assembleDocument({
      description: this.#description,
      endedAt: this.#context.now(),
      totals: this.#totals,
      measuredMs: done?.measuredMs ?? this.#measuredSoFarMs(),
      checked: done?.checked ?? 0,
      violations: done?.violations ?? 0,
      acknowledgedWrites: done?.writes.length ?? 0,
      lostWrites: audited?.lost ?? null,
      ending: this.#ending,
    });
    const saved = this.#save(() => this.#context.archive.finish(document));
    return { kind: 'document', document, saved };
  }

  #measuredSoFarMs(): number {
    return this.#totals.intervals.length * 1000;
  }

  #onTarget(report: TargetReport): void {
    switch (report.type) {
      case 'ready':
        this.#ready.resolve(report);
        return;
      case 'sample':
        this.#aggregator.noteTargetSample(report.sample);
        return;
      case 'audited':
        this.#audited.resolve(report);
        return;
      case 'failed': {
        const error = fromWorker(report.error, 'target-failed');
        this.#ready.reject(error);
        this.#audited.reject(error);
      }
    }
  }

  #onLoad(report: LoadReport): void {
    switch (report.type) {
      case 'phase':
        this.#loading = true;
        this.#enter(report.phase);
        return;
      case 'tick': {
        const { tick, seconds } = this.#aggregator.add(report.tick);
        this.#context.emit({ type: 'tick', tick });
        for (const second of seconds) this.#keep(second);
        return;
      }
      case 'done':
        this.#done.resolve(report);
        return;
      case 'failed': {
        const error = fromWorker(report.error, 'load-failed');
        if (!this.#loading) this.#done.reject(error);
        else this.#ending = { verdict: 'aborted', reason: `${error.message}. ${error.hint}.` };
      }
    }
  }

  #keep(second: RecordedSecond): void {
    this.#totals.add(second);
    this.#context.emit({ type: 'interval', interval: second.interval });
    this.#save(() => this.#context.archive.append(this.#request.id, second));
  }

  /** A run goes on when the history can't take it: the numbers are still shown and written to files. */
  #save(write: () => void): boolean {
    if (!this.#saving) return false;
    try {
      write();
      return true;
    } catch (error) {
      this.#saving = false;
      const { message, hint } = toAppError(error);
      this.#log('error', `the run is not being saved: ${message}; ${hint}`);
      return false;
    }
  }

  async #release(): Promise<void> {
    await this.#load?.end({ type: 'exit' } satisfies LoadCommand, exitPatienceMs);
    await this.#target?.end({ type: 'stop' } satisfies TargetCommand, exitPatienceMs);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function fromWorker(
  { code, message, hint }: { code: string; message: string; hint: string },
  fallback: 'target-failed' | 'load-failed',
): ProofloadError {
  const known = (['port-in-use', 'target-unreachable'] as const).find((candidate) => candidate === code);
  return new ProofloadError(known ?? fallback, message, hint);
}
