import { RE2JS } from 're2js';

/** So many characters of a text are looked at: the generator must not stand still for a large answer. */
const maxTextLength = 1024 * 1024;

function bounded(text: string): string {
  return text.length > maxTextLength ? text.slice(0, maxTextLength) : text;
}

/** A regular expression whose time grows with the text and no faster, whatever the text is. */
export interface LinearPattern {
  /** Whether it is found anywhere in the first {@link maxTextLength} characters of a text. */
  test(text: string): boolean;
  /** The first match: the whole of it, then its groups, undefined where a group took no part. */
  exec(text: string): readonly (string | undefined)[] | undefined;
  groupCount: number;
}

/**
 * Compiles a regular expression of RE2's syntax (github.com/google/re2/wiki/Syntax), in JavaScript's notation: answers
 * of a foreign service must not be able to hold the generator up, as they can by backtracking. Throws Error for one that
 * is wrong, or that looks around or back.
 */
export function compilePattern(source: string): LinearPattern {
  const compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  return {
    test: (text) => compiled.test(bounded(text)),
    exec: (text) => {
      const match: unknown[] | null = compiled.exec(bounded(text));
      return match?.map((group) => (typeof group === 'string' ? group : undefined));
    },
    groupCount: compiled.groupCount(),
  };
}
