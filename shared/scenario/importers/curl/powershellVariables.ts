import type { PowershellToken } from './powershellWords';

/*
 * Variables of PowerShell that a text assigns: texts, tables, and dictionaries that are filled one by one
 * (learn.microsoft.com: about_Variables, about_Hash_Tables, about_Splatting). Nothing is executed.
 */

type Tokens = readonly PowershellToken[];

const open: PowershellToken = { text: '@{', kind: 'mark' };
const close: PowershellToken = { text: '}', kind: 'mark' };
const equals: PowershellToken = { text: '=', kind: 'mark' };
const next: PowershellToken = { text: ';', kind: 'mark' };

/** Whether a token is a mark. */
export function isMark(token: PowershellToken | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

const variable = /^\$(?!(?:true|false|null)$)[A-Za-z_]\w*$/i;

/** Whether tokens are a table: `@{ name = value }`. */
export function isTable(value: Tokens): boolean {
  return isMark(value[0], '@{');
}

/** Returns the tokens between brackets, as parts that line ends, `;` or `,` separate. */
function partsOf(value: Tokens): Tokens[] {
  const parts: PowershellToken[][] = [[]];
  let depth = 0;
  for (const token of value.slice(1, -1)) {
    const isOpening = token.kind === 'mark' && /^(?:@?\{|\()$/.test(token.text);
    const isClosing = token.kind === 'mark' && /^[})]$/.test(token.text);
    if (isOpening) depth += 1;
    if (isClosing) depth -= 1;
    if (depth === 0 && token.kind === 'mark' && /^[\n;,]$/.test(token.text)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.some(({ text, kind }) => kind !== 'mark' || text !== '\n'));
}

/** Returns the names and values of a table. */
export function entriesOf(table: Tokens): [name: string, value: Tokens][] {
  return partsOf(table).flatMap((part): [string, Tokens][] => {
    const own = part.filter((token) => !isMark(token, '\n'));
    const [name] = own;
    return name && isMark(own[1], '=') ? [[name.text, own.slice(2)]] : [];
  });
}

/** Returns the value that PowerShell would make JSON of; undefined for what only PowerShell can evaluate. */
export function jsonOf(value: Tokens): unknown {
  const [first, second] = value;
  if (isTable(value)) {
    const entries = entriesOf(value).map(([name, part]) => [name, jsonOf(part)] as const);
    return entries.some(([, part]) => part === undefined) ? undefined : Object.fromEntries(entries);
  }
  if (first?.text === '@' && isMark(second, '(')) {
    const parts = partsOf(value.slice(1)).map(jsonOf);
    return parts.includes(undefined) ? undefined : parts;
  }
  if (!first || second !== undefined || first.kind === 'mark') return undefined;
  if (first.kind === 'quoted') return first.text;
  const words: Readonly<Record<string, unknown>> = { $true: true, $false: false, $null: null };
  const word = first.text.toLowerCase();
  if (Object.hasOwn(words, word)) return words[word];
  return /^-?\d+(?:\.\d+)?$/.test(word) ? Number(word) : undefined;
}

/** The variables of a text. */
export class PowershellVariables {
  /** Variables that a value names and nothing assigns. */
  readonly unfilled = new Set<string>();
  readonly #values = new Map<string, Tokens>();

  /** Reads `$name = value`, `$name.Add("key", "value")` and `$name.key = "value"`. */
  read(tokens: Tokens): void {
    const [first, second] = tokens;
    if (first?.kind !== 'word') return;
    const [, name = '', member] = /^(\$\w+)(?:\.(\w+))?$/.exec(first.text.toLowerCase()) ?? [];
    if (name === '') return;
    if (member === undefined && isMark(second, '=')) {
      const value = tokens.slice(2);
      // A new dictionary is an empty table.
      this.#values.set(name, /^new-object$/i.test(value[0]?.text ?? '') ? [open, close] : this.filled(value));
    } else if (member === 'add' && isMark(second, '(')) {
      const [key, ...value] = tokens.slice(2, -1).filter((token) => !isMark(token, ','));
      if (key) this.#add(name, key, value);
    } else if (member !== undefined && isMark(second, '=')) {
      const key = first.text.slice(first.text.indexOf('.') + 1);
      this.#add(name, { text: key, kind: 'quoted' }, tokens.slice(2));
    }
  }

  #add(name: string, key: PowershellToken, value: Tokens): void {
    const table = this.#values.get(name);
    if (table && isTable(table))
      this.#values.set(name, [...table.slice(0, -1), next, key, equals, ...this.filled(value), close]);
  }

  /** Turns a variable into JSON, as `$name = ... | ConvertTo-Json` does. What only PowerShell can evaluate is not known. */
  toJson(name: string): void {
    const key = name.toLowerCase();
    const json = jsonOf(this.#values.get(key) ?? []);
    if (json === undefined) this.#values.delete(key);
    else this.#values.set(key, [{ text: JSON.stringify(json), kind: 'quoted' }]);
  }

  /** Returns the value of a variable, `$name` or `@name`; undefined when nothing assigns it. */
  valueOf(name: string): Tokens | undefined {
    return this.#values.get(`$${name.slice(1).toLowerCase()}`);
  }

  /** Returns tokens with the values of their variables. Those that nothing assigns stay. */
  filled(value: Tokens): Tokens {
    return value.flatMap((token) => {
      if (token.kind !== 'word' || !variable.test(token.text)) return [token];
      const known = this.valueOf(token.text);
      if (!known) this.unfilled.add(token.text);
      return known ?? [token];
    });
  }
}
