/*
 * The options of curl 8.17 and earlier: their names, their letters, and whether they take a value
 * (curl.se/docs/manpage.html). Options that do not affect a request are listed too, so that their values are not
 * mistaken for the URL.
 */

/** An option of curl. */
export interface CurlOption {
  /** Its long name, without dashes. */
  name: string;
  takesValue: boolean;
}

const withValue = `
abstract-unix-socket alt-svc aws-sigv4 cacert capath cert/E cert-type ciphers config/K connect-timeout connect-to
continue-at/C cookie/b cookie-jar/c create-file-mode crlfile curves data/d data-ascii data-binary data-raw
data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header/D ech egd-file
engine etag-compare etag-save expect100-timeout form/F form-string ftp-account ftp-alternative-to-user ftp-method
ftp-port/P ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header/H hostpubmd5 hostpubsha256 hsts interface
ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type knownhosts krb krb4 libcurl limit-rate local-port
login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time/m netrc-file noproxy oauth2-bearer output/o
output-dir parallel-max parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy/x proxy1.0
proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type
proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser
proxy-user/U pubkey quote/Q random-file range/r rate referer/e request/X request-target resolve retry retry-delay
retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname
speed-limit/Y speed-time/y ssl-sessions stderr telnet-option/t tftp-blksize time-cond/z tls-max tls13-ciphers
tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file/T upload-flags url url-query
user/u user-agent/A variable vlan-priority write-out/w
`;

const withoutValue = `
alpn anyauth append/a basic buffer ca-native cert-status clobber compressed compressed-ssh create-dirs crlf digest
disable/q disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure dump-ca-embed eprt epsv fail/f
fail-early fail-with-body false-start follow form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl
ftp-ssl-ccc ftp-ssl-control ftp-ssl-reqd get/G globoff/g haproxy-protocol head/I help/h http0.9 http1.0/0 http1.1 http2
http2-prior-knowledge http3 http3-only ignore-content-length include insecure/k ipv4/4 ipv6/6 junk-session-cookies/j
keepalive list-only/l location/L location-trusted mail-rcpt-allowfails manual/M metalink mptcp negotiate netrc/n
netrc-optional next/: no-buffer/N npn ntlm ntlm-wb out-null parallel/Z parallel-immediate path-as-is post301 post302
post303 progress-bar/# progress-meter proxy-anyauth proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure
proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel/p raw
remote-header-name/J remote-name/O remote-name-all remote-time/R remove-on-error retry-all-errors retry-connrefused
sasl-ir sessionid show-error/S show-headers/i silent/s skip-existing socks5-basic socks5-gssapi socks5-gssapi-nec ssl
ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2/2 sslv3/3 styled-output
suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1/1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3
tr-encoding trace-ids trace-time use-ascii/B verbose/v version/V xattr
`;

const byName = new Map<string, CurlOption>();
const byLetter = new Map<string, CurlOption>();

for (const [list, takesValue] of [
  [withValue, true],
  [withoutValue, false],
] as const)
  for (const entry of list.trim().split(/\s+/)) {
    const [name = '', letter] = entry.split('/');
    const option = { name, takesValue };
    byName.set(name, option);
    if (letter !== undefined) byLetter.set(letter, option);
  }

/** Returns the option with a letter, as in `-X`. */
export function optionOfLetter(letter: string): CurlOption | undefined {
  return byLetter.get(letter);
}

/** Returns how many options begin with a word, and the first of them. */
function beginningWith(word: string): CurlOption | undefined {
  const found = [...byName.values()].filter(({ name }) => name.startsWith(word));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Returns the option with a long name, given without dashes. Versions before 8.10 accept an unambiguous prefix of a
 * name. `no-` turns off an option without a value, and `expand-` fills variables into a value.
 */
export function optionOfName(word: string): CurlOption | undefined {
  const exact = byName.get(word);
  if (exact) return exact;
  if (word.startsWith('no-')) {
    const option = byName.get(word.slice(3));
    return option && !option.takesValue ? { name: word, takesValue: false } : undefined;
  }
  if (word.startsWith('expand-')) return byName.get(word.slice(7));
  return word.length > 1 ? beginningWith(word) : undefined;
}

/** Options about how curl displays and stores a response and how long it waits for it. A load does neither. */
export const quietOptions: ReadonlySet<string> = new Set(
  `
  silent show-error verbose include show-headers fail fail-early fail-with-body output output-dir out-null remote-name
  remote-name-all remote-header-name remote-time write-out dump-header trace trace-ascii trace-config trace-ids
  trace-time stderr progress-bar progress-meter no-progress-meter styled-output no-styled-output buffer no-buffer
  create-dirs create-file-mode clobber no-clobber skip-existing xattr libcurl cookie-jar
  junk-session-cookies http1.1 keepalive disable remove-on-error max-time connect-timeout basic
  suppress-connect-headers form-escape proxy-basic
  `
    .trim()
    .split(/\s+/),
);

/** Options that make curl connect to another place than the URL. */
export const elsewhereOptions: ReadonlySet<string> = new Set(
  `
  resolve connect-to unix-socket abstract-unix-socket preproxy proxy1.0 socks4 socks4a socks5 socks5-hostname
  dns-servers doh-url config
  `
    .trim()
    .split(/\s+/),
);
