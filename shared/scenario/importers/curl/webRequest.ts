import { importedProxy } from '../importedProxy';
import { type Header, hasHeader } from '../importedRequests';
import { typeOfFile } from '../multipart';
import type { RequestCollector } from '../requestCollector';
import { powershellCommands } from './powershellScript';
import { contentOf, tableOf, textOf } from './powershellValues';
import { entriesOf, isMark, isTable, PowershellVariables } from './powershellVariables';
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

type Tokens = readonly PowershellToken[];

interface Session {
  userAgent: string | undefined;
  cookies: string[];
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

/** Returns the parameters in a table whose variable stands for them: `@name`. */
function splatted(token: PowershellToken, variables: PowershellVariables, notes: string[]): [string, Tokens][] {
  const table = variables.valueOf(token.text);
  if (!table) variables.unfilled.add(token.text);
  return entriesOf(table ?? []).flatMap(([name, value]): [string, Tokens][] => {
    const parameter = parameterOf({ text: `-${name}`, kind: 'word' }, notes);
    return parameter === undefined ? [] : [[parameter, value]];
  });
}

/** Returns the parameters of a command by name. */
function readParameters(tokens: Tokens, variables: PowershellVariables, notes: string[]): Map<string, Tokens> {
  const found = new Map<string, Tokens>();
  for (let at = 1; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token || token.kind === 'mark') continue;
    if (token.kind === 'word' && /^@[A-Za-z_]\w*$/.test(token.text)) {
      for (const [name, value] of splatted(token, variables, notes)) found.set(name, value);
      continue;
    }
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

function addRequest(
  tokens: Tokens,
  session: Session,
  variables: PowershellVariables,
  collector: RequestCollector,
): void {
  const notes: string[] = [];
  const found = readParameters(tokens, variables, notes);
  const given = (name: string): Tokens | undefined => {
    const value = found.get(name);
    return value && variables.filled(value);
  };
  const text = (name: string): string | undefined => {
    const value = given(name);
    return value && textOf(value);
  };
  // .NET takes the default port of http.
  const proxy = importedProxy({ option: '-Proxy', text: text('Proxy') ?? '', defaultPort: 80 });
  const named = given('Headers') ?? [];
  const headers: Header[] = isTable(named) ? tableOf(named) : [];
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
  const method = text('CustomMethod') ?? text('Method') ?? 'GET';
  const content = contentOf(text('Uri') ?? '', given('Body'), method);
  if (found.has('Body') && content.body === undefined && method.toUpperCase() !== 'GET')
    notes.push('A body that PowerShell makes was left out: write it into the request.');
  const body = file === undefined ? content.body : '';
  if (body !== undefined && /^(?:POST|PUT)$/i.test(method)) add('Content-Type', 'application/x-www-form-urlencoded');
  for (const note of notes) collector.note(note);
  collector.add({
    method,
    url: collector.literal(content.url, true),
    headers: headers.map(([name, value]) => [name, collector.literal(value, true)]),
    body: body === undefined ? undefined : collector.literal(body, true),
    proxy,
  });
}

/** Adds the requests of a text with `Invoke-WebRequest`, and returns what PowerShell would expand. */
export function addWebRequests(text: string, collector: RequestCollector): readonly string[] {
  const { tokens, unfilled } = powershellTokens(text);
  const session: Session = { userAgent: undefined, cookies: [] };
  const variables = new PowershellVariables();
  let assigned: string | undefined;
  for (const command of powershellCommands(tokens)) {
    // An assignment of the result to a variable precedes the command.
    const at = isMark(command[1], '=') && command[0]?.text.startsWith('$') ? 2 : 0;
    const words = command.slice(at);
    const program = words[0]?.text ?? '';
    if (/^(?:invoke-(?:webrequest|restmethod)|iwr|irm|curl)$/i.test(program))
      addRequest(words, session, variables, collector);
    else if (assigned !== undefined && /^convertto-json$/i.test(program)) variables.toJson(assigned);
    else {
      readSession(command, session);
      variables.read(command);
    }
    assigned = at === 2 ? command[0]?.text : undefined;
  }
  return [...unfilled, ...variables.unfilled];
}
