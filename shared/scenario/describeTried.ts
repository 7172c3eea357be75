import { formatLatency, formatNumber } from '../units/format';
import type { TriedBody, TriedJourney, TriedStep, TriedTiming } from './triedJourney';

/** Returns the phases of a request, which add up to its time. Opening a connection is part of the first. */
function phasesOf({ blockedMs, waitingMs, receivingMs }: TriedTiming): { name: string; durationMs: number }[] {
  const phases = { Send: blockedMs, 'Waiting (TTFB)': waitingMs, Receiving: receivingMs };
  return Object.entries(phases).flatMap(([name, durationMs]) => (durationMs === null ? [] : [{ name, durationMs }]));
}

/** Describes how long a request took, by phase: `3.20 ms (Send 0.60 ms, of which connecting 0.40 ms, ...)`. */
export function describeTiming(timing: TriedTiming): string {
  const opening = [
    ...(timing.connectMs === null ? [] : [`of which connecting ${formatLatency(timing.connectMs)}`]),
    ...(timing.tlsMs === null ? [] : [`TLS ${formatLatency(timing.tlsMs)}`]),
  ];
  const phases = phasesOf(timing).flatMap(({ name, durationMs }, place) => [
    `${name} ${formatLatency(durationMs)}`,
    ...(place === 0 ? opening : []),
  ]);
  const total = formatLatency(timing.totalMs);
  return phases.length === 0 ? total : `${total} (${phases.join(', ')})`;
}

/** Describes the result of a journey in a sentence. */
export function describeTried({ journey, outcome, steps, planned }: TriedJourney): string {
  const failed = steps.find(({ failure }) => failure !== null);
  const passed = steps.filter(({ failure }) => failure === null).length;
  const of = `${formatNumber(passed)} of ${formatNumber(planned)} steps passed`;
  if (outcome === 'passed' || !failed) return `${journey}: ${of}.`;
  return `${journey}: ${of}. ${failed.step} failed with ${failed.failure}.`;
}

/** Describes the response in a line: `200, 1,204 bytes`. */
export function describeResponse({ response, failure }: Pick<TriedStep, 'response' | 'failure'>): string {
  if (!response) return `no response: ${failure ?? 'not finished'}`;
  return `${response.status}, ${formatNumber(response.body.bytes)} bytes`;
}

/** Returns a body for display: JSON is indented, anything else is unchanged. */
export function prettyBody({ text, isCut }: Pick<TriedBody, 'text' | 'isCut'>): string {
  if (isCut) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : text;
  } catch {
    return text;
  }
}
