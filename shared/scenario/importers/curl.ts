import { parse } from 'shell-quote';
import { basicAuthorization } from '../../http/wireUrl';
import { httpMethods } from '../../run/target';
import { type ImportedRequests, importedUrl, usableHeaders, withUser } from './importedRequests';

/* A curl command (curl 8, man page and src/tool_getparam.c): the options that say what is sent, and where to. */

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
const leaveOut =
  (name: string): Read =>
  ({ notes }) =>
    void notes.push(`${name} was left out.`);

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

/** Options by which curl connects to another place than the URL says. */
const elsewhere = [
  ['--resolve', '--connect-to', '--unix-socket', '--abstract-unix-socket'],
  ['-x', '--proxy', '--preproxy', '--proxy1.0', '--socks4', '--socks4a', '--socks5', '--socks5-hostname'],
  ['--dns-servers', '--doh-url', '-K', '--config'],
].flat();

/** Load goes where its URL leads: what curl would send elsewhere is refused rather than sent to the wrong place. */
function refuse(name: string): never {
  throw new RangeError(
    `with ${name} curl may connect to another place than the URL says: take the option out, and write into the URL where the load is to go, with a Host header where the server needs another name`,
  );
}

/** Other options with a value, which is no URL. What they say of the request, if anything, is left out. */
const otherOptions = `
  --alt-svc --aws-sigv4 --capath --cert-type --ciphers --continue-at -C --create-file-mode --crlfile --curves
  --data-urlencode --delegation --dns-interface --dns-ipv4-addr --dns-ipv6-addr --ech --egd-file --engine --etag-compare
  --etag-save --expect100-timeout --form -F --form-string --ftp-account --ftp-alternative-to-user --ftp-method --ftp-port
  -P --ftp-ssl-ccc-mode --happy-eyeballs-timeout-ms --haproxy-clientip --hostpubmd5 --hostpubsha256 --hsts --interface
  --ip-tos --ipfs-gateway --keepalive-cnt --keepalive-time --key-type --krb --libcurl --local-port --login-options
  --mail-auth --mail-from --mail-rcpt --max-filesize --max-redirs --netrc-file --noproxy --oauth2-bearer --output-dir
  --parallel-max --parallel-max-host --pass --pinnedpubkey --proto --proto-default --proto-redir --proxy-cacert
  --proxy-capath --proxy-cert --proxy-cert-type --proxy-ciphers --proxy-crlfile --proxy-header --proxy-key
  --proxy-key-type --proxy-pass --proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype
  --proxy-tlspassword --proxy-tlsuser --proxy-user -U --pubkey --quote -Q --random-file --range -r --rate
  --request-target --retry-delay --retry-max-time --sasl-authzid --service-name --sigalgs --socks5-gssapi-service
  --speed-limit -Y --speed-time -y --stderr --telnet-option -t --tftp-blksize --time-cond -z --tls-max --tls13-ciphers
  --tlsauthtype --tlspassword --tlsuser --trace --trace-ascii --trace-config --upload-file -T --upload-flags --url-query
  --variable --vlan-priority
`
  .trim()
  .split(/\s+/);

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
      [['--cacert', '-E', '--cert', '--key', '-c', '--cookie-jar'], nothing],
      [['-D', '--dump-header', '--limit-rate'], nothing],
      ...elsewhere.map((name) => [[name], () => refuse(name)] satisfies [string[], Read]),
      ...otherOptions.map((name) => [[name], leaveOut(name)] satisfies [string[], Read]),
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

/** The words of the command, without what the shell would do itself. */
function wordsOf(command: string): string[] {
  const joined = command.trim().replace(/\\\r?\n/g, ' ');
  return parse(joined, (name) => `$${name}`).flatMap((word) => {
    if (typeof word === 'string') return word;
    return 'pattern' in word ? [word.pattern] : [];
  });
}

/** An option without a value, or one that is not known. */
function readFlag(reading: Reading, name: string): void {
  const flag = flags.get(name);
  if (flag) flag(reading);
  // curl takes the beginning of a long name for it.
  else if (name.length > 4 && elsewhere.some((known) => known.startsWith(name))) refuse(name);
  else reading.notes.push(`${name} was left out.`);
}

/** `-sSXPOST` as curl reads it: flags, up to one that takes a value, which is the rest of the word or the next one. */
function readShortOptions(reading: Reading, word: string, next: () => string): void {
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word[at]}`;
    const takesValue = valueOptions.get(name);
    if (takesValue) {
      takesValue(reading, word.slice(at + 1) || next());
      return;
    }
    readFlag(reading, name);
  }
}

function readLongOption(reading: Reading, word: string, next: () => string): void {
  const [, name = word, value] = /^(--[a-z0-9.-]+)=(.*)$/s.exec(word) ?? [];
  const takesValue = valueOptions.get(name);
  if (takesValue) takesValue(reading, value ?? next());
  else readFlag(reading, name);
}

function readWords(words: readonly string[]): Reading {
  const reading: Reading = { method: undefined, url: undefined, headers: [], bodies: [], isQuery: false, notes: [] };
  let place = 0;
  const next = (): string => words[place++] ?? '';
  while (place < words.length) {
    const word = next();
    if (word === '--next' || word === '-:') {
      reading.notes.push('The request after --next was left out.');
      break;
    }
    if (word.startsWith('--')) readLongOption(reading, word, next);
    else if (word.startsWith('-')) readShortOptions(reading, word, next);
    else reading.url ??= word;
  }
  return reading;
}

/** Whether a text is a curl command. */
export function isCurl(text: string): boolean {
  return /^\s*(\$\s+)?curl\s/.test(text);
}

/** The request of a curl command. Throws a RangeError when it names no URL, or says that it goes to another place than that. */
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
