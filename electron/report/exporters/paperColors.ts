import type { Tone } from '../../../shared/report/charts/runCharts';

const tones: Readonly<Record<string, string>> = {
  throughput: '#0b63ce',
  reference: '#566173',
  'percentile-50': '#b08900',
  'percentile-95': '#c4551a',
  'percentile-99': '#a01f5b',
  cache: '#187a4b',
  processor: '#0b63ce',
  'event-loop': '#c4551a',
  garbage: '#6f4fb0',
  heap: '#a01f5b',
};

/** For errors and parts of requests, by their place among the lines: told apart on paper. */
const byPlace = ['#c0362c', '#c4551a', '#6f4fb0', '#0b7f8f', '#8a6100'] as const;

/** The colour on paper of the line at `place` of a chart. */
export function paperColor(tone: Tone, place: number): string {
  return tones[tone] ?? byPlace[place % byPlace.length] ?? byPlace[0];
}
