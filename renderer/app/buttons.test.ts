import { describe, expect, it } from 'vitest';
import { colorIn, contrastOf, type Styled, styleOf, themes } from '../../tests/support/styles';

const kinds = [
  ['an ordinary button', ['button']],
  ['the one big action', ['button', 'action']],
  ['a button that stops', ['button', 'stop']],
  ['the big Stop', ['button', 'action', 'stop']],
  ['a link', ['link']],
] as const;

/** The pointer over it, held down (a pressed button is under the pointer as well), reached by keyboard. */
const states = [[], [':hover'], [':hover', ':active'], [':active'], [':focus-visible']];

const cases = themes.flatMap((theme) =>
  kinds.flatMap(([name, classes]) =>
    states.map((state) => [name, state.join('') || 'at rest', theme, { classes, states: state }] as const),
  ),
);

/** What a button may stand on. */
const grounds = ['var(--surface)', 'var(--surface-raised)'];

function backgroundsOf(element: Styled): string[] {
  const background = styleOf(element, 'background');
  return background === undefined || background === 'none' ? grounds : [background];
}

describe('the words on a button', () => {
  it.each(cases)('of %s, %s, in the %s theme, can be read (WCAG AA: 4.5)', (_name, _state, theme, element) => {
    const color = colorIn(theme, styleOf(element, 'color') ?? '');
    for (const background of backgroundsOf(element))
      expect(contrastOf(color, colorIn(theme, background))).toBeGreaterThanOrEqual(4.5);
    // A filter would make other colours of these.
    expect(styleOf(element, 'filter')).toBeUndefined();
  });

  it.each(themes)('have an outline that can be seen in the %s theme when the keyboard is on them (3)', (theme) => {
    const [, color = ''] =
      /(var\(--[\w-]+\))/.exec(styleOf({ classes: [], states: [':focus-visible'] }, 'outline') ?? '') ?? [];
    for (const ground of grounds)
      expect(contrastOf(colorIn(theme, color), colorIn(theme, ground))).toBeGreaterThanOrEqual(3);
  });

  it('change under the pointer and when pressed', () => {
    for (const [, classes] of kinds.slice(0, 4)) {
      const backgrounds = [[], [':hover']].map((state) => styleOf({ classes, states: state }, 'background'));
      expect(new Set(backgrounds).size).toBe(2);
    }
  });
});
