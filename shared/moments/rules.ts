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

/** A cause that a moment can have. */
export interface CauseRule {
  kind: MomentCauseKind;
  scope: Scope;
  /** How many ms of the excess the evidence explains; 0 without evidence. What is beyond its scope is cut off. */
  amountMs(evidence: Evidence): number;
  sentence(evidence: Evidence, amountMs: number): string;
}

/** What is left in a scope when its causes are known: that something stood still, and not why. */
export interface RestRule extends CauseRule {
  /** Scopes whose causes explain what this one shows. */
  explainedBy: readonly Scope[];
}

/** Other programs that use less than this share of the processors more than usual are in nobody's way. */
const leastOtherShare = 0.15;
const leastStolenShare = 0.05;
/** A commit that writes so much more than usual has brought the log into the database. */
const checkpointMb = 2;
const checkpointRatio = 3;
/** By how much less often the cache must have been hit. */
const leastMissedShare = 0.1;

/** The longest time for which a part other than the commit held the event loop beyond what is usual. */
function longestHeld(evidence: Evidence): [part: string, ms: number] {
  const held = Object.keys(evidence.at.heldMaxMs)
    .filter((part) => part !== 'commit')
    .map((part): [string, number] => [part, heldLonger(evidence, part)]);
  return held.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0]);
}

/** Parts of the service that are work of its own, the one that took the most time beyond what is usual. */
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

/** How long service and generator waited for a processor, each no longer than requests were held up there. */
function processorWaitMs(evidence: Evidence): number {
  const service = Math.min(above(evidence, 'targetCpuWaitMs'), roomMs(evidence, 'service'));
  const generator = Math.min(above(evidence, 'generatorCpuWaitMs'), roomMs(evidence, 'generator'));
  return service + generator;
}

/** The share of the time in which a process could run that it waited for a processor for, beyond what is usual. */
function waitedShare(waitMs: number, aboveMs: number, cores: number): number {
  return aboveMs > 0 ? aboveMs / (waitMs + cores * 1_000) : 0;
}

/**
 * How much of the delay in service and generator their waits for a processor explain, in ms: as much of it as they
 * waited of the time in which they could run. All their waits of a second did not hold up one request.
 */
function competitionMs(evidence: Evidence): number {
  const { amounts } = evidence.at;
  const service = waitedShare(amounts.targetCpuWaitMs, above(evidence, 'targetCpuWaitMs'), amounts.targetCpu);
  const generator = waitedShare(
    amounts.generatorCpuWaitMs,
    above(evidence, 'generatorCpuWaitMs'),
    amounts.generatorUtilisation,
  );
  return service * roomMs(evidence, 'service') + generator * roomMs(evidence, 'generator');
}

function isOthersDoing(evidence: Evidence): boolean {
  return above(evidence, 'otherCpuShare') >= leastOtherShare;
}

function missedShare({ at, usual }: Evidence): number {
  return at.cacheHitRate === null || usual.cacheHitRate === null ? 0 : usual.cacheHitRate - at.cacheHitRate;
}

const engineParts = ['wait', 'prepare', 'fetch', 'decode', 'serialise'].map((part) => serverPrefix + part);

/** Whether kinds of failures make up half of what was lost, and so are what happened. */
function isMostly({ lost }: Evidence, isKind: (kind: string) => boolean): boolean {
  const counts = Object.entries(lost);
  const of = (kinds: readonly [string, number][]): number => kinds.reduce((sum, [, count]) => sum + count, 0);
  return of(counts) > 0 && of(counts.filter(([kind]) => isKind(kind))) >= of(counts) / 2;
}

/** A failure that says by its kind what happened explains all of the moment. */
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

/** Causes with evidence of their own. Of two that explain as much the first is named first. */
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
    // Many short pauses in a row hold requests up as long as the event loop was late.
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
      return `${partLabel(serverPrefix + part)} held the service's event loop for ${formatLatency(evidence.at.heldMaxMs[part])}`;
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
    sentence: ({ at: { amounts } }) =>
      `the service waited ${formatLatency(amounts.targetCpuWaitMs)} and the generator ${formatLatency(amounts.generatorCpuWaitMs)} for a processor`,
  },
];

/** What is left when the causes above are taken away. */
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

/** A target that has just started is slow at first, whatever shows it: the last of all causes. */
export const startRule: CauseRule = {
  kind: 'start',
  scope: 'machine',
  amountMs: ({ isStart, excessMs }) => (isStart ? excessMs : 0),
  sentence: () => 'the target had just started: its code, caches and connections were cold',
};
