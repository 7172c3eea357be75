import { expect, it } from 'vitest';
import { paperColor } from '../../electron/report/exporters/paperColors';
import { colorDistance, colorIn, colorVisions, contrastOf } from '../support/styles';

const tones = [
  'throughput',
  'percentile-50',
  'percentile-95',
  'percentile-99',
  'cache',
  'processor',
  'event-loop',
  'garbage',
  'heap',
] as const;

it('a series has the colour on paper that it has in the light theme', () => {
  for (const tone of tones) expect(paperColor(tone, 0), tone).toBe(colorIn('light', `var(--${tone})`));
});

it.each(colorVisions)('errors and parts of one chart can be told apart on paper, and read: vision %s', (vision) => {
  const colors = [0, 1, 2, 3, 4].map((place) => paperColor('part:any', place));
  for (const [index, color] of colors.entries()) {
    expect(contrastOf(color, '#ffffff')).toBeGreaterThanOrEqual(3);
    for (const other of colors.slice(index + 1))
      expect(colorDistance(color, other, vision), `${color} and ${other}`).toBeGreaterThan(0.05);
  }
});
