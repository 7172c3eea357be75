/** A line of a formatted JSON document, with the path of its value. */
export interface JsonLine {
  /** The indentation level. */
  depth: number;
  text: string;
  /** A JSONPath (RFC 9535). Undefined for a line with only a closing bracket. */
  path: string | undefined;
  /** The key of the value. An entry of a list has the key of the list. */
  key: string;
  /** The value if it is a string, a number, true, false or null. Undefined for an opening bracket. */
  value: string | number | boolean | null | undefined;
}

/** The maximum depth. Deeper values are left out. */
const maxDepth = 60;

/** A quoted name in a JSONPath (RFC 9535, 2.3.1.1). */
function quoted(name: string): string {
  const json = JSON.stringify(name).slice(1, -1);
  return `'${json.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The JSONPath of a member. */
export function memberPath(path: string, name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}[${quoted(name)}]`;
}

class LineWriter {
  readonly lines: JsonLine[] = [];
  left = 0;
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  write(value: unknown, place: { path: string; key: string; depth: number; label: string; comma: string }): void {
    const { path, key, depth, label, comma } = place;
    if (isScalar(value)) {
      this.#add({ depth, text: `${label}${JSON.stringify(value)}${comma}`, path, key, value });
      return;
    }
    const isList = Array.isArray(value);
    const entries = Object.entries(Object(value));
    if (entries.length === 0 || depth >= maxDepth) {
      const left = entries.length === 0 ? '' : ' … ';
      this.#add({ depth, text: `${label}${isList ? `[${left}]` : `{${left}}`}${comma}`, path, key, value: undefined });
      return;
    }
    this.#add({ depth, text: `${label}${isList ? '[' : '{'}`, path, key, value: undefined });
    entries.forEach(([name, entry], index) => {
      this.write(entry, {
        path: isList ? `${path}[${name}]` : memberPath(path, name),
        key: isList ? key : name,
        depth: depth + 1,
        label: isList ? '' : `${JSON.stringify(name)}: `,
        comma: index < entries.length - 1 ? ',' : '',
      });
    });
    this.#add({ depth, text: `${isList ? ']' : '}'}${comma}`, path: undefined, key, value: undefined });
  }

  #add(line: JsonLine): void {
    if (this.lines.length < this.#max) this.lines.push(line);
    else this.left += 1;
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The first `max` lines of a JSON document, and the number of lines that are left. */
export function jsonLines(document: unknown, max: number): { lines: readonly JsonLine[]; left: number } {
  const writer = new LineWriter(max);
  writer.write(document, { path: '$', key: 'value', depth: 0, label: '', comma: '' });
  return writer;
}
