/** Replaces the values of a JSON text, which are given as tokens: `"a\"b"`, `12`. */
export interface JsonTextVisitor {
  /** Replaces a value under a key that `isAbout` selected, at any depth. */
  picked(token: string, about: string): string;
  /** Replaces any other string. */
  text(token: string): string;
  isAbout(key: string): boolean;
}

/** An open object or list. */
interface Level {
  isObject: boolean;
  /** The selected key above it. */
  about: string | undefined;
}

/** Strings, punctuation, and numbers and literals, by RFC 8259. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The position of a walk over the tokens of a JSON text. */
class Place {
  readonly #levels: Level[] = [];
  readonly #isAbout: (key: string) => boolean;
  #key = '';
  #expectsKey = false;

  constructor(isAbout: (key: string) => boolean) {
    this.#isAbout = isAbout;
  }

  /** The selected key above the current value; undefined when there is none. */
  get about(): string | undefined {
    const level = this.#levels.at(-1);
    if (!level) return undefined;
    if (level.about !== undefined) return level.isObject ? this.#key : level.about;
    return level.isObject && this.#isAbout(this.#key) ? this.#key : undefined;
  }

  /** Consumes a token that is not a value. Returns false for a value. */
  takes(token: string): boolean {
    if (token === '{' || token === '[') this.#levels.push({ isObject: token === '{', about: this.about });
    else if (token === '}' || token === ']') this.#levels.pop();
    else if (this.#expectsKey && token.startsWith('"')) this.#key = String(JSON.parse(token));
    else if (token !== ',' && token !== ':') return false;
    this.#expectsKey = token === '{' || (token === ',' && this.#levels.at(-1)?.isObject === true);
    return true;
  }
}

/**
 * Replaces values of a JSON text and leaves everything else as written: numbers of any length, whitespace, escapes.
 * Returns undefined when the text is not JSON, or is nested too deeply for a parser.
 */
export function replaceInJsonTokens(text: string, visitor: JsonTextVisitor): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const place = new Place(visitor.isAbout);
  return text.replace(tokens, (token) => {
    if (place.takes(token)) return token;
    const { about } = place;
    if (about !== undefined) return visitor.picked(token, about);
    return token.startsWith('"') ? visitor.text(token) : token;
  });
}
