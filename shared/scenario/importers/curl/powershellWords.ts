/* PowerShell words (learn.microsoft.com: about_Quoting_Rules, about_Special_Characters). */

/** A word, one of the marks `@{ ( ) } = ; , |`, or a line end. */
export interface PowershellToken {
  text: string;
  kind: 'word' | 'quoted' | 'mark';
}

const escapes: Readonly<Record<string, string>> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads the tokens of a text, and collects what PowerShell would expand. */
class Lexer {
  readonly tokens: PowershellToken[] = [];
  readonly unfilled = new Set<string>();
  readonly #text: string;
  #at = 0;
  /** The number of open tables `@{ name = value }`, in which `=` separates words. */
  #tables = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (/[ \t]/.test(character)) this.#at += 1;
      else if (character === '`' && this.#text[this.#at + 1] === '\n') this.#at += 2;
      else if (character === '#') this.#skipComment();
      else if (this.#text.startsWith('@{', this.#at)) this.#mark('@{');
      else if (/^@["']\n$/.test(this.#text.slice(this.#at, this.#at + 3))) this.#hereString();
      else if (/[{}();,=|\n&]/.test(character)) this.#mark(character);
      else this.#word();
    }
  }

  #mark(text: string): void {
    this.tokens.push({ text, kind: 'mark' });
    if (text === '@{') this.#tables += 1;
    if (text === '}') this.#tables = Math.max(0, this.#tables - 1);
    this.#at += text.length;
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  /** Reads a word up to whitespace or a mark. After its first character, `=` is part of the word, as in `a=1`. */
  #word(): void {
    let text = '';
    let isQuoted = false;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (character === "'" || character === '"') {
        isQuoted = true;
        text += character === "'" ? this.#singleQuoted() : this.#doubleQuoted();
      } else if (character === '`' && this.#text[this.#at + 1] !== '\n') {
        text += this.#escape();
      } else if (/[\s{}();,|`]/.test(character) || (character === '=' && (isQuoted || this.#tables > 0))) break;
      else {
        text += character;
        this.#at += 1;
      }
    }
    this.tokens.push({ text, kind: isQuoted ? 'quoted' : 'word' });
  }

  #escape(): string {
    const character = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    return escapes[character] ?? character;
  }

  #singleQuoted(): string {
    let text = '';
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const end = this.#text.indexOf("'", this.#at);
      text += this.#text.slice(this.#at, end < 0 ? undefined : end);
      this.#at = end < 0 ? this.#text.length : end + 1;
      if (this.#text[this.#at] !== "'") break;
      text += "'";
      this.#at += 1;
    }
    return text;
  }

  /** Reads lines between `@"` and `"@`, or `@'` and `'@`, in which quotes are text. */
  #hereString(): void {
    const quote = this.#text[this.#at + 1] ?? '';
    const start = this.#at + 3;
    const found = this.#text.indexOf(`\n${quote}@`, start - 1);
    const end = found < 0 ? this.#text.length : found;
    let text = '';
    this.#at = start;
    while (this.#at < end) {
      const character = this.#text[this.#at] ?? '';
      if (quote === '"' && character === '`') text += this.#escape();
      else if (quote === '"' && character === '$') text += this.#expansion();
      else {
        text += character;
        this.#at += 1;
      }
    }
    this.tokens.push({ text, kind: 'quoted' });
    this.#at = Math.min(this.#text.length, end + 3);
  }

  #doubleQuoted(): string {
    let text = '';
    this.#at += 1;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (character === '"' && this.#text[this.#at + 1] === '"') {
        text += '"';
        this.#at += 2;
      } else if (character === '"') {
        this.#at += 1;
        break;
      } else if (character === '`') text += this.#escape();
      else if (character === '$') text += this.#expansion();
      else {
        text += character;
        this.#at += 1;
      }
    }
    return text;
  }

  /** Reads an expansion. Chrome writes non-ASCII characters as `$([char]233)`; other expansions are unknown. */
  #expansion(): string {
    const rest = this.#text.slice(this.#at, this.#at + 200);
    const [all = '$', hex, decimal] =
      /^\$\(\[char\](?:0x([0-9a-f]{1,4})|(\d{1,5}))\)/i.exec(rest) ??
      /^\$(?:\{[^}\n]{1,80}\}|[A-Za-z_][\w:.]*|\([^)\n]{1,80}\))/.exec(rest) ??
      [];
    this.#at += all.length;
    const code = hex === undefined ? decimal : String(Number.parseInt(hex, 16));
    if (code !== undefined) return String.fromCharCode(Number(code));
    if (all.length > 1) this.unfilled.add(all);
    return all;
  }
}

/** Returns the tokens of a text, and what PowerShell would expand. */
export function powershellTokens(text: string): { tokens: readonly PowershellToken[]; unfilled: readonly string[] } {
  const lexer = new Lexer(text.replaceAll('\r\n', '\n'));
  lexer.read();
  return { tokens: lexer.tokens, unfilled: [...lexer.unfilled] };
}
