import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlowRequest } from '../../shared/run/slowRequest';
import { plainLoadSchema } from '../../shared/scenario/schema';
import { LatencyHistogram, type SparseHistogram } from '../../shared/statistics/latencyHistogram';
import { histogramOfMs, level, loadTick, slowRequest } from '../../tests/support/factories';
import type { LoadCommand, LoadReport, LoadTick } from '../load/protocol';
import { LoadFleet } from './loadFleet';
import { joinTicks, mergeTicks } from './mergeTicks';
import type { WorkerHandlers, WorkerHost } from './workerHost';

function p99Ms(sparse: SparseHistogram | undefined): number {
  const histogram = new LatencyHistogram();
  if (sparse) histogram.mergeSparse(sparse);
  return histogram.percentileUs(99) / 1000;
}

describe('mergeTicks', () => {
  it('merges histograms, adds counts up, and takes the worst of what describes a process', () => {
    const fast = loadTick({
      asked: 99,
      sent: 99,
      response: { read: histogramOfMs(...Array.from({ length: 99 }, () => 1)).toSparse() },
      failures: { timeout: 1 },
      utilisation: 0.2,
      cpuSlices: null,
      cpuWaitMs: null,
      throttledMs: 1,
    });
    const slow = loadTick({
      asked: 2,
      sent: 1,
      dropped: 1,
      response: { read: histogramOfMs(100).toSparse(), query: histogramOfMs(5).toSparse() },
      failures: { timeout: 2, 'status-500': 1 },
      utilisation: 0.9,
      cpuWaitMs: 3,
      cpuSlices: 7,
      throttledMs: 2,
    });
    const merged = mergeTicks([fast, slow]);
    expect(merged).toMatchObject({
      asked: 101,
      sent: 100,
      dropped: 1,
      failures: { timeout: 3, 'status-500': 1 },
      utilisation: 0.9,
      cpuWaitMs: 3,
      cpuSlices: 7,
      throttledMs: 2,
      response: { read: { count: 100 }, query: { count: 1 } },
    });
    // The mean of the two P99 would be 50.5 ms.
    expect(p99Ms(merged.response.read)).toBeCloseTo(1, 1);
  });
});

describe('mergeTicks of processes of which some have ended', () => {
  it('takes their utilisation for the time that they still had', () => {
    const whole = loadTick({ durationMs: 250, utilisation: 0.1 });
    const partial = (durationMs: number) => loadTick({ durationMs, utilisation: 0.95 });
    expect(mergeTicks([whole], [partial(3)]).utilisation).toBe(0.1);
    expect(mergeTicks([whole], [partial(125)]).utilisation).toBeCloseTo(0.475);
    expect(mergeTicks([whole], [partial(260)]).utilisation).toBe(0.95);
  });
});

describe('joinTicks', () => {
  it('adds up what one process counted, and weighs its shares by their time', () => {
    const joined = joinTicks(
      loadTick({
        index: 1,
        sent: 3,
        durationMs: 250,
        inFlight: 9,
        utilisation: 1,
        gcMs: 2,
        gcMaxMs: 2,
        draining: false,
      }),
      loadTick({
        index: 3,
        sent: 5,
        durationMs: 750,
        elapsedMs: 1_000,
        inFlight: 1,
        gcMs: 1,
        gcMaxMs: 1,
        draining: true,
      }),
    );
    expect(joined).toMatchObject({
      index: 3,
      sent: 8,
      durationMs: 1_000,
      elapsedMs: 1_000,
      inFlight: 1,
      utilisation: 0.25,
      gcMs: 3,
      gcMaxMs: 2,
      draining: false,
    });
  });
});

const load = plainLoadSchema.parse(level('level-2').load);

describe('LoadFleet', () => {
  function fleetOf(processes: number) {
    const handlers: WorkerHandlers[] = [];
    const commands: LoadCommand[][] = [];
    const host: WorkerHost = {
      start: (_kind, handler) => {
        handlers.push(handler);
        const received: LoadCommand[] = [];
        commands.push(received);
        return { pid: 1, send: (message) => received.push(message as LoadCommand), kill: () => {} };
      },
    };
    const ticks: LoadTick[] = [];
    const phases: string[] = [];
    const fleet = new LoadFleet(
      host,
      { ...level('level-2'), processes },
      { kind: 'documents', origin: 'http://127.0.0.1:1' },
      { onPhase: (phase) => phases.push(phase), onTick: (tick) => ticks.push(tick) },
    );
    const say = (member: number, report: LoadReport): void => handlers[member]?.onMessage(report);
    const tick = (member: number, index: number, sent: number, durationMs = 250): void =>
      say(member, { type: 'tick', tick: loadTick({ index, sent, durationMs, elapsedMs: index * 250 }) });
    return { fleet, commands, ticks, phases, say, tick };
  }

  it('starts all processes at the same moment, when all are ready', async () => {
    const { fleet, commands, say } = fleetOf(2);
    const running = fleet.run(load, 0);
    say(0, { type: 'armed' });
    await Promise.resolve();
    expect(commands.flat().some(({ type }) => type === 'go')).toBe(false);
    say(1, { type: 'armed' });
    say(0, { type: 'ended', measuredMs: 5, answeredMs: 9 });
    say(1, { type: 'ended', measuredMs: 7, answeredMs: 8 });
    expect(await running).toEqual({ measuredMs: 7, answeredMs: 9, fault: undefined });
    const starts = commands.map((received) => received.find((command) => command.type === 'go'));
    expect(starts[0]).toEqual(starts[1]);
    expect(commands.map(([open]) => open?.type === 'open' && open.shard)).toEqual([
      { index: 0, count: 2 },
      { index: 1, count: 2 },
    ]);
  });

  it('merges what covers the same time when a process skips a tick, and hands on the rest at the end', async () => {
    const { fleet, ticks, say, tick } = fleetOf(2);
    const running = fleet.run(load, 0);
    tick(0, 1, 1);
    tick(0, 2, 1);
    expect(ticks).toHaveLength(0);
    tick(1, 1, 10);
    // The second process was late and skips a tick.
    tick(1, 3, 20, 500);
    tick(0, 3, 1);
    tick(0, 4, 1);
    expect(ticks.map(({ index, sent, durationMs }) => [index, sent, durationMs])).toEqual([
      [1, 11, 250],
      [3, 22, 500],
    ]);
    for (const member of [0, 1]) {
      say(member, { type: 'armed' });
      say(member, { type: 'ended', measuredMs: 1, answeredMs: 1 });
    }
    await running;
    expect(ticks.at(-1)).toMatchObject({ index: 4, sent: 1, durationMs: 250 });
  });

  it('waits for no tick of a process that has ended, and takes its time from those that go on', () => {
    const { fleet, ticks, say, tick } = fleetOf(2);
    fleet.died.catch(() => {});
    void fleet.run(load, 0);
    tick(0, 1, 1);
    tick(1, 1, 1);
    tick(0, 2, 1, 80);
    say(0, { type: 'ended', measuredMs: 1, answeredMs: 1 });
    expect(ticks).toHaveLength(1);
    tick(1, 2, 1);
    tick(1, 3, 1);
    expect(ticks.map(({ index, sent, durationMs }) => [index, sent, durationMs])).toEqual([
      [1, 2, 250],
      [2, 2, 250],
      [3, 1, 250],
    ]);
  });

  it('loses no count and no time, and keeps rates right, however late the ticks of each process are', async () => {
    const tickMs = 250;
    const ratePerMs = 2;
    /** Where each process ends its ticks: the index, and by how much it was late. Some are skipped. */
    const plan = fc.array(fc.record({ skipped: fc.boolean(), lateMs: fc.integer({ min: 0, max: 200 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(plan, { minLength: 2, maxLength: 4 }),
        fc.infiniteStream(fc.nat()),
        async (plans, order) => {
          const { fleet, ticks, say } = fleetOf(plans.length);
          const running = fleet.run(load, 0);
          const longest = Math.max(...plans.map(({ length }) => length));
          const waiting = plans.map((steps) => {
            let fromMs = 0;
            return Array.from({ length: longest }, (_, place) => steps[place] ?? { skipped: false, lateMs: 0 }).flatMap(
              ({ skipped, lateMs }, place) => {
                if (skipped && place < longest - 1) return [];
                const elapsedMs = (place + 1) * tickMs + lateMs;
                const durationMs = elapsedMs - fromMs;
                fromMs = elapsedMs;
                return [loadTick({ index: place + 1, sent: durationMs * ratePerMs, durationMs, elapsedMs })];
              },
            );
          });
          const sent = waiting.flat().reduce((sum, tick) => sum + tick.sent, 0);
          const ends = waiting.map((own) => own.at(-1)?.elapsedMs ?? 0);
          while (waiting.some((own) => own.length > 0)) {
            const left = waiting.flatMap((own, member) => (own.length > 0 ? [member] : []));
            const member = left[(order.next().value ?? 0) % left.length] ?? 0;
            const tick = waiting[member]?.shift();
            if (tick) say(member, { type: 'tick', tick });
          }
          for (const member of plans.keys()) say(member, { type: 'armed' });
          for (const member of plans.keys()) say(member, { type: 'ended', measuredMs: 1, answeredMs: 1 });
          await running;
          expect(ticks.reduce((sum, tick) => sum + tick.sent, 0)).toBe(sent);
          const meanEndMs = ends.reduce((sum, endMs) => sum + endMs, 0) / ends.length;
          expect(ticks.at(-1)?.elapsedMs).toBeCloseTo(meanEndMs);
          expect(ticks.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBeCloseTo(meanEndMs);
          for (const tick of ticks) expect(tick.sent / tick.durationMs).toBeCloseTo(ratePerMs * plans.length);
        },
      ),
    );
  });

  it('is in a phase when all processes are', () => {
    const { phases, say } = fleetOf(2);
    say(0, { type: 'phase', phase: 'running' });
    expect(phases).toEqual([]);
    say(1, { type: 'phase', phase: 'running' });
    expect(phases).toEqual(['running']);
  });

  it('waits for no process that has nothing to do', async () => {
    const { fleet, phases, ticks, say, tick } = fleetOf(2);
    const running = fleet.run(load, 0);
    for (const member of [0, 1]) {
      say(member, { type: 'armed' });
      say(member, { type: 'phase', phase: 'running' });
      if (member === 1) {
        say(1, { type: 'phase', phase: 'draining' });
        say(1, { type: 'ended', measuredMs: 0, answeredMs: 0 });
      }
    }
    expect(phases).toEqual(['running']);
    tick(0, 1, 5);
    expect(ticks).toHaveLength(1);
    say(0, { type: 'phase', phase: 'draining' });
    expect(phases).toEqual(['running', 'draining']);
    say(0, { type: 'ended', measuredMs: 9, answeredMs: 9 });
    expect(await running).toMatchObject({ measuredMs: 9 });
  });

  it('begins a phase although a process is already past it', () => {
    const { phases, say } = fleetOf(2);
    say(1, { type: 'phase', phase: 'running' });
    say(1, { type: 'phase', phase: 'draining' });
    say(0, { type: 'phase', phase: 'running' });
    expect(phases).toEqual(['running']);
  });

  it('audits the last of the writes that its processes know of, and of no document twice', async () => {
    const { fleet, say } = fleetOf(2);
    const findings = fleet.finish();
    const write = (version: number) => ({ tenant: 't', id: 'd', version, title: `write ${version}` });
    const done = (...writes: ReturnType<typeof write>[]): LoadReport => ({
      type: 'done',
      checked: 1,
      violations: 0,
      violationExamples: [],
      warnings: [],
      writes,
    });
    say(0, done(write(3)));
    say(1, done(write(2), { ...write(1), id: 'e' }));
    expect(await findings).toMatchObject({
      checked: 2,
      writes: [
        { id: 'd', version: 3 },
        { id: 'e', version: 1 },
      ],
    });
  });

  it('keeps the slowest requests of all of its processes, by operation', async () => {
    const { fleet, say } = fleetOf(2);
    const findings = fleet.finish();
    const done = (...slowest: SlowRequest[]): LoadReport => ({
      type: 'done',
      checked: 0,
      violations: 0,
      violationExamples: [],
      warnings: [],
      writes: [],
      slowest,
    });
    say(0, done(slowRequest({ durationMs: 20 }), slowRequest({ operation: 'write', durationMs: 5 })));
    say(1, done(slowRequest({ durationMs: 30 })));
    const { slowest } = await findings;
    expect(slowest.map(({ operation, durationMs }) => [operation, durationMs])).toEqual([
      ['read', 30],
      ['read', 20],
      ['write', 5],
    ]);
  });
});
