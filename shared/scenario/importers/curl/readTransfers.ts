import { percentEncoded } from '../multipart';
import { elsewhereOptions, optionOfLetter, optionOfName, quietOptions } from './curlOptions';
import { type CurlTransfer, contentOf, emptyTransfer } from './curlTransfer';
import { readFormPart } from './formPart';
import type { ShellCommand } from './shellCommand';

function addData(transfer: CurlTransfer, part: string, separator = '&'): void {
  transfer.data = transfer.data ? `${transfer.data}${separator}${part}` : part;
}

/** Reads `-d` and `--data-ascii`, which drop the line ends of a file, or `--data-binary`, which keeps them. */
function dataOf(transfer: CurlTransfer, value: string, isBinary: boolean): string {
  if (!value.startsWith('@')) return value;
  const content = contentOf(transfer, value.slice(1));
  return isBinary ? content : content.replace(/[\r\n\0]/g, '');
}

/** Reads `content`, `=content`, `name=content`, `@file` or `name@file`. */
function urlEncoded(transfer: CurlTransfer, value: string): string {
  const at = value.includes('=') ? value.indexOf('=') : value.indexOf('@');
  if (at < 0) return percentEncoded(value);
  const content = value[at] === '@' ? contentOf(transfer, value.slice(at + 1)) : value.slice(at + 1);
  return `${at > 0 ? `${value.slice(0, at)}=` : ''}${percentEncoded(content)}`;
}

function cookie(transfer: CurlTransfer, value: string): void {
  if (value.includes('=')) transfer.cookies.push(value);
  else if (value !== '') transfer.notes.push(`The cookies of the file ${value} were left out: it was not read.`);
}

function header(transfer: CurlTransfer, value: string): void {
  if (value.startsWith('@'))
    transfer.notes.push(`The headers of the file ${value.slice(1)} were left out: it was not read.`);
  else transfer.headers.push(value);
}

type Read = (transfer: CurlTransfer, value: string) => void;

function implies(name: string, write: (value: string) => string = (value) => value): Read {
  return ({ implied }, value) => void implied.set(name, write(value));
}

function follows(isFollowed: boolean): Read {
  return (transfer) => {
    transfer.isFollowed = isFollowed;
  };
}

function globs(isGlobOff: boolean): Read {
  return (transfer) => {
    transfer.isGlobOff = isGlobOff;
  };
}

function scheme(name: string): Read {
  return (transfer) => {
    transfer.scheme = name;
  };
}

function proxyScheme(name: string): Read {
  return (transfer) => {
    transfer.proxyScheme = name;
  };
}

/** Certificates are files, which are not read, and verification must not be switched off unnoticed. */
const tls: Read = ({ notes }) =>
  void notes.push('The options for verifying certificates were left out: use the TLS options of the scenario.');

const readers: Readonly<Record<string, Read>> = {
  url: ({ urls }, value) => void urls.push(value),
  request: (transfer, value) => {
    transfer.method = value;
  },
  head: (transfer) => {
    transfer.isHead = true;
  },
  get: (transfer) => {
    transfer.isQuery = true;
  },
  header,
  data: (transfer, value) => addData(transfer, dataOf(transfer, value, false)),
  'data-ascii': (transfer, value) => addData(transfer, dataOf(transfer, value, false)),
  'data-binary': (transfer, value) => addData(transfer, dataOf(transfer, value, true)),
  'data-raw': (transfer, value) => addData(transfer, value),
  'data-urlencode': (transfer, value) => addData(transfer, urlEncoded(transfer, value)),
  json: (transfer, value) => {
    transfer.isJson = true;
    addData(transfer, dataOf(transfer, value, true), '');
  },
  form: (transfer, value) => void transfer.form.push(readFormPart(transfer, value, false)),
  'form-string': (transfer, value) => void transfer.form.push(readFormPart(transfer, value, true)),
  'url-query': (transfer, value) =>
    void transfer.query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(transfer, value)),
  'upload-file': (transfer, value) => {
    transfer.upload = value;
  },
  user: (transfer, value) => {
    transfer.user = value;
  },
  cookie,
  'oauth2-bearer': implies('Authorization', (value) => `Bearer ${value}`),
  'user-agent': implies('User-Agent'),
  referer: implies('Referer', (value) => value.replace(/;auto$/, '')),
  range: implies('Range', (value) => `bytes=${value}`),
  compressed: implies('Accept-Encoding', () => 'deflate, gzip, br'),
  globoff: globs(true),
  'no-globoff': globs(false),
  location: follows(true),
  'no-location': follows(false),
  follow: follows(true),
  'location-trusted': (transfer) => {
    transfer.isFollowed = true;
    transfer.notes.push('--location-trusted was read as --location: secrets do not go to another server.');
  },
  'max-redirs': (transfer, value) => {
    transfer.maxRedirects = Number(value);
  },
  proxy: (transfer, text) => {
    transfer.proxy = { option: '--proxy', text };
  },
  'proxy-user': (transfer, value) => {
    transfer.proxyUser = value;
  },
  'proxy-digest': proxyScheme('Digest'),
  'proxy-ntlm': proxyScheme('NTLM'),
  'proxy-negotiate': proxyScheme('Negotiate'),
  'proxy-anyauth': proxyScheme('any authentication'),
  noproxy: (transfer, value) => {
    transfer.noProxy = value;
  },
  digest: scheme('Digest'),
  ntlm: scheme('NTLM'),
  negotiate: scheme('Negotiate'),
  anyauth: scheme('any authentication'),
  'aws-sigv4': scheme('a signature of AWS'),
  insecure: tls,
  cacert: tls,
  capath: tls,
  cert: tls,
  key: tls,
  'proxy-insecure': () => {},
};

/**
 * Load goes where its URL leads. A transfer that curl would send elsewhere is refused, because Proofload would send it
 * to the wrong place.
 */
function refuse(asWritten: string): never {
  if (/^--(?:socks|preproxy)/.test(asWritten))
    throw new RangeError(
      `${asWritten} names a SOCKS proxy, and only HTTP proxies are supported: write --proxy http://host:port, or take the option out`,
    );
  throw new RangeError(
    `with ${asWritten} curl may connect to another place than the URL says: take the option out, and write into the URL where the load is to go, with a Host header where the server needs another name`,
  );
}

function readOption(transfer: CurlTransfer, name: string, asWritten: string, value: string): void {
  // An empty proxy means no proxy.
  if (elsewhereOptions.has(name) && value !== '') refuse(asWritten);
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read) read(transfer, value);
  else if (!quietOptions.has(name) && !elsewhereOptions.has(name)) transfer.notes.push(`${asWritten} was left out.`);
}

/** Reads `--name value`, or `--name=value`, which curl accepts since 8.16. */
function readLong(transfer: CurlTransfer, word: string, next: () => string): void {
  const [, name = word.slice(2), value] = /^--([a-z0-9.-]+)=(.*)$/s.exec(word) ?? [];
  const option = optionOfName(name);
  if (option) readOption(transfer, option.name, `--${name}`, option.takesValue ? (value ?? next()) : '');
  // Earlier versions accepted an ambiguous prefix of a name.
  else if (name.length > 2 && [...elsewhereOptions].some((known) => known.startsWith(name))) refuse(`--${name}`);
  else transfer.notes.push(`--${name.slice(0, 80)} was left out.`);
}

/** Reads letters such as `-sSXPOST`. The first letter with a value takes the rest of the word or the next word. */
function readShort(transfer: CurlTransfer, word: string, next: () => string): void {
  for (let at = 1; at < word.length; at += 1) {
    const asWritten = `-${word[at]}`;
    const option = optionOfLetter(word[at] ?? '');
    if (option?.takesValue) {
      readOption(transfer, option.name, asWritten, word.slice(at + 1) || next());
      return;
    }
    if (option) readOption(transfer, option.name, asWritten, '');
    else transfer.notes.push(`${asWritten} was left out.`);
  }
}

/**
 * Returns the transfers of a curl command, whose first word is `curl`. Throws a RangeError when it connects to another
 * place than its URL.
 */
export function readTransfers({ words, input }: ShellCommand): CurlTransfer[] {
  let transfer = emptyTransfer(input);
  const transfers = [transfer];
  let place = 1;
  let areOptions = true;
  const next = (): string => words[place++] ?? '';
  while (place < words.length) {
    const word = next();
    if (areOptions && word === '--') areOptions = false;
    else if (areOptions && (word === '--next' || word === '-:')) {
      transfer = emptyTransfer(input);
      transfers.push(transfer);
    } else if (areOptions && word.startsWith('--')) readLong(transfer, word, next);
    // curl treats a single dash as a URL.
    else if (areOptions && word.startsWith('-')) readShort(transfer, word, next);
    else transfer.urls.push(word);
  }
  return transfers;
}
