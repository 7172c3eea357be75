/** The maximum number of documents in one file. */
const maxDocuments = 1_000;

/** Returns the end of the value that starts at `from`, after its last bracket; undefined when it is incomplete. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/**
 * Parses the documents of a file: one, or several one after the other, as when several runs wrote to one file. Throws a
 * SyntaxError on malformed JSON.
 */
export function parseDocuments(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch (error) {
    const documents: unknown[] = [];
    for (let from = text.search(/\S/); from >= 0 && from < text.length; ) {
      const to = text[from] === '{' || text[from] === '[' ? endOf(text, from) : undefined;
      if (to === undefined || documents.length >= maxDocuments) throw error;
      documents.push(JSON.parse(text.slice(from, to)));
      const space = text.slice(to).search(/\S/);
      from = space < 0 ? text.length : to + space;
    }
    // A single truncated document: its own error says where it breaks off.
    if (documents.length < 2) throw error;
    return documents;
  }
}
