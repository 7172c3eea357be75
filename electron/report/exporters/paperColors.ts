import type { Tone } from '../../../shared/report/charts/runCharts';

/** The colours of the window's light theme (renderer/app/tokens.css); a test compares them. */
const tones: Readonly<Record<string, string>> = {
  throughput: '#2279ff',
  reference: '#566173',
  'percentile-50': '#ab8e00',
  'percentile-95': '#c2124b',
  'percentile-99': '#7e0350',
  cache: '#2f674b',
  processor: '#2e44e4',
  'event-loop': '#b2600f',
  garbage: '#7a66c7',
  heap: '#e40486',
};

/** Colours for errors and parts of requests, by the place of the line. They can be told apart on paper. */
const byPlace = ['#971e7e', '#cc766d', '#7b41ae', '#1a8192', '#7a4f05'] as const;

/** Returns the colour on paper of the line at `place` of a chart. */
export function paperColor(tone: Tone, place: number): string {
  return tones[tone] ?? byPlace[place % byPlace.length] ?? byPlace[0];
}

/** Returns the colour on paper of a compared run, by its place. The baseline has the colour of text. */
export function paperColorOfRun(place: number): string {
  return place === 0 ? '#161b22' : (byPlace[(place - 1) % byPlace.length] ?? byPlace[0]);
}
