import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/*
 * Enough of CSS to say which colours an element has: flat rules of classes, attributes and states, the tokens of both
 * themes, and how colours look to people who see them otherwise.
 */

const renderer = resolve(import.meta.dirname, '../../renderer');

export const themes = ['dark', 'light'] as const;
export type Theme = (typeof themes)[number];

interface StyleRule {
  selector: string;
  declarations: ReadonlyMap<string, string>;
}

function declarationsOf(body: string): Map<string, string> {
  return new Map(
    body
      .split(';')
      .map((line) => line.split(':'))
      .flatMap(([name, ...value]) =>
        name && value.length > 0 ? [[name.trim(), value.join(':').trim()] as const] : [],
      ),
  );
}

/** The innermost rules of a style sheet, each of its selectors by itself, in their order. */
function rulesOf(css: string): StyleRule[] {
  const blocks = css.replace(/\/\*.*?\*\//gs, '').matchAll(/([^{};]+)\{([^{}]*)\}/g);
  return [...blocks].flatMap(([, selectors = '', body = '']) => {
    const declarations = declarationsOf(body);
    return selectors.split(/,(?![^(]*\))/).map((selector) => ({ selector: selector.trim(), declarations }));
  });
}

/** The tokens of a theme: those of the dark one, and what the light one has instead. */
function tokensOf(theme: Theme): Map<string, string> {
  const css = readFileSync(resolve(renderer, 'app/tokens.css'), 'utf8');
  const [dark, light] = rulesOf(css).filter(({ selector }) => selector === ':root');
  if (!dark || !light) throw new Error('tokens.css has no two themes');
  return new Map([...dark.declarations, ...(theme === 'light' ? light.declarations : [])]);
}

/** What a colour is in a theme, as #rrggbb. Throws on anything but a token or such a colour. */
export function colorIn(theme: Theme, color: string): string {
  const token = /^var\((--[\w-]+)\)$/.exec(color)?.[1];
  const value = token === undefined ? color : (tokensOf(theme).get(token) ?? '');
  if (!/^#[0-9a-f]{6}$/i.test(value)) throw new Error(`${color} is no colour of the ${theme} theme`);
  return value;
}

/** An element: its classes and the states that it is in, such as `:hover` or `[aria-pressed="true"]`. */
export interface Styled {
  classes: readonly string[];
  states: readonly string[];
}

/** How specific a selector of classes, attributes and states is; undefined when it does not match or is about other elements. */
function specificity(selector: string, { classes, states }: Styled): number | undefined {
  const parts = selector.match(/\.[\w-]+|\[[^\]]*\]|:not\([^)]*\)|:[\w-]+/g) ?? [];
  if (parts.join('') !== selector) return undefined;
  const has = (part: string): boolean =>
    part.startsWith('.') ? classes.includes(part.slice(1)) : states.includes(part);
  const matches = parts.every((part) => {
    const denied = /^:not\((.*)\)$/.exec(part)?.[1];
    return denied === undefined ? has(part) : !has(denied);
  });
  return matches ? parts.length : undefined;
}

const parsed = new Map<string, StyleRule[]>();

/** The rules of a style sheet of the window, by its path in renderer/. */
function sheet(file: string): StyleRule[] {
  const known = parsed.get(file) ?? rulesOf(readFileSync(resolve(renderer, file), 'utf8'));
  parsed.set(file, known);
  return known;
}

/** What a property of an element is by the cascade over style sheets: the most specific rule, the last of equals. */
export function styleOf(element: Styled, property: string, ...files: readonly string[]): string | undefined {
  let found: { weight: number; value: string } | undefined;
  for (const { selector, declarations } of files.flatMap(sheet)) {
    const value = declarations.get(property);
    const weight = specificity(selector, element);
    if (value === undefined || weight === undefined || weight < (found?.weight ?? 0)) continue;
    found = { weight, value };
  }
  return found?.value;
}

/** The classes to which a style sheet gives a value of a property, each once. */
export function classesIn(file: string, property: string, value: string): string[] {
  const selectors = sheet(file).flatMap(({ selector, declarations }) =>
    declarations.get(property) === value ? [selector] : [],
  );
  return [...new Set(selectors.flatMap((selector) => /\.([\w-]+)/.exec(selector)?.[1] ?? []))];
}

function linearOf(color: string): [red: number, green: number, blue: number] {
  const channel = (from: number): number => {
    const value = Number.parseInt(color.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance). */
export function contrastOf(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [a, b]
    .map((color) => {
      const [red, green, blue] = linearOf(color);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .sort((first, second) => first - second);
  return (lighter + 0.05) / (darker + 0.05);
}

type Linear = readonly [red: number, green: number, blue: number];

/**
 * What each of the common deficiencies of colour vision makes of linear sRGB, at its full strength: Machado, Oliveira
 * and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009).
 */
const visions = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Record<string, readonly Linear[]>;
export type ColorVision = 'usual' | keyof typeof visions;
export const colorVisions: readonly ColorVision[] = ['usual', 'protanopia', 'deuteranopia', 'tritanopia'];

function seenBy(vision: ColorVision, color: Linear): Linear {
  if (vision === 'usual') return color;
  const [red, green, blue] = visions[vision].map((row) =>
    Math.min(1, Math.max(0, row[0] * color[0] + row[1] * color[1] + row[2] * color[2])),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

function oklabOf(color: string, vision: ColorVision): [lightness: number, a: number, b: number] {
  const [red, green, blue] = seenBy(vision, linearOf(color));
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ];
}

/**
 * How far two colours are from each other as people with a vision see them: in Oklab (CSS Color 4), where black and
 * white are 1 apart.
 */
export function colorDistance(a: string, b: string, vision: ColorVision = 'usual'): number {
  const [first, second] = [oklabOf(a, vision), oklabOf(b, vision)];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
}
