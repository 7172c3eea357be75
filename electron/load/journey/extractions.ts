import type { Extraction } from '../../../shared/scenario/journeys';
import type { Answer, Json } from './answer';
import { compileJsonPath, type JsonQuery } from './jsonPath';
import { compilePattern } from './patterns';

/** Looks up a cookie of the virtual user, which an earlier response may have set. */
type CookieOf = (name: string) => string | undefined;

/** A compiled extraction. */
export interface CompiledExtraction {
  needsBody: boolean;
  /** The value as text; undefined when the response has none. */
  find(answer: Answer, cookieOf: CookieOf): string | undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The first match of a query; undefined for a document that is nested too deeply. */
function firstOf(query: JsonQuery, document: Json): ReturnType<JsonQuery['first']> {
  try {
    return query.first(document);
  } catch {
    return undefined;
  }
}

/** Compiles an extraction. Throws Error for an invalid pattern or JSONPath. */
export function compileExtraction(extraction: Extraction): CompiledExtraction {
  if ('status' in extraction) return { needsBody: false, find: ({ status }) => String(status) };
  if ('header' in extraction) {
    const { header } = extraction;
    return { needsBody: false, find: (answer) => answer.header(header) };
  }
  if ('cookie' in extraction) {
    const { cookie } = extraction;
    return { needsBody: false, find: (_answer, cookieOf) => cookieOf(cookie) };
  }
  if ('jsonPath' in extraction) {
    const query = compileJsonPath(extraction.jsonPath);
    return {
      needsBody: true,
      find: (answer) => {
        const json = answer.json();
        const found = 'problem' in json ? undefined : firstOf(query, json.value);
        return found && textOf(found.value);
      },
    };
  }
  const pattern = compilePattern(extraction.regex);
  const group = extraction.group ?? Math.min(1, pattern.groupCount);
  if (group > pattern.groupCount) throw new Error(`it has no group ${group}`);
  return {
    needsBody: true,
    find: (answer) => {
      const text = answer.text();
      return 'problem' in text ? undefined : pattern.exec(text.value)?.[group];
    },
  };
}
