/** What becomes of the values of a JSON text, each as it is written there: `"a\"b"`, `12`. */
export interface JsonTextVisitor {
  /** A value that stands under a name, near or far, that `isAbout` has picked. */
  picked(token: string, about: string): string;
  /** Any other text. */
  text(token: string): string;
  isAbout(key: string): boolean;
}

/** An object or a list that is open. */
interface Level {
  isObject: boolean;
  /** The picked name above it. */
  about: string | undefined;
}

/** Texts, marks, and numbers and words, by RFC 8259. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where in a JSON text a walk over its tokens is. */
class Place {
  readonly #levels: Level[] = [];
  readonly #isAbout: (key: string) => boolean;
  #key = '';
  #expectsKey = false;

  constructor(isAbout: (key: string) => boolean) {
    this.#isAbout = isAbout;
  }

  /** The name that the value here is about; undefined under none that was picked. */
  get about(): string | undefined {
    const level = this.#levels.at(-1);
    if (!level) return undefined;
    if (level.about !== undefined) return level.isObject ? this.#key : level.about;
    return level.isObject && this.#isAbout(this.#key) ? this.#key : undefined;
  }

  /** Takes a token that is no value, and tells whether it was one. */
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
 * A JSON text with some of its values replaced, and all else as it was written: numbers of any length, blanks, escapes.
 * Undefined for a text that is no JSON, or so deep that no parser takes it.
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
