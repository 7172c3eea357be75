import type { knownParts } from '../../../shared/attribution/parts';

/** The colour token of each part. */
const tokens: Readonly<Record<(typeof knownParts)[number], string>> = {
  send_wait: 'send',
  connect: 'connect',
  network: 'network',
  network_and_waiting: 'rest',
  unattributed: 'undivided',
  receive: 'receive',
  'server.loop': 'loop',
  'server.cache': 'cache',
  'server.wait': 'wait',
  'server.prepare': 'prepare',
  'server.fetch': 'fetch',
  'server.decode': 'decode',
  'server.encode': 'encode',
  'server.write': 'write',
  'server.commit': 'commit',
  'server.serialise': 'serialise',
  'server.handler': 'handler',
};

/** One colour for each part of external services, as many as a profile distinguishes. */
const foreignColors = Array.from({ length: 23 }, (_, index) => `var(--part-other-${index + 1})`);

function isKnown(part: string): part is keyof typeof tokens {
  return Object.hasOwn(tokens, part);
}

/**
 * A different CSS colour for each part of requests (shared/attribution/parts.ts) in a chart. Parts of external services
 * are numbered by name, so that charts of the same parts use the same colours.
 */
export function partColors(parts: Iterable<string>): (part: string) => string {
  const foreign = [...new Set(parts)].filter((part) => !isKnown(part)).sort();
  return (part) =>
    isKnown(part)
      ? `var(--part-${tokens[part]})`
      : (foreignColors[Math.max(0, foreign.indexOf(part)) % foreignColors.length] ?? 'var(--part-other-1)');
}
