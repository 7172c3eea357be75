import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../../tests/support/importedRequests';
import { readRequests } from '../readRequests';

/** The same request as browsers copy it for each shell. */
const expected = {
  method: 'POST',
  url: 'http://127.0.0.1:3000/a?x=1&y=%20',
  headers: { accept: '*/*', 'content-type': 'application/json', 'x-quote': 'it\'s "so"' },
  body: '{"a":"50%","b":"c:\\\\d"}',
};

describe('a request that was copied from a browser', () => {
  it.each([
    [
      'for bash, by Chrome',
      `curl 'http://127.0.0.1:3000/a?x=1&y=%20' \\
  -H 'accept: */*' \\
  -H 'content-type: application/json' \\
  -H $'x-quote: it\\'s "so"' \\
  --data-raw '{"a":"50%","b":"c:\\\\d"}' \\
  --insecure`,
    ],
    [
      'for cmd, by Chrome',
      [
        'curl ^"http://127.0.0.1:3000/a?x=1^&y=^%^20^" ^',
        '  -H ^"accept: */*^" ^',
        '  -H ^"content-type: application/json^" ^',
        '  -H ^"x-quote: it\'s ^\\^"so^\\^"^" ^',
        '  --data-raw ^"^{^\\^"a^\\^":^\\^"50^%^\\^",^\\^"b^\\^":^\\^"c:\\\\d^\\^"^}^"',
      ].join('\r\n'),
    ],
    [
      'for cmd, by older versions',
      [
        'curl "http://127.0.0.1:3000/a?x=1&y=%20" ^',
        '  -H "accept: */*" ^',
        '  -H "content-type: application/json" ^',
        '  -H "x-quote: it\'s ""so""" ^',
        '  --data-raw "{\\"a\\":\\"50%\\",\\"b\\":\\"c:\\\\d\\"}" > nul',
      ].join('\r\n'),
    ],
    [
      'for PowerShell, by Chrome and Firefox',
      [
        '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession',
        'Invoke-WebRequest -UseBasicParsing -Uri "http://127.0.0.1:3000/a?x=1&y=%20" `',
        '-Method "POST" `',
        '-WebSession $session `',
        '-Headers @{',
        '"accept"="*/*"',
        '  "x-quote"="it\'s `"so`""',
        '} `',
        '-ContentType "application/json" `',
        '-Body "{`"a`":`"50%`",`"b`":`"c:\\\\d`"}"',
      ].join('\r\n'),
    ],
    [
      'for curl in PowerShell',
      [
        "curl.exe 'http://127.0.0.1:3000/a?x=1&y=%20' `",
        '  -H "accept: */*" `',
        "  -H 'content-type: application/json' `",
        "  -H 'x-quote: it''s \\\"so\\\"' `",
        '  --data-raw \'{\\"a\\":\\"50%\\",\\"b\\":\\"c:\\\\d\\"}\'',
      ].join('\n'),
    ],
  ])('%s', (_how, text) => {
    const [request, ...others] = requestsOf(text).requests;
    expect(others).toEqual([]);
    const headers = Object.entries(request?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    expect({ ...request, headers: Object.fromEntries(headers) }).toEqual(expected);
  });

  it('has the cookies and the agent of its session, and characters by their numbers', () => {
    const text = [
      '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession',
      '$session.UserAgent = "Mozilla/5.0"',
      '$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1", "/", "127.0.0.1")))',
      '$session.Cookies.Add((New-Object System.Net.Cookie("b", "2", "/", "127.0.0.1")))',
      '$r = Invoke-WebRequest -Uri "http://127.0.0.1/a" -Method "PUT" -WebSession $session -Body ([System.Text.Encoding]::UTF8.GetBytes("caf$([char]233) $x"))',
      'Invoke-RestMethod "http://127.0.0.1/b" -TimeoutSec 5 -MaximumRedirection 0',
    ].join('\n');
    const { requests, notes } = requestsOf(text);
    expect(requests).toEqual([
      {
        method: 'PUT',
        url: 'http://127.0.0.1/a',
        headers: {
          'User-Agent': 'Mozilla/5.0',
          Cookie: 'sid=1; b=2',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: 'café $x',
      },
      { method: 'GET', url: 'http://127.0.0.1/b' },
    ]);
    expect(notes).toEqual([
      '-MaximumRedirection was left out.',
      expect.stringContaining('$x stood for what the shell'),
    ]);
  });

  it('has no cookies of the one before it, when a browser copied all of them', () => {
    const copied = (host: string, cookie: string) =>
      [
        '$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession',
        `$session.Cookies.Add((New-Object System.Net.Cookie("${cookie}", "1", "/", "${host}")))`,
        `Invoke-WebRequest -UseBasicParsing -Uri "http://${host}/" ${'`'}`,
        '-WebSession $session `',
        '-Headers @{',
        '"accept"="*/*"',
        '}',
      ].join('\r\n');
    expect(requestsOf(`${copied('x', 'a')} ;\r\n${copied('y', 'b')}`).requests.map(({ headers }) => headers)).toEqual([
      { accept: '*/*', Cookie: 'a=1' },
      { accept: '*/*', Cookie: 'b=1' },
    ]);
  });

  it('goes through the HTTP proxy that it names, and through no other', () => {
    const command = 'Invoke-WebRequest -Uri "http://x/" -ProxyUseDefaultCredentials -Proxy';
    const { proxy, requests } = requestsOf(`${command} http://proxy.test`);
    expect([proxy, requests.length]).toEqual(['http://proxy.test:80', 1]);
    expect(requestsOf(`${command} http://proxy.test:8080 -ProxyCredential $c`)).toMatchObject({
      proxy: 'http://proxy.test:8080',
      notes: expect.arrayContaining(['-ProxyCredential was left out.']),
    });
    expect(readRequests(`${command} socks5://proxy.test`)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('-Proxy names a proxy of the kind socks5://') },
    });
  });

  it('has JSON with doubled quotes in one line for cmd', () => {
    const command =
      'curl "http://x/a?b=%20" -H "Content-Type: application/json" --data-binary "{""a"":""b c"",""d"":1}"';
    expect(requestsOf(command).requests).toEqual([
      {
        method: 'POST',
        url: 'http://x/a?b=%20',
        headers: { 'Content-Type': 'application/json' },
        body: '{"a":"b c","d":1}',
      },
    ]);
  });

  it('has no variables of cmd where a URL is encoded', () => {
    const { requests, notes } = requestsOf('curl ^"http://x/^%^E4^%^BD^%^A0^" ^\r\n  -H ^"x: y^"');
    expect(requests).toEqual([{ method: 'GET', url: 'http://x/%E4%BD%A0', headers: { x: 'y' } }]);
    expect(notes).toEqual([]);
  });

  it('is several commands of cmd', () => {
    const text = 'curl ^"http://x/a^" && curl.exe ^"http://x/b^" ^\r\n  -d ^"a=%USER%^"\r\nrem curl http://x/c\r\n';
    const { requests, notes } = requestsOf(text);
    expect(requests.map(({ url }) => url)).toEqual(['http://x/a', 'http://x/b']);
    expect(notes).toEqual([expect.stringContaining('%USER% stood for')]);
  });
});
