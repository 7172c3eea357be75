import { describe, expect, it } from 'vitest';
import { fixedParts, knownParts, longestInner } from '../../../shared/attribution/parts';
import {
  type ColorVision,
  colorDistance,
  colorIn,
  contrastOf,
  type Theme,
  themes,
} from '../../../tests/support/styles';
import { partColors } from './partColor';

/** The number of parts that a profile distinguishes (partProfile.ts), without those that have their own colour. */
const foreign = Array.from({ length: 32 - fixedParts.length }, (_, index) => `server.step-${index}`);
const together = [...knownParts, ...foreign];

const colorOf = partColors(together);

function expectApart(theme: Theme, parts: readonly string[], vision: ColorVision, least: number): void {
  for (const [index, part] of parts.entries()) {
    for (const other of parts.slice(index + 1)) {
      const distance = colorDistance(colorIn(theme, colorOf(part)), colorIn(theme, colorOf(other)), vision);
      expect(distance, `${part} and ${other}`).toBeGreaterThan(least);
    }
  }
}

describe.each(themes)('the colours of parts in the %s theme', (theme) => {
  it('can be told apart, all that can stand in one chart', () => {
    expectApart(theme, together, 'usual', 0.06);
  });

  it.each(['protanopia', 'deuteranopia', 'tritanopia'] as const)('can be told apart with %s', (vision) => {
    // The parts of the document service and the client are in most charts. Of forty colours in two dimensions, none can
    // be far from the others.
    expectApart(theme, knownParts, vision, 0.05);
    expectApart(theme, together, vision, 0.02);
  });

  it('stand out from what they are drawn on (WCAG 1.4.11: 3)', () => {
    for (const part of together) {
      const contrast = contrastOf(colorIn(theme, colorOf(part)), colorIn(theme, 'var(--surface-raised)'));
      expect(contrast, part).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the colour of a part', () => {
  it('is of a token for every part that the client works out or the document service names', () => {
    const colorOf = partColors([]);
    for (const part of [...knownParts, ...fixedParts.filter((fixed) => fixed !== longestInner)])
      expect(colorOf(part)).toMatch(/^var\(--part-(?!other)/);
  });

  it('is the same whatever the order in which the parts of a foreign service come', () => {
    const [forwards, backwards] = [partColors(foreign), partColors([...foreign].reverse())];
    for (const part of foreign) expect(forwards(part)).toBe(backwards(part));
  });
});
