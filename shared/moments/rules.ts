import { partLabel, serverPrefix } from '../attribution/parts';
import { isOwnLimit } from '../run/failureKinds';
import { formatLatency, formatNumber, formatPercent } from '../units/format';
import { above, type Evidence, heldLonger, longerIn, networkMs, roomMs, type Scope, serverPartsOf } from './evidence';

export type MomentCauseKind =
  | 'service-gc'
  | 'checkpoint'
  | 'fsync'
  | 'service-held'
  | 'service-paused'
  | 'cache-misses'
  | 'generator-gc'
  | 'generator-throttled'
  | 'generator-paused'
  | 'other-program'
  | 'host-withheld'
  | 'processor-wait'
  | 'connections'
  | 'network'
  | 'part'
  | 'start'
  | 'refused'
  | 'closed'
  | 'answered-error'
  | 'own-limit'
  | 'not-sent';

/** A possible cause of a moment. */
export interface CauseRule {
  kind: MomentCauseKind;
  scope: Scope;
  /**
   * Returns how many ms of the excess the evidence explains; 0 without evidence. The amount is limited to its scope.
   */
  amountMs(evidence: Evidence): number;
  sentence(evidence: Evidence, amountMs: number): string;
}

/** Detects that something in a scope paused, without knowing why. It counts what known causes leave. */
export interface RestRule extends CauseRule {
  /** Scopes whose causes explain what this one shows. */
  explainedBy: readonly Scope[];
}

/** Other programs disturb nothing when their excess share of the processors is smaller. */
const leastOtherShare = 0.15;
const leastStolenShare = 0.05;
/** A commit that writes this much more than usual has moved the log into the database. */
const checkpointMb = 2;
const checkpointRatio = 3;
/** The minimum drop of the cache hit rate. */
const leastMissedShare = 0.1;

/** Returns the part, other than the commit, that blocked the event loop longest beyond the usual, with its time. */
function longestHeld(evidence: Evidence): [part: string, ms: number] {
  const held = Object.keys(evidence.at.heldMaxMs)
    .filter((part) => part !== 'commit')
    .map((part): [string, number] => [part, heldLonger(evidence, part)]);
  return held.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
}

/** Returns the part of the service's own work that took the most time beyond the usual. */
function longestPart(evidence: Evidence): [part: string, ms: number] {
  const own = serverPartsOf(evidence).filter((part) => part !== 'server.loop' && part !== 'server.commit');
  const spent = own.map((part): [string, number] => [part, longerIn(evidence, [part])]);
  return spent.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
}

function commitMs(evidence: Evidence): number {
  return Math.max(heldLonger(evidence, 'commit'), longerIn(evidence, ['server.commit']));
}

function isCheckpoint({ at, usual }: Evidence): boolean {
  const { targetWrittenMb } = at.amounts;
  const { targetWrittenMb: usualMb } = usual.amounts;
  return targetWrittenMb - usualMb >= checkpointMb && targetWrittenMb >= checkpointRatio * usualMb;
}

function longestCommitMs({ at }: Evidence): number {
  return Math.max(at.heldMaxMs.commit ?? 0, at.partsMs['server.commit'] ?? 0);
}

/**
 * Returns how long service and generator waited for a processor, each at most as long as requests were delayed there.
 */
function processorWaitMs(evidence: Evidence): number {
  const service = Math.min(above(evidence, 'targetCpuWaitMs'), roomMs(evidence, 'service'));
  const generator = Math.min(above(evidence, 'generatorCpuWaitMs'), roomMs(evidence, 'generator'));
  return service + generator;
}

const processorWaiters = [
  ['the service', 'targetCpuWaitMs'],
  ['the generator', 'generatorCpuWaitMs'],
] as const;

/** Says who waited for a processor, and how long. The wait of a service that is not ours is unknown. */
function processorWaits(evidence: Evidence): string {
  const [first, ...others] = processorWaiters
    .filter(([, amount]) => above(evidence, amount) > 0)
    .map(([name, amount]) => [name, formatLatency(evidence.at.amounts[amount])] as const);
  if (!first) return 'service and generator waited for a processor';
  const more = others.map(([name, waited]) => ` and ${name} ${waited}`).join('');
  return `${first[0]} waited ${first[1]}${more} for a processor`;
}

/** Returns the share of a process's runnable time that it waited for a processor, beyond the usual. */
function waitedShare(waitMs: number, aboveMs: number, cores: number): number {
  return aboveMs > 0 ? aboveMs / (waitMs + cores * 1_000) : 0;
}

/**
 * Returns how much of the delay in service and generator their waits for a processor explain, in ms. It is in
 * proportion to the share of the runnable time that they waited, because the waits of a whole second did not all delay
 * one request; and at most what they waited, because a process that was stopped has hardly any runnable time.
 */
function competitionMs(evidence: Evidence): number {
  const { amounts } = evidence.at;
  const of = (
    waits: 'targetCpuWaitMs' | 'generatorCpuWaitMs',
    cores: number,
    scope: 'service' | 'generator',
  ): number => {
    const aboveMs = above(evidence, waits);
    return Math.min(aboveMs, waitedShare(amounts[waits], aboveMs, cores) * roomMs(evidence, scope));
  };
  return (
    of('targetCpuWaitMs', amounts.targetCpu, 'service') +
    of('generatorCpuWaitMs', amounts.generatorUtilisation, 'generator')
  );
}

function isOthersDoing(evidence: Evidence): boolean {
  return above(evidence, 'otherCpuShare') >= leastOtherShare;
}

function missedShare({ at, usual }: Evidence): number {
  return at.cacheHitRate === null || usual.cacheHitRate === null ? 0 : usual.cacheHitRate - at.cacheHitRate;
}

const engineParts = ['wait', 'prepare', 'fetch', 'decode', 'serialise'].map((part) => serverPrefix + part);

/** Whether some kinds make up at least half of all failures, so that they are what happened. */
function isMostly({ lost }: Evidence, isKind: (kind: string) => boolean): boolean {
  const counts = Object.entries(lost);
  const of = (kinds: readonly [string, number][]): number => kinds.reduce((sum, [, count]) => sum + count, 0);
  return of(counts) > 0 && of(counts.filter(([kind]) => isKind(kind))) >= of(counts) / 2;
}

/** Returns a rule for failures whose kind tells what happened. It explains the whole moment. */
function failureRule(
  kind: MomentCauseKind,
  isKind: (kind: string) => boolean,
  sentence: (kinds: string) => string,
): CauseRule {
  return {
    kind,
    scope: 'machine',
    amountMs: (evidence) => (isMostly(evidence, isKind) ? evidence.excessMs : 0),
    sentence: ({ lost }) => sentence(Object.keys(lost).filter(isKind).join(', ')),
  };
}

const statusKind = /^status-(\d+)$/;

/** Causes with their own evidence. Of two that explain the same amount, the first is named first. */
export const causeRules: readonly CauseRule[] = [
  failureRule(
    'refused',
    (kind) => kind === 'connection-refused',
    () => 'nothing listened at the target, which had ended or was restarting',
  ),
  failureRule('own-limit', isOwnLimit, (kinds) => `the machine of the generator was at a limit (${kinds})`),
  failureRule(
    'closed',
    (kind) => ['connection-reset', 'connection-closed', 'stale-connection', 'incomplete-response'].includes(kind),
    () => 'the target closed connections',
  ),
  failureRule(
    'answered-error',
    (kind) => statusKind.test(kind),
    (kinds) => `the target answered with ${kinds.replaceAll('status-', '')}`,
  ),
  failureRule(
    'not-sent',
    (kind) => kind === 'dropped',
    () => 'all virtual users were busy, so requests could not be sent',
  ),
  {
    kind: 'other-program',
    scope: 'machine',
    amountMs: (evidence) => (isOthersDoing(evidence) ? processorWaitMs(evidence) : 0),
    sentence: ({ at }) => `another program took ${formatPercent(at.amounts.otherCpuShare)} of the processors`,
  },
  {
    kind: 'host-withheld',
    scope: 'machine',
    amountMs: (evidence) => {
      const share = above(evidence, 'stolenCpuShare');
      return share >= leastStolenShare ? share * 1_000 : 0;
    },
    sentence: ({ at }) =>
      `the host of this machine withheld ${formatPercent(at.amounts.stolenCpuShare)} of the processors`,
  },
  {
    kind: 'service-gc',
    scope: 'service',
    // Many short pauses in a row delay requests as long as the event loop was late.
    amountMs: (evidence) =>
      Math.max(
        above(evidence, 'targetGcMaxMs'),
        Math.min(above(evidence, 'targetGcMs'), above(evidence, 'targetLoopDelayMs')),
      ),
    sentence: ({ at }) => `garbage collection of ${formatLatency(at.amounts.targetGcMaxMs)} in the service`,
  },
  {
    kind: 'checkpoint',
    scope: 'service',
    amountMs: (evidence) => (isCheckpoint(evidence) ? commitMs(evidence) : 0),
    sentence: (evidence) =>
      `checkpoint with a commit (fsync) of ${formatLatency(longestCommitMs(evidence))}, ${formatNumber(evidence.at.amounts.targetWrittenMb, 1)} MB written`,
  },
  {
    kind: 'fsync',
    scope: 'service',
    amountMs: (evidence) => (isCheckpoint(evidence) ? 0 : commitMs(evidence)),
    sentence: (evidence) => `commit (fsync) of ${formatLatency(longestCommitMs(evidence))}`,
  },
  {
    kind: 'cache-misses',
    scope: 'service',
    amountMs: (evidence) => (missedShare(evidence) >= leastMissedShare ? longerIn(evidence, engineParts) : 0),
    sentence: ({ at, usual }) =>
      `the cache was cold, with ${formatPercent(at.cacheHitRate ?? 0)} hits where ${formatPercent(usual.cacheHitRate ?? 0)} are usual`,
  },
  {
    kind: 'service-held',
    scope: 'service',
    amountMs: (evidence) => longestHeld(evidence)[1],
    sentence: (evidence) => {
      const [part] = longestHeld(evidence);
      return `${partLabel(serverPrefix + part)} blocked the service's event loop for ${formatLatency(evidence.at.heldMaxMs[part])}`;
    },
  },
  {
    kind: 'generator-gc',
    scope: 'generator',
    amountMs: (evidence) => above(evidence, 'generatorGcMaxMs'),
    sentence: ({ at }) => `garbage collection of ${formatLatency(at.amounts.generatorGcMaxMs)} in the generator`,
  },
  {
    kind: 'generator-throttled',
    scope: 'generator',
    amountMs: (evidence) => above(evidence, 'generatorThrottledMs'),
    sentence: ({ at }) =>
      `the processor limit of its group kept the generator from running for ${formatLatency(at.amounts.generatorThrottledMs)}`,
  },
  {
    kind: 'processor-wait',
    scope: 'machine',
    amountMs: (evidence) => (isOthersDoing(evidence) ? 0 : competitionMs(evidence)),
    sentence: processorWaits,
  },
];

/** Causes that count only what the causes above leave unexplained. */
export const restRules: readonly RestRule[] = [
  {
    kind: 'generator-paused',
    scope: 'generator',
    explainedBy: ['generator', 'machine'],
    amountMs: (evidence) => Math.max(longerIn(evidence, ['send_wait']), above(evidence, 'generatorLoopDelayMs')),
    sentence: ({ at }, amountMs) =>
      `the generator paused for ${formatLatency(Math.max(at.amounts.generatorLoopDelayMs, amountMs))}`,
  },
  {
    kind: 'service-paused',
    scope: 'service',
    explainedBy: ['service', 'machine'],
    amountMs: (evidence) => Math.max(longerIn(evidence, ['server.loop']), above(evidence, 'targetLoopDelayMs')),
    sentence: ({ at }, amountMs) =>
      `the service's event loop stood still for ${formatLatency(Math.max(at.amounts.targetLoopDelayMs, amountMs))}`,
  },
  {
    kind: 'connections',
    scope: 'connection',
    explainedBy: ['generator', 'machine'],
    amountMs: (evidence) => longerIn(evidence, ['connect']),
    sentence: ({ at }, amountMs) =>
      at.amounts.connectionsOpened > 0
        ? `${formatNumber(at.amounts.connectionsOpened)} connections were opened, for which requests waited ${formatLatency(amountMs)}`
        : `requests waited ${formatLatency(amountMs)} for a connection`,
  },
  {
    kind: 'network',
    scope: 'network',
    explainedBy: ['generator', 'machine'],
    amountMs: networkMs,
    sentence: (_evidence, amountMs) => `the network took ${formatLatency(amountMs)} longer`,
  },
  {
    kind: 'part',
    scope: 'service',
    explainedBy: ['service', 'machine'],
    amountMs: (evidence) => longestPart(evidence)[1],
    sentence: (evidence, amountMs) => {
      const [part] = longestPart(evidence);
      return `requests spent ${formatLatency(amountMs)} more in ${partLabel(part)}`;
    },
  },
];

/** A target that has just started is slow in every respect. This is the last of all causes. */
export const startRule: CauseRule = {
  kind: 'start',
  scope: 'machine',
  amountMs: ({ isStart, excessMs }) => (isStart ? excessMs : 0),
  sentence: () => 'the target had just started: its code, caches and connections were cold',
};
