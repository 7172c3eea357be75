import { describe, expect, it } from 'vitest';
import { fixedParts, knownParts, longestInner } from '../../../shared/attribution/parts';
import { colorDistance, colorIn, contrastOf, themes } from '../../../tests/support/styles';
import { partColors } from './partColor';

/** As many parts as a profile tells apart (partProfile.ts), beside those that have a name of their own. */
const foreign = Array.from({ length: 32 - fixedParts.length }, (_, index) => `server.step-${index}`);
const together = [...knownParts, ...foreign];

describe.each(themes)('the colours of parts in the %s theme', (theme) => {
  const colorOf = partColors(together);

  it('can be told apart, all that can stand in one chart', () => {
    for (const [index, part] of together.entries()) {
      for (const other of together.slice(index + 1)) {
        const distance = colorDistance(colorIn(theme, colorOf(part)), colorIn(theme, colorOf(other)));
        expect(distance, `${part} and ${other}`).toBeGreaterThan(0.06);
      }
    }
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
