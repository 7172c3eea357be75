import { describe, expect, it } from 'vitest';
import { runInterval } from '../../tests/support/factories';
import type { FailureCounts } from '../run/failureCounts';
import type { RunInterval } from '../run/metrics';
import { explain, type MomentCause } from './causes';
import { causeRules, type MomentCauseKind, restRules, startRule } from './rules';
import { usualIn, worstIn } from './sampled';

/** The built-in service when nothing happens. */
const calm: Partial<RunInterval> = {
  p99: 2,
  generatorGcMaxMs: 0.5,
  generatorLoopDelayMs: 1,
  generatorCpuWaitMs: 10,
  targetGcMs: 1,
  targetGcMaxMs: 1,
  targetLoopDelayMs: 2,
  targetCpuWaitMs: 10,
  targetWrittenMb: 0.5,
  targetLoopHeldMaxMs: { commit: 1, fetch: 1 },
  targetCpu: 0.05,
  generatorUtilisation: 0.2,
  otherCpuShare: 0.02,
  stolenCpuShare: 0,
  cacheHitRate: 0.95,
  connectionsOpened: 0,
  slowestParts: { send_wait: 0.1, network: 0.4, 'server.loop': 0.5, 'server.fetch': 0.3, 'server.commit': 0.5 },
};

interface Made {
  at: Partial<RunInterval>;
  parts?: Record<string, number>;
  before?: Partial<RunInterval>;
  after?: Partial<RunInterval>;
  excessMs?: number;
  lost?: FailureCounts;
  isStart?: boolean;
}

function causesOf({ at, parts = {}, before, after, excessMs = 100, lost = {}, isStart = false }: Made): MomentCause[] {
  const beside = (samples: Partial<RunInterval> | undefined) => samples && runInterval({ ...calm, ...samples });
  const second = runInterval({ ...calm, p99: 2 + excessMs, slowestParts: { ...calm.slowestParts, ...parts }, ...at });
  return explain({
    excessMs,
    at: worstIn([second], { before: beside(before), after: beside(after) }),
    usual: usualIn([1, 2, 3].map(() => runInterval(calm))),
    lost,
    isStart,
  });
}

/** For each kind, its samples and its sentence. */
const cases: Readonly<Record<MomentCauseKind, Made & { says: string }>> = {
  'service-gc': {
    at: { targetGcMs: 124, targetGcMaxMs: 120, targetLoopDelayMs: 119 },
    parts: { 'server.loop': 100 },
    says: 'garbage collection of 120 ms in the service',
  },
  fsync: {
    at: { targetLoopHeldMaxMs: { commit: 98 }, targetLoopDelayMs: 98 },
    parts: { 'server.loop': 90 },
    says: 'commit (fsync) of 98.0 ms',
  },
  checkpoint: {
    at: { targetLoopHeldMaxMs: { commit: 98 }, targetWrittenMb: 14, targetLoopDelayMs: 98 },
    parts: { 'server.loop': 90 },
    says: 'checkpoint with a commit (fsync) of 98.0 ms, 14.0 MB written',
  },
  'cache-misses': {
    at: { cacheHitRate: 0.2 },
    parts: { 'server.fetch': 60, 'server.decode': 40 },
    says: 'the cache was cold, with 20 % hits where 95 % are usual',
  },
  'service-held': {
    at: { targetLoopHeldMaxMs: { commit: 1, serialise: 95 }, targetLoopDelayMs: 96 },
    parts: { 'server.loop': 90 },
    says: "serialising the response blocked the service's event loop for 95.0 ms",
  },
  'service-paused': {
    at: { targetLoopDelayMs: 102 },
    parts: { 'server.loop': 95 },
    says: "the service's event loop stood still for 102 ms",
  },
  'generator-gc': {
    at: { generatorGcMaxMs: 101, generatorLoopDelayMs: 101 },
    parts: { send_wait: 100 },
    says: 'garbage collection of 101 ms in the generator',
  },
  'generator-throttled': {
    at: { generatorThrottledMs: 90, generatorLoopDelayMs: 95 },
    parts: { send_wait: 95 },
    says: 'the processor limit of its group kept the generator from running for 90.0 ms',
  },
  'generator-paused': {
    at: { generatorLoopDelayMs: 104 },
    parts: { send_wait: 100, network: 30 },
    says: 'the generator paused for 104 ms',
  },
  'other-program': {
    at: { otherCpuShare: 0.6, targetCpuWaitMs: 300, generatorCpuWaitMs: 200, targetLoopDelayMs: 40 },
    parts: { 'server.loop': 60, network: 30, send_wait: 20 },
    says: 'another program took 60 % of the processors',
  },
  'host-withheld': {
    at: { stolenCpuShare: 0.3, targetLoopDelayMs: 90, generatorLoopDelayMs: 90 },
    parts: { 'server.loop': 60, send_wait: 60 },
    says: 'the host of this machine withheld 30 % of the processors',
  },
  'processor-wait': {
    at: { targetCpuWaitMs: 310, generatorCpuWaitMs: 20 },
    parts: { 'server.loop': 80, 'server.fetch': 20 },
    says: 'the service waited 310 ms and the generator 20.0 ms for a processor',
  },
  connections: {
    at: { connectionsOpened: 32 },
    parts: { connect: 95 },
    says: '32 connections were opened, for which requests waited 95.0 ms',
  },
  network: { at: {}, parts: { network: 90, receive: 10 }, says: 'the network took 99.6 ms longer' },
  part: {
    at: {},
    parts: { 'server.wait': 98 },
    says: 'requests spent 98.0 ms more in queue of the engine (pool, lock, group)',
  },
  start: {
    at: { targetLoopDelayMs: 40 },
    parts: { 'server.loop': 60, 'server.handler': 40 },
    isStart: true,
    says: 'the target had just started: its code, caches and connections were cold',
  },
  refused: {
    at: {},
    lost: { 'connection-refused': 30, timeout: 2 },
    says: 'nothing listened at the target, which had ended or was restarting',
  },
  closed: { at: {}, lost: { 'connection-reset': 5, 'connection-closed': 6 }, says: 'the target closed connections' },
  'answered-error': { at: {}, lost: { 'status-503': 40, 'status-500': 2 }, says: 'the target answered with 503, 500' },
  'own-limit': {
    at: {},
    lost: { 'out-of-files': 12 },
    says: 'the machine of the generator was at a limit (out-of-files)',
  },
  'not-sent': { at: {}, lost: { dropped: 12 }, says: 'all virtual users were busy, so requests could not be sent' },
};

describe('the rules', () => {
  it.each(Object.entries(cases))('name %s by its evidence', (kind, { says, ...made }) => {
    const [first] = causesOf(made);
    expect(first).toMatchObject({ kind, sentence: says });
    expect(first?.explainedMs).toBeGreaterThan(30);
    expect(first?.explainedMs).toBeLessThanOrEqual(100);
  });

  it('are each tried by a case', () => {
    const kinds = [...causeRules, startRule, ...restRules].map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(Object.keys(cases)));
  });

  it('name nothing where nothing was sampled that explains a third of it', () => {
    expect(causesOf({ at: {} })).toEqual([]);
    expect(causesOf({ at: { targetGcMaxMs: 12 }, parts: { 'server.loop': 12, unattributed: 90 } })).toEqual([]);
    expect(causesOf({ at: {}, parts: { network_and_waiting: 99 } })).toEqual([]);
  });
});

describe('a wait for a processor', () => {
  it.each([
    [{ targetCpuWaitMs: 310 }, 'server.loop', 'the service waited 310 ms for a processor'],
    // Of a service that is not ours no wait is known.
    [{ targetCpuWaitMs: 0, generatorCpuWaitMs: 310 }, 'send_wait', 'the generator waited 310 ms for a processor'],
  ])('names only those that waited: %j', (at, part, says) => {
    expect(causesOf({ at, parts: { [part]: 100 } }).map(({ sentence }) => sentence)).toContain(says);
  });
});

describe('several pieces of evidence', () => {
  const both = { targetGcMs: 80, targetGcMaxMs: 80, targetLoopHeldMaxMs: { commit: 45 }, targetLoopDelayMs: 120 };

  it('are ranked by how much of the excess each explains, whatever its kind', () => {
    const gcFirst = causesOf({ at: both, parts: { 'server.loop': 100 } });
    expect(gcFirst.slice(0, 2).map(({ kind }) => kind)).toEqual(['service-gc', 'fsync']);
    const fsyncFirst = causesOf({
      at: { ...both, targetGcMs: 40, targetGcMaxMs: 40, targetLoopHeldMaxMs: { commit: 91 } },
      parts: { 'server.loop': 100 },
    });
    expect(fsyncFirst.slice(0, 2).map(({ kind }) => kind)).toEqual(['fsync', 'service-gc']);
  });

  it('count for at most what requests spent where they act: a collection that held nobody up is no cause', () => {
    const [first, ...others] = causesOf({ at: { targetGcMs: 60, targetGcMaxMs: 60 }, parts: { network: 100 } });
    expect(first?.kind).toBe('network');
    expect(others).toEqual([]);
  });

  it('that a pause is known explains why something stood still, which is then not named beside it', () => {
    const kinds = (made: Made) => causesOf(made).map(({ kind }) => kind);
    const pausedGenerator = { send_wait: 100, network: 60, connect: 40 };
    expect(kinds({ at: { generatorLoopDelayMs: 104 }, parts: pausedGenerator })).toEqual(['generator-paused']);
    expect(kinds({ at: { generatorGcMaxMs: 99, generatorLoopDelayMs: 104 }, parts: pausedGenerator })).toEqual([
      'generator-gc',
    ]);
    expect(
      kinds({ at: { targetLoopHeldMaxMs: { fetch: 97 }, targetLoopDelayMs: 101 }, parts: { 'server.loop': 98 } }),
    ).toEqual(['service-held']);
  });

  it('count waits for a processor by their share of the time: many of them do not hold up one request', () => {
    const paused = { at: { generatorLoopDelayMs: 120, generatorCpuWaitMs: 90 }, parts: { send_wait: 110 } };
    expect(causesOf(paused)[0]?.kind).toBe('generator-paused');
    const collected = {
      targetGcMs: 95,
      targetGcMaxMs: 95,
      targetLoopDelayMs: 95,
      targetCpuWaitMs: 110,
      targetCpu: 0.2,
    };
    expect(causesOf({ at: collected, parts: { 'server.loop': 99 } })[0]?.kind).toBe('service-gc');
  });

  it('take no wait for a processor for longer than it was: a stopped service has hardly any time to wait in', () => {
    const at = { targetLoopDelayMs: 3_000, targetCpuWaitMs: 40, targetCpu: 0 };
    const [first, ...others] = causesOf({ at, parts: { 'server.loop': 2_900 }, excessMs: 2_900 });
    expect(first?.kind).toBe('service-paused');
    expect(others).toEqual([]);
  });

  it('know a service that was stopped as a whole: it cannot tell how long what came meanwhile has waited', () => {
    const causes = causesOf({ at: { targetLoopDelayMs: 120 }, parts: { network: 113 } });
    expect(causes.map(({ kind }) => kind)).toEqual(['service-paused']);
  });

  it('are found in the second after, where pauses are told of late', () => {
    const causes = causesOf({
      at: {},
      after: { targetGcMs: 104, targetGcMaxMs: 104, otherCpuShare: 0.9, targetCpuWaitMs: 400 },
      parts: { 'server.loop': 99 },
    });
    expect(causes[0]?.kind).toBe('service-gc');
  });

  it('are other programs of the second before as well, in which late requests began to wait', () => {
    const parts = { 'server.loop': 380 };
    const before = { otherCpuShare: 0.5, targetCpuWaitMs: 380, generatorCpuWaitMs: 600 };
    expect(causesOf({ at: {}, parts, before, excessMs: 468 })[0]?.sentence).toBe(
      'another program took 50 % of the processors',
    );
    const paused = { at: { generatorLoopDelayMs: 186 }, parts: { send_wait: 190 }, excessMs: 598 };
    expect(causesOf({ ...paused, before })[0]?.kind).toBe('other-program');
    expect(causesOf(paused)[0]?.kind).toBe('generator-paused');
  });

  it('are no pauses of the second before', () => {
    const causes = causesOf({ at: {}, parts: { 'server.loop': 99 }, before: { targetGcMs: 99, targetGcMaxMs: 99 } });
    expect(causes[0]?.kind).toBe('service-paused');
  });

  it('are taken by their amount alone where the run has no parts', () => {
    const slowestParts = {};
    const usual = usualIn([runInterval({ ...calm, slowestParts })]);
    const at = worstIn([runInterval({ ...calm, slowestParts, targetGcMaxMs: 90 })], {});
    const [first] = explain({ excessMs: 100, at, usual, lost: {}, isStart: false });
    expect(first).toMatchObject({ kind: 'service-gc', explainedMs: 89 });
  });
});
