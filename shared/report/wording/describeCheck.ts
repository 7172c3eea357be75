import type { TrustCheck } from '../../run/trustCheck';
import { formatLatency, formatNumber, formatPercent, formatRate, formatShare } from '../../units/format';

interface Words {
  /** The name of the check in reports, beside its finding: `send lateness`. */
  name: string;
  /** The finding, as part of a sentence: `5.75 ms of send lateness`. */
  phrase: (value: number, limit: number) => string;
  /** What to do about it when it prevents a verdict. */
  remedy?: string;
}

const lessLoad = 'Use a lower rate, or close other programs.';
const fewerUsers = 'Use fewer virtual users, or more load processes on a machine with more cores.';

/** Formats a ratio above 1, or the inverse of one below: `3.2 times`. */
function times(ratio: number): string {
  return `${formatNumber(ratio >= 1 ? ratio : 1 / ratio, 1)} times`;
}

const words: Record<TrustCheck['check'], Words> = {
  'real-backend': {
    name: 'stand-in server',
    phrase: () => 'a stand-in for the real server',
    remedy: 'Run it against the real server.',
  },
  'generator-limits': {
    name: "limits of the generator's machine",
    phrase: (value) => `${formatNumber(value)} requests that failed because of limits of this machine`,
    remedy: 'Raise the limit of open files, or open fewer connections.',
  },
  unanswered: {
    name: 'unanswered requests',
    phrase: (value) => `${formatShare(value)} of requests without a successful response`,
    remedy: 'Find out why, or use a lower rate.',
  },
  'generator-unknown': {
    name: 'unknown generator',
    phrase: () => 'a generator that does not report how late it sends',
    remedy: 'Run it with the generator of Proofload, or compare the tool with itself before and after a change.',
  },
  'histogram-resolution': {
    name: 'histogram resolution',
    phrase: (value) => `response times in buckets of ${formatShare(value)}`,
    remedy: 'Run the tool on this machine, where it reports single requests.',
  },
  'send-lateness': {
    name: 'send lateness',
    phrase: (value) => `${formatLatency(value)} of send lateness`,
    remedy: lessLoad,
  },
  'achieved-rate': {
    name: 'achieved rate',
    phrase: (value) => `${formatPercent(1 - value)} of requests that were never sent`,
    remedy: lessLoad,
  },
  'dropped-iterations': {
    name: 'dropped iterations',
    phrase: (value) => `${formatShare(value)} of requests that were dropped`,
    remedy: 'Find out why, or use a lower rate.',
  },
  'calibrated-rate': {
    name: 'calibrated rate',
    phrase: (value, limit) => `a rate of ${formatRate(value)} where the machine is calibrated for ${formatRate(limit)}`,
  },
  'generator-utilisation': {
    name: 'generator utilisation',
    phrase: (value) => `a generator at ${formatPercent(value)} of its core`,
    remedy: fewerUsers,
  },
  'generator-gc': {
    name: 'garbage collection in the generator',
    phrase: (value) => `garbage collection of the generator in ${formatPercent(value)} of the time`,
  },
  'generator-cpu-wait': {
    name: 'generator waiting for a processor',
    phrase: (value) => `a generator that waited for a processor in ${formatPercent(value)} of the time`,
  },
  'generator-cpu-limit': {
    name: 'processor limit of the generator',
    phrase: (value) => `a generator limited to ${formatNumber(value, 2)} processors`,
  },
  'other-load': {
    name: 'other load',
    phrase: (value) => `${formatPercent(value)} other load on the machine`,
    remedy: 'Close other programs and run it again.',
  },
  'clock-step': {
    name: 'clock step',
    phrase: (value) => `a jump of the clock by ${formatLatency(value)}`,
    remedy: 'Run it again.',
  },
  samples: {
    name: 'random variation',
    phrase: (value) => `random variation over ${formatNumber(value)} requests`,
    remedy: 'Run it for longer.',
  },
  'steady-state': {
    name: 'steady state',
    phrase: (value) => `a first tenth that was ${times(value)} ${value >= 1 ? 'slower' : 'faster'} than the rest`,
    remedy: 'Use a longer warm-up.',
  },
  drift: {
    name: 'drift',
    phrase: (value) => `a response time that changed to ${formatNumber(value, 1)} times its first value`,
    remedy: 'Run it for longer, or find out what grows.',
  },
  'littles-law': {
    name: "Little's law",
    phrase: (value) =>
      value < 1
        ? `${formatPercent(1 - value)} of the users' time in the generator`
        : `${formatPercent(value - 1)} more waiting than there were users`,
    remedy: fewerUsers,
  },
  'target-restarted': {
    name: 'restart of the target',
    phrase: (value) => `a target that restarted during the run (away for ${formatNumber(value)} s)`,
  },
  baseline: {
    name: 'noise of the baseline',
    // Its message tells what to do, which is not always the same.
    phrase: (value) => `${value === 1 ? 'a threshold' : `${formatNumber(value)} thresholds`} within the noise`,
  },
};

function isCheck(name: string): name is TrustCheck['check'] {
  return Object.hasOwn(words, name);
}

/**
 * Returns the name of a check in reports: `send lateness` for `send-lateness`. The identifier of a check that this
 * version does not know is split into words.
 */
export function nameOfCheck(check: string): string {
  return isCheck(check) ? words[check].name : check.replaceAll(/[-_]+/g, ' ');
}

/** Describes the finding of a check as part of a sentence: `5.75 ms of send lateness`. */
export function phraseOf({ check, value, limit }: TrustCheck): string {
  return words[check].phrase(value, limit);
}

/** Returns what to do about a check that prevents a verdict; undefined when nothing is known to help. */
export function remedyOf({ check }: Pick<TrustCheck, 'check'>): string | undefined {
  return words[check].remedy;
}
