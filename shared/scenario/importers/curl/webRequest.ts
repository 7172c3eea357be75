import { importedProxy } from '../importedProxy';
import { type Header, hasHeader } from '../importedRequests';
import { typeOfFile } from '../multipart';
import type { RequestCollector } from '../requestCollector';
import { powershellCommands } from './powershellScript';
import { type PowershellToken, powershellTokens } from './powershellWords';

/* `Invoke-WebRequest` as browsers copy it (learn.microsoft.com: Microsoft.PowerShell.Utility). */

/** The supported parameters with a value. Each can be abbreviated to a prefix. */
const readParameterNames = [
  'Uri',
  'Method',
  'CustomMethod',
  'Headers',
  'Body',
  'ContentType',
  'WebSession',
  'UserAgent',
  'InFile',
  'Proxy',
];
/** Parameters that do not affect the request. */
const quietParameters = ['SessionVariable', 'OutFile', 'TimeoutSec'];
const otherParameters = [
  'ProxyCredential',
  'Credential',
  'MaximumRedirection',
  'Authentication',
  'Token',
  'TransferEncoding',
  'Form',
];
const parameters = [...readParameterNames, ...quietParameters, ...otherParameters];
const switches = new Set([
  'usebasicparsing',
  'skipcertificatecheck',
  'verbose',
  'skiphttperrorcheck',
  'proxyusedefaultcredentials',
]);

interface Session {
  userAgent: string | undefined;
  cookies: string[];
}

function isMark(token: PowershellToken | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

/** Returns the tokens of one value: a word, or text in brackets. */
function valueAt(tokens: readonly PowershellToken[], start: number): readonly PowershellToken[] {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at] ?? { kind: 'word', text: '' };
    if (kind === 'mark' && /^(?:@?\{|\()$/.test(text)) depth += 1;
    if (kind === 'mark' && /^[})]$/.test(text)) depth -= 1;
    // A type and its method precede their bracket: [Text.Encoding]::UTF8.GetBytes("...").
    const goesOn = isMark(tokens[at + 1], '(') && kind === 'word';
    if (depth <= 0 && !goesOn) return tokens.slice(start, at + 1);
  }
  return tokens.slice(start);
}

/** Returns the text of a value: a word, or the last quoted text in brackets. */
function textOf(value: readonly PowershellToken[]): string {
  if (value.length === 1) return value[0]?.text ?? '';
  return value.findLast(({ kind }) => kind === 'quoted')?.text ?? '';
}

/** Reads `@{ "name"="value" }` as headers. */
function tableOf(value: readonly PowershellToken[]): Header[] {
  const words = value.filter(({ kind }) => kind !== 'mark').map(({ text }) => text);
  return words.flatMap((name, at): Header[] => (at % 2 === 0 ? [[name, words[at + 1] ?? '']] : []));
}

/**
 * Returns the parameter that a word abbreviates, or `Uri` for a positional value; undefined for a parameter without a
 * value.
 */
function parameterOf({ text, kind }: PowershellToken, notes: string[]): string | undefined {
  if (kind !== 'word' || !text.startsWith('-')) return 'Uri';
  const asked = text.slice(1).toLowerCase();
  if (switches.has(asked)) return undefined;
  const name = parameters.find((known) => known.toLowerCase().startsWith(asked));
  if (name === undefined) notes.push(`${text} was left out.`);
  return name;
}

/** Returns the parameters of a command by name. */
function readParameters(tokens: readonly PowershellToken[], notes: string[]): Map<string, readonly PowershellToken[]> {
  const found = new Map<string, readonly PowershellToken[]>();
  for (let at = 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token || token.kind === 'mark') continue;
    const name = parameterOf(token, notes);
    if (name === undefined) continue;
    const isNamed = token.kind === 'word' && token.text.startsWith('-');
    const value = valueAt(tokens, isNamed ? at + 1 : at);
    at += isNamed ? value.length : value.length - 1;
    if (!found.has(name)) found.set(name, value);
  }
  return found;
}

/**
 * Reads the settings of a session: `$session.UserAgent = "..."`, `$session.Cookies.Add((New-Object
 * System.Net.Cookie("a", "1")))`. Browsers that copy several requests begin a new session for each.
 */
function readSession(tokens: readonly PowershellToken[], session: Session): void {
  const [first] = tokens;
  const text = first?.text.toLowerCase() ?? '';
  if (tokens.some((token) => /\bWebRequestSession$/i.test(token.text))) {
    session.userAgent = undefined;
    session.cookies = [];
  }
  const quoted = tokens.filter(({ kind }) => kind === 'quoted').map((token) => token.text);
  if (text.endsWith('.useragent')) session.userAgent = quoted[0];
  if (text.endsWith('.cookies.add') && quoted.length >= 2) session.cookies.push(`${quoted[0]}=${quoted[1]}`);
}

function addRequest(tokens: readonly PowershellToken[], session: Session, collector: RequestCollector): void {
  const notes: string[] = [];
  const found = readParameters(tokens, notes);
  const text = (name: string): string | undefined => {
    const value = found.get(name);
    return value && textOf(value);
  };
  // .NET takes the default port of http.
  const proxy = importedProxy({ option: '-Proxy', text: text('Proxy') ?? '', defaultPort: 80 });
  const headers: Header[] = tableOf(found.get('Headers') ?? []);
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '' && !hasHeader(headers, name)) headers.push([name, value]);
  };
  const hasSession = found.has('WebSession');
  add('User-Agent', text('UserAgent') ?? (hasSession ? session.userAgent : undefined));
  add('Cookie', hasSession ? session.cookies.join('; ') : undefined);
  add('Content-Type', text('ContentType'));
  const file = text('InFile');
  if (file !== undefined) {
    add('Content-Type', typeOfFile(file));
    notes.push(`The body is in the file ${file}, which was not read: write it into the request.`);
  }
  for (const name of found.keys()) if (otherParameters.includes(name)) notes.push(`-${name} was left out.`);
  const body = file === undefined ? text('Body') : '';
  for (const note of notes) collector.note(note);
  collector.add({
    method: text('CustomMethod') ?? text('Method') ?? 'GET',
    url: collector.literal(text('Uri') ?? '', true),
    headers: headers.map(([name, value]) => [name, collector.literal(value, true)]),
    body: body === undefined ? undefined : collector.literal(body, true),
    proxy,
  });
}

/** Adds the requests of a text with `Invoke-WebRequest`, and returns what PowerShell would expand. */
export function addWebRequests(text: string, collector: RequestCollector): readonly string[] {
  const { tokens, unfilled } = powershellTokens(text);
  const session: Session = { userAgent: undefined, cookies: [] };
  for (const command of powershellCommands(tokens)) {
    // An assignment of the result to a variable precedes the command.
    const at = isMark(command[1], '=') && command[0]?.text.startsWith('$') ? 2 : 0;
    const words = command.slice(at);
    if (/^(?:invoke-(?:webrequest|restmethod)|iwr|irm|curl)$/i.test(words[0]?.text ?? ''))
      addRequest(words, session, collector);
    else readSession(command, session);
  }
  return unfilled;
}
