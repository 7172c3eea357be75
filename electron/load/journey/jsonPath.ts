import {
  type FilterFunction,
  FunctionExpressionType,
  JSONPathEnvironment,
  type JSONPathQuery,
  type JSONValue,
  jsonpath,
} from 'json-p3';
import { compilePattern, type LinearPattern } from './patterns';

/** A JSONPath query (RFC 9535), compiled once. */
export interface JsonQuery {
  /**
   * The first value that the query finds, with the name of the member that holds it, directly or in an array. Undefined
   * when there is none. Throws Error for a document that is nested too deeply.
   */
  first(document: JSONValue): { value: JSONValue; name: string } | undefined;
}

/** The maximum depth to which a descendant segment searches a document. */
const maxDepth = 500;
/**
 * The maximum number of compiled patterns of `match` and `search` in memory. It is limited because patterns may come
 * from the document.
 */
const maxPatterns = 100;

/** `match` and `search` (RFC 9535, 2.4.6 and 2.4.7) in linear time. An invalid pattern matches nothing. */
class PatternFunction implements FilterFunction {
  readonly argTypes = [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType];
  readonly returnType = FunctionExpressionType.LogicalType;
  readonly #whole: boolean;
  readonly #patterns = new Map<string, LinearPattern | undefined>();

  /** `whole`: whether the pattern must match the whole text. */
  constructor(whole: boolean) {
    this.#whole = whole;
  }

  call(text: unknown, pattern: unknown): boolean {
    if (typeof text !== 'string' || typeof pattern !== 'string') return false;
    return this.#compiled(pattern)?.test(text) ?? false;
  }

  #compiled(pattern: string): LinearPattern | undefined {
    if (this.#patterns.has(pattern)) return this.#patterns.get(pattern);
    let compiled: LinearPattern | undefined;
    try {
      compiled = compilePattern(this.#whole ? `^(?:${pattern})$` : pattern);
    } catch {
      compiled = undefined;
    }
    if (this.#patterns.size >= maxPatterns) this.#patterns.clear();
    this.#patterns.set(pattern, compiled);
    return compiled;
  }
}

const { IndexSelector, NameSelector } = jsonpath.selectors;

const environment = new JSONPathEnvironment({ maxRecursionDepth: maxDepth });
environment.functionRegister.set('match', new PatternFunction(true));
environment.functionRegister.set('search', new PatternFunction(false));

/** The names and indexes of a singular query; undefined for a query that may find several values. */
function placeOf(query: JSONPathQuery): (string | number)[] | undefined {
  if (!query.singularQuery()) return undefined;
  return query.segments.flatMap<string | number>(({ selectors: [selector] }) => {
    if (selector instanceof NameSelector) return [selector.name];
    return selector instanceof IndexSelector ? [selector.index] : [];
  });
}

/** Returns the value at a place. Most queries are singular, and this avoids the library's iterators. */
function valueAt(document: JSONValue, place: readonly (string | number)[]): ReturnType<JsonQuery['first']> {
  let value = document;
  let name = '';
  for (const key of place) {
    if (typeof key === 'number') {
      const index = Array.isArray(value) && key < 0 ? value.length + key : key;
      if (!Array.isArray(value) || index < 0 || index >= value.length) return undefined;
      value = value[index];
      continue;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined;
    value = value[key];
    name = key;
  }
  return { value, name };
}

/** Compiles a query. Throws Error for a query that RFC 9535 does not allow. */
export function compileJsonPath(path: string): JsonQuery {
  const query = environment.compile(path);
  const place = placeOf(query);
  if (place) return { first: (document) => valueAt(document, place) };
  return {
    first: (document) => {
      const node = query.match(document);
      if (!node) return undefined;
      const name = node.location.findLast((part) => typeof part === 'string') ?? '';
      return { value: node.value, name: String(name) };
    },
  };
}
