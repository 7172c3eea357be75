import { formatLatency, formatShare } from '../../../shared/units/format';
import { type Check, shareOf } from './facts';

const otherLoadLimit = 0.1;
const clockStepLimitMs = 100;

/** Whether programs used the machine that are neither ours nor the target. */
export const otherLoad: Check = ({ machine }) => {
  if (!machine) return undefined;
  const value = machine.otherShare;
  const ok = value <= otherLoadLimit;
  const used = `Other programs used ${formatShare(value)} of this machine's processors`;
  return {
    check: 'other-load',
    value,
    limit: otherLoadLimit,
    unit: 'share',
    ok,
    message: ok ? `${used}.` : `${used}: target and generator had to share with them. Close them and run it again.`,
  };
};

/** Whether the clock was set or the machine slept: then a part of the run is missing or was never lived through. */
export const clockStep: Check = ({ clockStepMs }) => {
  if (clockStepMs === undefined) return undefined;
  const value = Math.abs(clockStepMs);
  const ok = value <= clockStepLimitMs;
  return {
    check: 'clock-step',
    value,
    limit: clockStepLimitMs,
    unit: 'ms',
    ok,
    message: ok
      ? 'The clock was not set and the machine did not sleep.'
      : `The clock jumped by ${formatLatency(value)} during the run: it was set, or the machine slept. Run it again.`,
  };
};

/** Whether what was measured is what it is called. */
export const realBackend: Check = ({ backend }) => {
  if (!backend) return undefined;
  const ok = !backend.isTestDouble;
  return {
    check: 'real-backend',
    value: ok ? 0 : 1,
    limit: 0,
    unit: 'stand-ins',
    ok,
    message: ok
      ? `The engine runs on ${backend.name}.`
      : `Behind the engine is a ${backend.name}: its figures say nothing about the real server.`,
  };
};

/** A target that refuses in more than this share of the seconds is not one that was restarted. */
const rareShare = 0.1;
const alwaysRareSeconds = 3;

/**
 * Whether the target went away and came back: then two lives of it are mixed in one result. A second counts in which
 * connections were refused, or at least half of those in use broke, with answers before and after.
 */
export const targetRestarted: Check = ({ intervals }) => {
  const answered = (interval: { count: number; failed: number }): boolean => interval.count > interval.failed;
  const first = intervals.findIndex(answered);
  const last = intervals.findLastIndex(answered);
  if (first < 0) return undefined;
  const broken = intervals.filter(({ errors, connectionsLost: lost, inFlight }, index) => {
    const refused = (errors['connection-refused'] ?? 0) > 0;
    return index > first && index < last && (refused || lost >= Math.max(2, (inFlight + lost) / 2));
  });
  const value = broken.length;
  const rare = value <= alwaysRareSeconds || shareOf(value, intervals.length) <= rareShare;
  const ok = value === 0 || !rare;
  return {
    check: 'target-restarted',
    value,
    limit: 0,
    unit: 'seconds',
    ok,
    message: ok
      ? 'The target was not restarted.'
      : `The target went away after ${broken[0]?.t ?? 0} s and came back: the result mixes two of its lives. Find out why, and run it again.`,
  };
};
