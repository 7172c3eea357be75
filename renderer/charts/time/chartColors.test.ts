import { describe, expect, it } from 'vitest';
import { mostCharted } from '../../../shared/report/charts/operationCharts';
import type { RunChart, Tone } from '../../../shared/report/charts/runCharts';
import { colorDistance, colorIn, colorVisions, contrastOf, themes } from '../../../tests/support/styles';
import { inColor } from './chartColors';

const tones: readonly Tone[] = [
  'throughput',
  'percentile-50',
  'percentile-95',
  'percentile-99',
  'cache',
  'processor',
  'event-loop',
  'garbage',
  'heap',
  'error-0',
  'error-1',
  'error-2',
  'error-3',
  'error-4',
];

/** These have separate charts. */
const operationTones = Array.from({ length: mostCharted }, (_, place): Tone => `operation-${place}`);

function linesOf(ofTones: readonly Tone[]) {
  const chart: RunChart = {
    title: 'All of them',
    series: ofTones.map((tone) => ({ key: tone, name: tone, fold: 'mean', tone, value: () => null })),
    format: String,
    formatAxis: String,
  };
  return inColor(chart).series;
}

const cases = themes.flatMap((theme) => [
  ['series', theme, linesOf(tones)] as const,
  ['operations', theme, linesOf(operationTones)] as const,
]);

describe.each(cases)('the colours of %s in the %s theme', (_of, theme, lines) => {
  it.each(colorVisions)('can be told apart, each from every other: vision %s', (vision) => {
    for (const [index, line] of lines.entries()) {
      for (const other of lines.slice(index + 1)) {
        const distance = colorDistance(colorIn(theme, line.color), colorIn(theme, other.color), vision);
        expect(distance, `${line.key} and ${other.key}`).toBeGreaterThan(0.05);
      }
    }
  });

  it('stand out from what they are drawn on (WCAG 1.4.11: 3)', () => {
    for (const { key, color } of lines)
      expect(contrastOf(colorIn(theme, color), colorIn(theme, 'var(--surface-raised)')), key).toBeGreaterThanOrEqual(3);
  });
});
