import type { ShellCommand, ShellScript } from './shellCommand';

/*
 * Commands in the syntax of cmd.exe, with words split as Windows programs do (learn.microsoft.com: "Escaping characters
 * in cmd", "Parsing C command-line arguments").
 */

/** Splits a text into commands without carets and redirections. Each command is still one line. */
function commandLines(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  let isQuoted = false;
  const end = (): void => {
    lines.push(line);
    line = '';
    isQuoted = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') isQuoted = !isQuoted;
    if (!isQuoted && character === '^') {
      at += 1;
      // A caret escapes the next character. Before a line end, it continues the line.
      if (text[at] === '\n') at += 1;
      // A quote after a caret is not a quote to cmd, but it is one to the program.
      line += text[at] ?? '';
    } else if (!isQuoted && /[\n&|]/.test(character)) end();
    else if (!isQuoted && /[<>]/.test(character)) {
      line = line.replace(/\d$/, '');
      at += /^[<>&]*[ \t]*[^ \t\n&|]{0,1000}/.exec(text.slice(at + 1, at + 1_002))?.[0].length ?? 0;
    } else line += character;
  }
  end();
  return lines;
}

/** Splits a line into words. A backslash is literal except before a quote, and two quotes within quotes are one. */
class WordReader {
  readonly words: string[] = [];
  readonly #line: string;
  #at = 0;
  #word: string | undefined;
  #isQuoted = false;

  constructor(line: string) {
    this.#line = line;
  }

  read(): string[] {
    while (this.#at < this.#line.length) {
      const character = this.#line[this.#at] ?? '';
      if (character === '\\') this.#backslashes();
      else if (character === '"') this.#quote();
      else if (!this.#isQuoted && /[ \t\r\n]/.test(character)) this.#end();
      else this.#add(character);
      this.#at += 1;
    }
    this.#end();
    return this.words;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #end(): void {
    if (this.#word !== undefined) this.words.push(this.#word);
    this.#word = undefined;
  }

  #quote(): void {
    this.#add('');
    if (this.#isQuoted && this.#line[this.#at + 1] === '"') {
      this.#add('"');
      this.#at += 1;
    } else this.#isQuoted = !this.#isQuoted;
  }

  #backslashes(): void {
    const [run = ''] = /^\\+/.exec(this.#line.slice(this.#at, this.#at + 1_000)) ?? [];
    const isBeforeQuote = this.#line[this.#at + run.length] === '"';
    this.#add('\\'.repeat(isBeforeQuote ? Math.floor(run.length / 2) : run.length));
    this.#at += run.length - 1;
    if (!isBeforeQuote || run.length % 2 === 0) return;
    this.#add('"');
    this.#at += 1;
  }
}

/**
 * Whether a text is written for cmd.exe: it has carets before quotes or at line ends, or JSON with doubled quotes, which
 * earlier browsers copied in one line.
 */
export function isCmd(text: string): boolean {
  return /\s\^"|\^\r?\n|[{,[]\s?""[A-Za-z_]\w{0,100}""\s?:/.test(text);
}

/** Returns references such as `%NAME%`. A word in which every `%` starts a percent-encoded byte has none. */
function variablesIn(word: string): string[] {
  return /%(?![0-9a-f]{2})/i.test(word) ? (word.match(/%[A-Za-z_]\w*%/g) ?? []) : [];
}

/** Returns the commands of a text as cmd.exe reads it. */
export function cmdScript(text: string): ShellScript {
  const commands = commandLines(text.replaceAll('\r\n', '\n'))
    .map((line) => new WordReader(line).read())
    .filter((words) => words.length > 0);
  const variables = commands.flatMap((words) => words.flatMap(variablesIn));
  return {
    commands: commands.map((words): ShellCommand => ({ words, input: undefined })),
    unfilled: [...new Set(variables)],
    problems: [],
  };
}
