import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineConfig } from '../../shared/engines/config';
import { ProofloadError } from '../../shared/errors/appError';
import type { RunDescription, RunEvent } from '../../shared/run/events';
import { type Target, urlTargetSchema } from '../../shared/run/target';
import type { Scenario } from '../../shared/scenario/schema';
import { environment, histogramOfMs, level, loadTick, runDocument } from '../../tests/support/factories';
import { noArchive, type RunArchive } from '../history/runArchive';
import type { WorkerHandlers, WorkerHost, WorkerKind } from '../hosting/workerHost';
import type { LoadCommand, LoadReport } from '../load/protocol';
import { RunBaseline } from '../measure/baseline';
import type { ServiceCommand, ServiceReport } from '../service/protocol';
import type { Database, RunHandle } from './runContract';
import { startRun } from './runCoordinator';

type Say = { target: (report: ServiceReport) => void; load: (report: LoadReport) => void };

/** Workers that do what the test says when they get a command. They exit when they are killed or told to end. */
class ScriptedWorkers implements WorkerHost {
  readonly #handlers = new Map<WorkerKind, WorkerHandlers>();
  readonly commands: string[] = [];
  /** The messages that were sent to workers. */
  readonly sent: { kind: WorkerKind; message: object }[] = [];
  readonly say: Say = {
    target: (report) => this.#handlers.get('service')?.onMessage(report),
    load: (report) => this.#handlers.get('load')?.onMessage(report),
  };
  onTarget: (command: ServiceCommand) => void = (command) => {
    if (command.type === 'start')
      this.say.target({
        type: 'ready',
        port: 1,
        documents: 10_000,
        seedMs: 1,
        backend: { name: 'memory', isTestDouble: false },
      });
    if (command.type === 'audit') this.say.target({ type: 'audited', lost: 0, examples: [] });
  };
  onLoad: (command: LoadCommand) => void = (command) => {
    if (command.type === 'arm') this.say.load({ type: 'armed' });
    if (command.type === 'go') this.runLoad();
    if (command.type === 'finish') this.done();
  };

  start(kind: WorkerKind, handlers: WorkerHandlers) {
    this.#handlers.set(kind, handlers);
    return {
      pid: 1,
      send: (message: object) => {
        const command = message as ServiceCommand | LoadCommand;
        this.commands.push(`${kind}:${command.type}`);
        this.sent.push({ kind, message });
        setImmediate(() => {
          if (command.type === 'exit' || (kind === 'service' && command.type === 'stop')) handlers.onExit('it ended');
          else if (kind === 'service') this.onTarget(command as ServiceCommand);
          else this.onLoad(command as LoadCommand);
        });
      },
      kill: () => handlers.onExit('it was killed'),
    };
  }

  die(kind: WorkerKind): void {
    this.#handlers.get(kind)?.onExit('it was ended by SIGKILL');
  }

  ticks(): void {
    this.say.load({ type: 'phase', phase: 'running' });
    for (let index = 1; index <= 8; index += 1) {
      const response = { read: histogramOfMs(...Array.from({ length: 250 }, () => 1)).toSparse() };
      const tick = loadTick({
        index,
        asked: 250,
        sent: 250,
        response,
        service: response.read,
        elapsedMs: index * 250,
      });
      this.say.load({ type: 'tick', tick });
    }
  }

  done(): void {
    this.say.load({ type: 'done', checked: 8, violations: 0, violationExamples: [], warnings: [], writes: [] });
  }

  end(): void {
    this.say.load({ type: 'ended', measuredMs: 2_000, answeredMs: 2_000 });
  }

  runLoad(): void {
    this.ticks();
    this.end();
  }
}

describe('startRun', () => {
  let folder: string;
  let workers: ScriptedWorkers;
  let events: RunEvent[];
  let database: Database | undefined;
  const secrets: Record<string, string> = { TOKEN: 'marker-of-the-secret' };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-run-'));
    workers = new ScriptedWorkers();
    events = [];
    database = undefined;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const start = (
    archive: RunArchive = noArchive,
    scenario: Scenario = level('level-2'),
    baseline?: RunBaseline,
    target: Target = engineConfig('memory'),
  ): RunHandle =>
    startRun(
      { id: 'r', scenario, target, shortened: false, overridden: false, baseline, port: 0 },
      {
        workers,
        workFolder: folder,
        databases: { of: async () => database },
        secrets: { find: (name) => secrets[name], remedy: () => 'give it' },
        environment,
        calibration: undefined,
        archive,
        emit: (event) => events.push(event),
        now: () => new Date(0),
      },
    );
  const phases = (): string[] => events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));

  it('goes through its phases, announces seconds, and ends its workers', async () => {
    const outcome = await start().finished;
    expect(phases()).toEqual(['preparing', 'seeding', 'running', 'auditing', 'finished']);
    expect(events.filter(({ type }) => type === 'interval')).toHaveLength(2);
    expect(outcome).toMatchObject({
      kind: 'document',
      saved: true,
      document: { verdict: 'passed', metrics: { http_reqs: { count: 2_000, rate: 1_000 } } },
    });
    expect(workers.commands).toEqual([
      'service:start',
      'load:open',
      'load:arm',
      'load:go',
      'load:finish',
      'service:audit',
      'load:exit',
      'service:stop',
    ]);
    expect(existsSync(join(folder, 'r'))).toBe(false);
  });

  const withSecret = (name: string): Target =>
    urlTargetSchema.parse({
      kind: 'url',
      url: 'http://127.0.0.1:9/',
      headers: [['Authorization', `Bearer {{secret.${name}}}`]],
    });

  it('begins nothing when a secret that it sends is not known', () => {
    const begun: string[] = [];
    const archive = { ...noArchive, begin: ({ id }: RunDescription) => begun.push(id) };
    expect(() => start(archive, undefined, undefined, withSecret('OTHER'))).toThrow(
      expect.objectContaining({ code: 'secret-unknown', hint: 'give it' }),
    );
    expect([begun, events, workers.commands]).toEqual([[], [], []]);
  });

  it('hands secrets to the load processes, and has them in nothing else', async () => {
    const kept: unknown[] = [];
    const keep = (...all: unknown[]): void => void kept.push(all);
    const archive = { ...noArchive, begin: keep, append: keep, finish: keep };
    const outcome = await start(archive, undefined, undefined, withSecret('TOKEN')).finished;
    expect(workers.sent.filter(({ message }) => inspect(message, { depth: 9 }).includes('marker-of'))).toEqual([
      {
        kind: 'load',
        message: expect.objectContaining({ type: 'open', secrets: new Map([['TOKEN', 'marker-of-the-secret']]) }),
      },
    ]);
    const rest = inspect([outcome, kept, events], { depth: Number.POSITIVE_INFINITY, maxArrayLength: null });
    expect(rest).toContain('{{secret.TOKEN}}');
    expect(rest).not.toContain('marker-of');
  });

  it('sends what was typed, and has none of it in its events, its archive, its document, its log and its errors', async () => {
    const scenario: Scenario = {
      ...level('level-2'),
      requests: [
        { url: '/a?token=typed-1&n={{used}}', weight: 1, method: 'GET', headers: { 'X-Auth-Token': 'v-{{used}}' } },
      ],
      data: [{ used: 'typed-2' }],
    };
    const target = urlTargetSchema.parse({
      kind: 'url',
      url: 'http://typed-3:typed-4@127.0.0.1/',
      headers: [['Authorization', 'Bearer typed-5']],
      body: 'password=typed-6',
    });
    workers.runLoad = () => {
      workers.ticks();
      workers.say.load({
        type: 'ended',
        measuredMs: 2_000,
        answeredMs: 2_000,
        fault: { code: 'load-failed', message: 'at /b?q=typed-1', hint: 'look at typed-5' },
      });
    };
    const said = { warnings: ['sent to ?x=typed-5'], violationExamples: ['"typed%2D2"'] };
    workers.done = () => workers.say.load({ type: 'done', checked: 1, violations: 1, writes: [], ...said });
    const kept: unknown[] = [];
    const keep = (...what: unknown[]): void => void kept.push(structuredClone(what));
    const archive = { begin: keep, append: keep, finish: keep, discard: keep };
    const outcome = await start(archive, scenario, undefined, target).finished;
    expect(outcome).toMatchObject({ document: { reason: 'at /b?q=***. look at ***.' } });
    expect(inspect([outcome, events, kept], { depth: null })).not.toContain('typed-');
    const sent = inspect(workers.sent, { depth: null });
    for (const typed of ['token=typed-1', "'typed-2'", 'typed-3:typed-4@', 'Bearer typed-5', 'password=typed-6'])
      expect(sent).toContain(typed);
    const details = { about: 'host', host: 'typed-5' } as const;
    workers.onLoad = () =>
      workers.say.load({ type: 'failed', error: { code: 'usage', message: 'typed-5', hint: 'typed-2', details } });
    expect(await start(noArchive, scenario, undefined, target).finished).toMatchObject({
      error: { code: 'usage', message: '***', hint: '***', details: { about: 'host', host: '***' } },
    });
  });

  it('says before the load what its baseline is not good for', async () => {
    const caveats = { warnings: ['the baseline was made on another machine.'], doubt: 'it was made elsewhere.' };
    const outcome = await start(noArchive, undefined, new RunBaseline(runDocument(), undefined, caveats)).finished;
    const log = outcome.kind === 'document' ? outcome.document.log : [];
    expect(log[0]).toEqual({ level: 'warning', message: 'the baseline was made on another machine.' });
  });

  it('goes on when the history can no longer be written, and says that the run is not saved', async () => {
    const full = new ProofloadError('history-write-failed', 'the disk is full', 'free space');
    const outcome = await start({
      ...noArchive,
      append: () => {
        throw full;
      },
    }).finished;
    expect(outcome).toMatchObject({ kind: 'document', saved: false, document: { verdict: 'passed' } });
    expect(events.filter((event) => event.type === 'log' && event.level === 'error')).toEqual([
      { type: 'log', level: 'error', message: expect.stringContaining('the disk is full; free space') },
    ]);
  });

  it('starts nothing when the history cannot be written at all', async () => {
    const outcome = await start({
      ...noArchive,
      begin: () => {
        throw new ProofloadError('history-write-failed', 'the disk is full', 'free space');
      },
    }).finished;
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'history-write-failed' } });
    expect(workers.commands).toEqual([]);
  });

  it('forgets a run whose target dies before the load', async () => {
    const discarded: string[] = [];
    workers.onTarget = () => workers.die('service');
    const outcome = await start({ ...noArchive, discard: (id) => discarded.push(id) }).finished;
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { code: 'target-failed', message: expect.stringContaining('SIGKILL') },
    });
    expect(discarded).toEqual(['r']);
  });

  it('aborts when the target dies under load, and keeps the last tick of the load process', async () => {
    const handle = workers.onLoad;
    workers.onLoad = (command) => {
      if (command.type === 'go') {
        workers.ticks();
        workers.die('service');
      } else if (command.type === 'stop') workers.end();
      else handle(command);
    };
    const outcome = await start().finished;
    expect(outcome).toMatchObject({
      document: {
        verdict: 'aborted',
        reason: expect.stringContaining('service process'),
        integrity: { lostWrites: null },
        metrics: { http_reqs: { count: 2_000 } },
      },
    });
    expect(phases()).not.toContain('auditing');
  });

  it('aborts when a worker talks nonsense', async () => {
    const handle = workers.onLoad;
    workers.onLoad = (command) => {
      if (command.type !== 'go') return handle(command);
      workers.ticks();
      workers.say.load(JSON.parse('{"type":"gossip"}'));
    };
    const outcome = await start().finished;
    expect(outcome).toMatchObject({
      document: { verdict: 'aborted', reason: expect.stringContaining('unreadable message') },
    });
  });

  it('audits and keeps what was measured when it is stopped', async () => {
    const handle = workers.onLoad;
    workers.onLoad = (command) => {
      if (command.type === 'go') {
        workers.ticks();
        setImmediate(() => run.stop('enough'));
      } else if (command.type === 'stop') workers.end();
      else handle(command);
    };
    const run = start();
    const outcome = await run.finished;
    expect(outcome).toMatchObject({
      document: { verdict: 'interrupted', reason: 'enough', integrity: { lostWrites: 0 } },
    });
    expect(phases()).toContain('auditing');
  });

  it('stops the load when a threshold fails that should, not before its delay, and fails', async () => {
    const handle = workers.onLoad;
    workers.onLoad = (command) => {
      if (command.type === 'go') workers.ticks();
      else if (command.type === 'stop') workers.end();
      else handle(command);
    };
    const aborting = (delayAbortEval: string): Scenario => ({
      ...level('level-2'),
      thresholds: { http_req_duration: [{ threshold: 'p(95)<0.5', abortOnFail: true, delayAbortEval }] },
    });
    expect(await start(noArchive, aborting('2s')).finished).toMatchObject({
      document: { verdict: 'failed', reason: expect.stringContaining('ended the run after 2s') },
    });
    expect(workers.commands).toContain('load:stop');
  });

  it('ends at once when it is stopped before the load', async () => {
    workers.onTarget = () => run.stop('never mind');
    const run = start();
    expect(await run.finished).toMatchObject({ kind: 'failed', error: { code: 'interrupted' } });
  });

  it('ends at once when it is stopped while connections are being opened', async () => {
    workers.onLoad = (command) => {
      if (command.type === 'arm') run.stop('never mind');
    };
    const run = start();
    expect(await run.finished).toMatchObject({ kind: 'failed', error: { code: 'interrupted' } });
    expect(workers.commands).toContain('load:exit');
  });

  it('says where the data of a database are that can not be in the data folder', async () => {
    database = { place: { url: 'postgres://127.0.0.1/' }, server: undefined, dataElsewhere: '/var/lib/proofload/ab' };
    await start(noArchive, undefined, undefined, engineConfig('postgres')).finished;
    expect(events).toContainEqual({
      type: 'log',
      level: 'info',
      message: expect.stringContaining('has its data in /var/lib/proofload/ab'),
    });
  });

  it('says what the load processes have found worth a warning', async () => {
    const handle = workers.onLoad;
    workers.onLoad = (command) => {
      if (command.type !== 'finish') return handle(command);
      const warnings = ['it leads elsewhere'];
      workers.say.load({ type: 'done', checked: 0, violations: 0, violationExamples: [], warnings, writes: [] });
    };
    await start().finished;
    expect(events).toContainEqual({ type: 'log', level: 'warning', message: 'it leads elsewhere' });
  });

  it('aborts when the store cannot be audited', async () => {
    const seed = workers.onTarget;
    workers.onTarget = (command) => (command.type === 'audit' ? workers.die('service') : seed(command));
    const outcome = await start().finished;
    expect(outcome).toMatchObject({
      document: { verdict: 'aborted', reason: expect.stringContaining('could not be audited') },
    });
  });
});
