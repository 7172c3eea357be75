import type { Moment } from '../../moments/moments';
import { sumOfCounts } from '../../run/failureCounts';
import { formatClock, formatLatency, formatNumber } from '../../units/format';

/** Formats the time of a moment: `1:38`, or `1:38 for 4 s`. */
export function momentTime({ t, durationS }: Pick<Moment, 't' | 'durationS'>): string {
  const at = formatClock(t * 1_000);
  return durationS === 1 ? at : `${at} for ${durationS} s`;
}

function requests(count: number): string {
  return `${formatNumber(count)} ${count === 1 ? 'request' : 'requests'}`;
}

const unknownCause = 'no cause was sampled';

function causeText({ causes, kind }: Moment): string {
  const [first, second] = causes;
  if (!first) return unknownCause;
  return second && kind !== 'level' ? `${first.sentence}, and ${second.sentence}` : first.sentence;
}

function effects({ kind, p99Ms, slowed, lost, durationS }: Moment): string[] {
  const failed = sumOfCounts(lost);
  return [
    ...(p99Ms === null ? [] : [`${requests(slowed)} waited, P99 ${formatLatency(p99Ms)}`]),
    ...(failed === 0 ? [] : [`${requests(failed)} failed (${Object.keys(lost).join(', ')})`]),
    ...(kind === 'gap' && p99Ms === null ? [`no response for ${durationS} s`] : []),
  ];
}

/**
 * Describes what happened in a moment and its effect, in one sentence without a full stop: `garbage collection of 120
 * ms in the service: 24 requests waited, P99 179 ms`.
 */
export function describeMoment(moment: Moment): string {
  if (moment.kind !== 'level') return `${causeText(moment)}: ${effects(moment).join(', ')}`;
  const { p99Ms, usualMs } = moment;
  const verb = (p99Ms ?? 0) > (usualMs ?? 0) ? 'rose' : 'fell';
  return `P99 ${verb} from ${formatLatency(usualMs)} to ${formatLatency(p99Ms)}: ${causeText(moment)}`;
}
