import { RE2JS } from 're2js';

/** The maximum number of characters that a pattern searches, so that a large response does not block the generator. */
const maxTextLength = 1024 * 1024;

function bounded(text: string): string {
  return text.length > maxTextLength ? text.slice(0, maxTextLength) : text;
}

/** A regular expression whose matching time is linear in the length of the text. */
export interface LinearPattern {
  /** Whether it matches anywhere in the first {@link maxTextLength} characters of a text. */
  test(text: string): boolean;
  /** The first match: the whole match, then its groups. A group that took no part is undefined. */
  exec(text: string): readonly (string | undefined)[] | undefined;
  groupCount: number;
}

/**
 * Compiles a regular expression with RE2's syntax (github.com/google/re2/wiki/Syntax), in JavaScript's notation. RE2
 * does not backtrack, so the responses of an external service can't block the generator. Throws Error for an invalid
 * expression, and for one with lookaround or backreferences.
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
