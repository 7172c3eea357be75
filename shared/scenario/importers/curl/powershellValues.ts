import type { Header } from '../importedRequests';
import { urlEncodedForm } from '../multipart';
import { entriesOf, isMark, isTable, jsonOf } from './powershellVariables';
import type { PowershellToken } from './powershellWords';

/* What values of PowerShell become in a request. */

type Tokens = readonly PowershellToken[];

/** Returns the text of a value: a word, or the last quoted text in brackets. */
export function textOf(value: Tokens): string {
  if (value.length === 1) return value[0]?.text ?? '';
  return value.findLast(({ kind }) => kind === 'quoted')?.text ?? '';
}

/** Reads `@{ "name"="value" }` as headers. */
export function tableOf(value: Tokens): Header[] {
  const words = value.filter(({ kind }) => kind !== 'mark').map(({ text }) => text);
  return words.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, words[at + 1] ?? '']] : []));
}

const pairsOf = (table: Tokens): [string, string][] => entriesOf(table).map(([name, value]) => [name, textOf(value)]);

/** Returns the body that a value becomes; undefined for what only PowerShell can evaluate. */
function bodyOf(value: Tokens): string | undefined {
  const pipe = value.findIndex((token) => isMark(token, '|'));
  if (/^convertto-json$/i.test(value[pipe + 1]?.text ?? '')) {
    const json = jsonOf(value.slice(1, pipe));
    return json === undefined ? undefined : JSON.stringify(json);
  }
  return isTable(value) ? urlEncodedForm(pairsOf(value)) : textOf(value);
}

/** Returns the URL and the body; an undefined body is none, or what only PowerShell can evaluate. A table is the query of a GET. */
export function contentOf(
  url: string,
  value: Tokens | undefined,
  method: string,
): { url: string; body: string | undefined } {
  if (!value || !isTable(value) || method.toUpperCase() !== 'GET') return { url, body: value && bodyOf(value) };
  return { url: `${url}${url.includes('?') ? '&' : '?'}${urlEncodedForm(pairsOf(value))}`, body: undefined };
}
