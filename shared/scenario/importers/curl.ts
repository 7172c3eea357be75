import { parse } from 'shell-quote';
import { basicAuthorization } from '../../http/wireUrl';
import { httpMethods } from '../../run/target';
import { type ImportedRequests, importedUrl, usableHeaders, withUser } from './importedRequests';

/* A curl command (curl 8, man page): the options that say what is sent. */

/** What is known of the request while the words of the command are read. */
interface Reading {
  method: string | undefined;
  url: string | undefined;
  headers: (readonly [name: string, value: string])[];
  bodies: string[];
  isQuery: boolean;
  notes: string[];
}

type Read = (reading: Reading, value: string) => void;

function splitHeader(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return at < 0 ? [text.replace(/;$/, '').trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const data: Read = ({ bodies }, value) => void bodies.push(value);
const header =
  (name: string): Read =>
  ({ headers }, value) =>
    void headers.push([name, value]);
const nothing: Read = () => {};

function method(reading: Reading, value: string): void {
  reading.method = value.toUpperCase();
}

function url(reading: Reading, value: string): void {
  reading.url = value;
}

function asQuery(reading: Reading): void {
  reading.isQuery = true;
}

function asHead(reading: Reading): void {
  reading.method = 'HEAD';
}

/** Options with a value, by their names. Those that say nothing of the request are known, so that their value is no URL. */
const valueOptions = new Map<string, Read>(
  (
    [
      [['-X', '--request'], method],
      [['-H', '--header'], ({ headers }, value) => void headers.push(splitHeader(value))],
      [['-d', '--data', '--data-raw', '--data-ascii', '--data-binary'], data],
      [
        ['--json'],
        (reading, value) => {
          data(reading, value);
          reading.headers.push(['Content-Type', 'application/json'], ['Accept', 'application/json']);
        },
      ],
      [['-u', '--user'], ({ headers }, value) => void headers.push(['Authorization', basicAuthorization(value)])],
      [['-A', '--user-agent'], header('User-Agent')],
      [['-e', '--referer'], header('Referer')],
      [['-b', '--cookie'], header('Cookie')],
      [['--url'], url],
      [['-o', '--output', '-m', '--max-time', '--connect-timeout', '--retry', '-w', '--write-out'], nothing],
      [['-x', '--proxy', '--cacert', '-E', '--cert', '--key', '-c', '--cookie-jar', '--resolve'], nothing],
      [['-D', '--dump-header', '--limit-rate'], nothing],
    ] satisfies [string[], Read][]
  ).flatMap(([names, read]) => names.map((name) => [name, read] as const)),
);

/** Options without a value: those that say something, and those that do not. */
const flags = new Map<string, (reading: Reading) => void>([
  ...['-G', '--get'].map((name) => [name, asQuery] as const),
  ...['-I', '--head'].map((name) => [name, asHead] as const),
  ...['-s', '-S', '-L', '-k', '-v', '-i', '-f', '--silent', '--location', '--insecure', '--compressed'].map(
    (name) => [name, () => {}] as const,
  ),
]);

/** The words of the command, `-XPOST` and `--url=x` taken apart; without what the shell would do itself. */
function wordsOf(command: string): string[] {
  const joined = command.trim().replace(/\\\r?\n/g, ' ');
  return parse(joined, (name) => `$${name}`).flatMap((word) => {
    if (typeof word !== 'string') return 'pattern' in word ? [word.pattern] : [];
    const long = /^(--[a-z-]+)=(.*)$/s.exec(word);
    if (long) return [long[1] ?? '', long[2] ?? ''];
    const short = /^(-[XHduAbeo])(.+)$/s.exec(word);
    return short ? [short[1] ?? '', short[2] ?? ''] : [word];
  });
}

function readWords(words: readonly string[]): Reading {
  const reading: Reading = { method: undefined, url: undefined, headers: [], bodies: [], isQuery: false, notes: [] };
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place] ?? '';
    const takesValue = valueOptions.get(word);
    const flag = flags.get(word);
    if (takesValue) {
      place += 1;
      takesValue(reading, words[place] ?? '');
    } else if (flag) flag(reading);
    else if (word.startsWith('-')) reading.notes.push(`${word} was left out.`);
    else reading.url ??= word;
  }
  return reading;
}

/** Whether a text is a curl command. */
export function isCurl(text: string): boolean {
  return /^\s*(\$\s+)?curl\s/.test(text);
}

/** The request of a curl command. Throws a RangeError when it names no URL. */
export function fromCurl(text: string): ImportedRequests {
  const {
    method: asked,
    url: named,
    headers,
    bodies,
    isQuery,
    notes,
  } = readWords(wordsOf(text.replace(/^\s*(\$\s+)?/, '')).slice(1));
  if (named === undefined) throw new RangeError('the curl command names no URL');
  if (bodies.some((part) => part.startsWith('@'))) notes.push('A body from a file (@file) was taken as it is written.');
  const body = bodies.join('&');
  const hasBody = body !== '' && !isQuery;
  // What curl takes without a scheme it asks over HTTP.
  const server = importedUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `http://${named}`);
  const target = isQuery && body !== '' ? `${server.url}${server.url.includes('?') ? '&' : '?'}${body}` : server.url;
  if (hasBody && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  const known = httpMethods.find((candidate) => candidate === (asked ?? (hasBody ? 'POST' : 'GET')));
  if (!known) throw new RangeError(`requests can't be made with ${asked}`);
  return {
    name: server.host,
    requests: [
      { method: known, url: target, headers: usableHeaders(withUser(headers, server)), ...(hasBody ? { body } : {}) },
    ],
    data: [],
    notes,
  };
}
