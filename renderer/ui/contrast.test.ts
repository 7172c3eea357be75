import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classesIn, colorIn, contrastOf, type Styled, styleOf, themes } from '../../tests/support/styles';
import { buttonVariants } from './Button';

type Pressed = readonly [name: string, sheet: string, classes: readonly string[]];

/** These have no words of their own: a field over its label, and a canvas. */
const wordless = ['ui/Choice.module.css input', 'charts/profile/FlameGraph.module.css flame'];

/** Every class with the pointer of what can be pressed, by its style sheet. */
const found = globSync('**/*.module.css', { cwd: resolve(import.meta.dirname, '..') })
  .sort()
  .flatMap((sheet) =>
    classesIn(sheet, 'cursor', 'pointer').map((name): Pressed => [`${sheet} ${name}`, sheet, [name]]),
  );

/** Everything that can be pressed, with the style sheet that defines its look. */
const pressed: readonly Pressed[] = [
  ...buttonVariants.map((variant): Pressed => [`a ${variant} button`, 'ui/Button.module.css', ['button', variant]]),
  ...found.filter(([name]) => !wordless.includes(name) && name !== 'ui/Button.module.css button'),
  ['an entry of a menu', 'ui/Popup.module.css', ['item']],
  // These add to the look of an entry, which is shared.
  ['a scenario in its list', 'features/scenarios/scenarios.module.css', ['entry']],
  ['a moment in its list', 'features/run/MomentList.module.css', ['moment']],
];

/** Hovered, pressed (which implies hovered), focused by keyboard, switched on, and disabled. */
const states = [
  [],
  [':hover'],
  [':hover', ':active'],
  [':active'],
  [':focus-visible'],
  ['[aria-pressed="true"]'],
  ['[aria-pressed="true"]', ':hover'],
  ['[aria-current]', ':hover'],
  ['[aria-current="true"]'],
  ['[data-open]'],
  ['[data-open="false"]', '[data-open]', ':hover'],
  ['[data-selected="true"]'],
  ['[data-highlighted]'],
  ['[data-popup-open]'],
  ['[data-popup-open]', ':hover'],
  [':disabled'],
  [':disabled', ':hover', ':active'],
  ['[data-disabled]', ':hover'],
];

const cases = themes.flatMap((theme) =>
  pressed.flatMap(([name, sheet, classes]) =>
    states.map((state) => [name, state.join('') || 'at rest', theme, sheet, { classes, states: state }] as const),
  ),
);

/** The backgrounds on which they can be. */
const grounds = ['var(--surface)', 'var(--surface-raised)', 'var(--surface-hover)'];
const base = 'app/base.css';

function backgroundsOf(element: Styled, sheet: string): string[] {
  const background = styleOf(element, 'background', sheet);
  return background === undefined || background === 'none' ? grounds : [background];
}

it('what can be pressed is found in the style sheets, and what has no words is there', () => {
  const names = found.map(([name]) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      ...wordless,
      'features/overview/board.module.css cell',
      'features/integrity/integrity.module.css engine',
      'features/integrity/integrity.module.css group',
      'ui/shared.module.css entry',
      'app/Palette.module.css item',
    ]),
  );
});

describe('the words on what can be pressed', () => {
  it.each(cases)('on %s, %s, in the %s theme, can be read (WCAG AA: 4.5)', (_name, _state, theme, sheet, element) => {
    const color = colorIn(theme, styleOf(element, 'color', sheet) ?? 'var(--text)');
    for (const background of backgroundsOf(element, sheet))
      expect(contrastOf(color, colorIn(theme, background))).toBeGreaterThanOrEqual(4.5);
    // Either property would change these colours.
    expect(styleOf(element, 'filter', sheet)).toBeUndefined();
    expect(styleOf(element, 'opacity', sheet)).toBeUndefined();
  });

  it.each(themes)('have an outline that can be seen in the %s theme when the keyboard is on them (3)', (theme) => {
    const outline = styleOf({ classes: [], states: [':focus-visible'] }, 'outline', base) ?? '';
    const [, color = ''] = /(var\(--[\w-]+\))/.exec(outline) ?? [];
    for (const ground of grounds)
      expect(contrastOf(colorIn(theme, color), colorIn(theme, ground))).toBeGreaterThanOrEqual(3);
  });

  it.each(themes)('have an edge that can be seen in the %s theme (WCAG 1.4.11: 3)', (theme) => {
    for (const ground of grounds.slice(0, 2))
      expect(contrastOf(colorIn(theme, 'var(--line-strong)'), colorIn(theme, ground))).toBeGreaterThanOrEqual(3);
  });

  it.each(buttonVariants.filter((variant) => variant !== 'link'))(
    'stand on another ground under the pointer, and on a third when they are pressed: %s',
    (variant) => {
      const backgrounds = [[], [':hover'], [':hover', ':active']].map((state) =>
        styleOf({ classes: ['button', variant], states: state }, 'background', 'ui/Button.module.css'),
      );
      expect(new Set(backgrounds).size).toBe(3);
    },
  );
});
