import { describe, expect, it } from 'vitest';
import { requestsOf, scenarioOf } from '../../../../tests/support/importedRequests';
import { maxRequests } from '../importedRequests';
import { readRequests } from '../readRequests';

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('a curl command', () => {
  it('is read with method, headers, body and user, as curl would send them', () => {
    expect(
      requestsOf(
        `curl -X PUT 'http://127.0.0.1:3000/orders/1?x=1' \\\n  -H 'Content-Type: application/json' -H "X-Name: it's" -u ann:secret --data-raw '{"a": "b c"}' -s --compressed`,
      ),
    ).toMatchObject({
      name: '127.0.0.1:3000',
      requests: [
        {
          method: 'PUT',
          url: 'http://127.0.0.1:3000/orders/1?x=1',
          headers: { 'Content-Type': 'application/json', 'X-Name': "it's", Authorization: 'Basic YW5uOnNlY3JldA==' },
          acceptEncoding: ['deflate', 'gzip', 'br'],
          body: '{"a": "b c"}',
        },
      ],
      notes: [],
    });
  });

  it.each([
    ['curl 127.0.0.1:8080', { method: 'GET', url: 'http://127.0.0.1:8080/' }],
    ['$ curl -XDELETE http://x/1', { method: 'DELETE', url: 'http://x/1' }],
    ['curl http://x -d a=1 -d b=2', { method: 'POST', body: 'a=1&b=2', headers: form }],
    ['curl http://x -d a="b c" -d user[name]=ann', { body: 'a=b c&user[name]=ann' }],
    ['curl -G http://x/s -d q=1', { method: 'GET', url: 'http://x/s?q=1' }],
    ['curl -G http://x/s?a=0#top -d q=1 -d r=2', { url: 'http://x/s?a=0&q=1&r=2' }],
    ['curl -IG http://x/s -d q=1', { method: 'HEAD', url: 'http://x/s?q=1' }],
    [`curl --json '{"a":1}' --url=http://x`, { method: 'POST', url: 'http://x/', body: '{"a":1}' }],
    [
      `curl --json '{}' -H 'content-type: application/vnd.api+json' http://x`,
      { headers: { 'content-type': 'application/vnd.api+json', Accept: 'application/json' } },
    ],
    ['curl -I http://x', { method: 'HEAD' }],
    [
      'curl http://user:p%40w@127.1:80/a#b',
      { url: 'http://127.0.0.1/a', headers: { Authorization: 'Basic dXNlcjpwQHc=' } },
    ],
    ['curl -u me:x http://user:pw@x/', { url: 'http://x/', headers: { Authorization: 'Basic bWU6eA==' } }],
    ['curl -u ü:ä x', { url: 'http://x/', headers: { Authorization: 'Basic w7w6w6Q=' } }],
    ['curl -o file -m 5 http://x', { url: 'http://x/' }],
    ['curl --oauth2-bearer t0k http://x', { headers: { Authorization: 'Bearer t0k' } }],
    ["curl -b 'a=1' -b 'b=2' -H 'Cookie: c=3' http://x", { headers: { Cookie: 'c=3; a=1; b=2' } }],
    [
      'curl -A me -e "http://y/;auto" -r 0-99 http://x',
      { headers: { 'User-Agent': 'me', Referer: 'http://y/', Range: 'bytes=0-99' } },
    ],
    ["curl -H 'X-Empty;' http://x", { headers: { 'X-Empty': '' } }],
    ['curl http://x --data-urlencode "a b"', { body: 'a%20b' }],
    ['curl http://x --data-urlencode "=a=b"', { body: 'a%3Db' }],
    ["curl http://x --data-urlencode 'n=it'\\''s(1)*!~'", { body: 'n=it%27s%281%29%2A%21~' }],
    ['curl http://x/a/ --url-query "q=a b" --url-query +r=1', { url: 'http://x/a/?q=a%20b&r=1' }],
    ['curl -T report.csv http://x/in/', { method: 'PUT', url: 'http://x/in/report.csv', body: '' }],
    ['curl -- http://x/a', { url: 'http://x/a' }],
    ['curl --head --no-silent http://x/a', { method: 'HEAD' }],
    ['curl --silen --user-ag me http://x/a', { headers: { 'User-Agent': 'me' } }],
    ['curl -sSfLo/dev/null -w"%{http_code}\\n" -XPUT http://x/a', { method: 'PUT', url: 'http://x/a' }],
    ['curl -d @- http://x/a <<< "a b"', { body: 'a b' }],
    [`echo '{"a": 1}' | curl --json @- http://x/a`, { body: '{"a": 1}\n' }],
    ['cat <<EOF | curl --data-binary @- http://x/a\nline 1\nline 2\nEOF', { body: 'line 1\nline 2\n' }],
    ['curl http://x/a -d "$(cat <<\'EOF\'\n{"a": "$b"}\nEOF\n)"', { body: '{"a": "$b"}' }],
    ["curl http://x/a -d $'it\\'s\\u0021\\n'", { body: "it's!\n" }],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the shell.
    ['T=abc\ncurl -H "X: $T" "http://x/${T}/${U:-u}"', { url: 'http://x/abc/u', headers: { X: 'abc' } }],
    ['/usr/bin/curl http://x/a', { url: 'http://x/a' }],
    ['sudo curl http://x/a', { url: 'http://x/a' }],
    ['time curl http://x/a', { url: 'http://x/a' }],
    ['PS C:\\Users\\me> curl.exe http://x/a', { url: 'http://x/a' }],
    ['C:\\> curl http://x/a', { url: 'http://x/a' }],
    ['```bash\n$ curl http://x/a\n```\n', { url: 'http://x/a' }],
    ['root@box:/etc# curl http://x/a', { url: 'http://x/a' }],
    ['[me@box ~]$ curl http://x/a', { url: 'http://x/a' }],
    ['➜  ~ curl http://x/a', { url: 'http://x/a' }],
    [
      'curl -F "a=1;type=text/x" -F b=2 -H "Content-Type: multipart/form-data" http://x',
      { method: 'POST', body: expect.stringContaining('name="a"\r\nContent-Type: text/x\r\n\r\n1\r\n') },
    ],
    ['curl --form-string "a=@b;type=c" http://x', { body: expect.stringContaining('name="a"\r\n\r\n@b;type=c\r\n') }],
  ])('%s', (command, expected) => {
    expect(requestsOf(command).requests).toEqual([expect.objectContaining(expected)]);
  });

  it.each([
    ['curl http://x/a && curl -X DELETE http://x/b; curl http://x/c || curl http://x/d', ['/a', '/b', '/c', '/d']],
    ['curl http://x/a \\\n  -s\n\n# the next\ncurl http://x/b | jq .id\n', ['/a', '/b']],
    ['curl http://x/a http://x/b --url http://x/c', ['/a', '/b', '/c']],
    ['curl "http://x/{a,b}/[1-2]"', ['/a/1', '/a/2', '/b/1', '/b/2']],
    ['curl http://x/[08-10] http://x/[a-c]', ['/08', '/09', '/10', '/a', '/b', '/c']],
    ['$ curl http://x/a\n{"id": 1}\n$ curl http://x/b\n', ['/a', '/b']],
    ['T=$(curl -s http://x/login | jq -r .t)\ncurl -H "A: $T" http://x/a', ['/login', '/a']],
    ['for i in 1 2; do curl -s http://x/a > /dev/null; done', ['/a']],
    ['curl http://x/a >out.json 2>&1 &\ncurl http://x/b', ['/a', '/b']],
  ])('is one of several: %s', (text, paths) => {
    expect(requestsOf(text).requests.map(({ url }) => url?.slice('http://x'.length))).toEqual(paths);
  });

  it('never runs what stands in it', () => {
    expect(requestsOf('curl "http://x/$(rm -rf /)" -H "A: `id`"').requests[0]).toMatchObject({
      url: 'http://x/$(rm%20-rf%20/)',
    });
    expect(requestsOf('curl http://x/$HOME').requests[0]?.url).toBe('http://x/$HOME');
  });

  it('has a path where the shell would fill the server in', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the shell.
    const { requests, notes } = requestsOf('curl "$BASE/a" && curl http://${HOST}:3000/b');
    expect(requests.map(({ url }) => url)).toEqual(['/a', '/b']);
    expect(notes).toContainEqual('$BASE stands for a server: name it as the target.');
  });

  it.each([
    ['curl --noproxy x http://x/1', []],
    ['curl -U me:pw http://x/1', ['The user of the proxy was left out: no proxy is named.']],
    ['curl -x "" http://x/1', []],
    ['curl --unknown=http://y/ http://x/1', ['--unknown was left out.']],
    ['curl -sSfZo file http://x/1', ['-Z was left out.']],
    ['curl -L --post301 http://x/1', ['--post301 was left out.']],
    [
      'curl -u me:pw --digest http://x/1',
      ['Digest was left out: write an Authorization header if the server takes one.'],
    ],
    ['curl -k --cacert a.pem http://x/1', [expect.stringContaining('TLS options of the scenario')]],
    ['curl -b cookies.txt http://x/1', ['The cookies of the file cookies.txt were left out: it was not read.']],
    ['curl -H @headers.txt http://x/1', ['The headers of the file headers.txt were left out: it was not read.']],
    ['curl http://x/1?a=1&b=2', [expect.stringContaining('put the URL into quotes')]],
  ])('takes no value of an option for the URL, and says what was left out: %s', (command, notes) => {
    const { requests, notes: said } = requestsOf(command);
    expect(requests).toMatchObject([{ url: expect.stringMatching(/^http:\/\/x\/1/) }]);
    expect(said).toEqual(notes);
  });

  it.each([
    ['curl -L http://x/1', 20, []],
    ['curl -L --max-redirs 3 http://x/1', 3, []],
    ['curl --max-redirs 3 http://x/1', undefined, []],
    ['curl -L --no-location http://x/1', undefined, []],
    ['curl --location --max-redirs -1 http://x/1', 20, ['At most 20 redirects are followed.']],
    ['curl --location-trusted http://x/1', 20, [expect.stringContaining('secrets do not go')]],
  ])('follows redirects where curl would: %s', (command, redirects, notes) => {
    const { requests, notes: said } = requestsOf(command);
    expect(requests.map((request) => request.redirects)).toEqual([redirects]);
    expect(said).toEqual(notes);
  });

  it.each([
    ['curl -x http://proxy.test:3128 http://x/', 'http://proxy.test:3128'],
    ['curl -sSxproxy.test http://x/', 'http://proxy.test:1080'],
    ['curl -sx proxy.test:80 https://x/', 'http://proxy.test:80'],
    ['curl --proxy=ann:p%40w@proxy.test:80 http://x/', 'http://ann:p%40w@proxy.test:80'],
    ['curl -x b:c@proxy.test:80 -U ann:p@w http://x/', 'http://ann:p%40w@proxy.test:80'],
    ['curl -x proxy.test:80 --proxy-basic -U "ann:{{secret.PW}}" http://x/', 'http://ann:{{secret.PW}}@proxy.test:80'],
    ['curl -x proxy.test:80 http://x/a -: --proxy proxy.test:80 http://x/b', 'http://proxy.test:80'],
    ['curl -x proxy.test:80 --noproxy y,.z http://x.y.zz/', 'http://proxy.test:80'],
    ['curl -x proxy.test:80 --noproxy "y, .Z" http://x.z/a http://x.y:81/b', undefined],
    ['curl -x proxy.test:80 --noproxy "*" http://x/', undefined],
    ['curl --proxy "" http://x/', undefined],
  ])('goes through the proxy that curl would take: %s', (command, proxy) => {
    const imported = requestsOf(command);
    expect(imported.proxy).toBe(proxy);
    const place = proxy?.replace(/\/\/.*@/, '//');
    expect(imported.notes).toEqual(place === undefined ? [] : [`All requests go through the proxy ${place}.`]);
    expect(scenarioOf(command).proxy).toBe(proxy);
  });

  it('has no user of a proxy whose authentication is not supported', () => {
    for (const user of ['ann:pw@', '']) {
      const { proxy, notes } = requestsOf(`curl -x http://${user}proxy.test:80 --proxy-ntlm -U ann:pw http://x/`);
      expect(proxy).toBe('http://proxy.test:80');
      expect(notes).toContainEqual(expect.stringContaining('NTLM is not supported there'));
    }
    expect(requestsOf('curl -x proxy.test:80 --proxy-anyauth http://x/').notes).toHaveLength(1);
  });

  it.each([
    ['curl --socks5-hostname proxy.test http://x/', /--socks5-hostname names a SOCKS proxy/],
    ['curl --socks4 proxy.test http://x/', /--socks4 names a SOCKS proxy/],
    ['curl --preproxy proxy.test http://x/', /--preproxy names a SOCKS proxy/],
    ['curl -x socks5://proxy.test http://x/', /of the kind socks5:\/\/.*http:\/\/host:port/],
    ['curl -x SOCKS5h://a:b@proxy.test --proxy-ntlm http://x/', /of the kind socks5h:\/\//],
    ['curl --proxy https://proxy.test:443 http://x/', /of the kind https:\/\/.*without TLS/],
    ['curl -x proxy.test/path http://x/', /the proxy of --proxy cannot be used: it must have no path/],
    ['curl http://y/ -: --proxy proxy.test http://x/', /one proxy for all of them/],
    ['curl -x a:1 http://x/ && curl -x b:1 http://x/1', /one proxy for all of them/],
    ['curl -x a:1 --noproxy x http://x/ http://y/', /one proxy for all of them/],
  ])('is refused for its proxy: %s', (command, message) => {
    expect(readRequests(command)).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } });
  });

  it('takes a value as it is, also one that looks like an option', () => {
    expect(requestsOf('curl http://x/ --data-raw -sSX=1 -d --proxy').requests[0]?.body).toBe('-sSX=1&--proxy');
  });

  it.each([
    'curl --resolve api.test:443:192.0.2.1 https://api.test/',
    'curl --prox proxy.test http://x/',
    'curl --proxy1.0 proxy.test http://x/',
    'curl http://x/ --connect-to x:80:y:80',
    'curl --unix-socket /run/a.sock http://x/',
    'curl --abstract-unix-socket a http://x/',
    'curl --dns-servers 192.0.2.1 http://x/',
    'curl --doh-url https://dns.test/ http://x/',
    'curl -K more.conf http://x/',
  ])('is refused by the name of the option that sends it elsewhere: %s', (command) => {
    const name = /(?<= )--?[a-z0-9.-]+/i.exec(command)?.[0] ?? '';
    expect(readRequests(command)).toMatchObject({
      ok: false,
      error: {
        message: expect.stringMatching(new RegExp(`with ${name}.* curl may connect to another place than the URL`)),
      },
    });
  });

  it.each([
    ['curl -X POST', /names no URL/],
    ['curl http:///dev/null', /names no host/],
    ['curl \'http://{"a":1}\'', /no http\(s\) server|not the name of a host/],
    ['curl "http://q=a b"', /no http\(s\) server/],
    ['curl name=value', /not the name of a host/],
    ['curl ftp.example.com/a', /another protocol/],
    ['curl file:///etc/passwd', /file: is not http/],
    ['curl -X TRACE http://x/', /1 request was left out, with the method TRACE/],
  ])('is refused where no request can be made: %s', (command, message) => {
    expect(readRequests(command)).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } });
  });

  it('sends braces as they are written, but for those of secrets', () => {
    const { requests, data, notes } = requestsOf(
      `curl http://x/{{id}} -H 'Authorization: Bearer {{secret.TOKEN}}' -d '{"t":"{{id}} {{ name }}"}'`,
    );
    expect(requests).toMatchObject([
      {
        url: 'http://x/{{literal_id}}',
        headers: { Authorization: 'Bearer {{secret.TOKEN}}' },
        body: '{"t":"{{literal_id}} {{literal_name}}"}',
      },
    ]);
    expect(data).toEqual([{ literal_id: '{{id}}', literal_name: '{{ name }}' }]);
    expect(notes).toContainEqual(expect.stringContaining('{{id}} is sent as it is written'));
  });
});

describe('a text that is large', () => {
  it('is read in one pass: a body of a megabyte', () => {
    const body = `{"a":"${'x'.repeat(2 ** 20)}"}`;
    expect(requestsOf(`curl http://x/ --data-raw '${body}'`).requests[0]?.body).toBe(body);
    expect(requestsOf(`curl ^"http://x/^" --data-raw ^"${'x'.repeat(2 ** 20)}^"`).requests[0]?.body).toHaveLength(
      2 ** 20,
    );
  });

  it.each([
    ['commands', 'curl http://x/a\n'.repeat(20_000)],
    ['different commands', Array.from({ length: 20_000 }, (_none, index) => `curl http://x/${index}\n`).join('')],
    ['brackets that are not closed', `curl http://x/ ${'$('.repeat(2 ** 19)}`],
    ['here-documents that are not closed', `curl http://x/ ${'<<A'.repeat(2 ** 18)}`],
    ['backticks', `curl http://x/ ${'`'.repeat(2 ** 20)}`],
    ['commands inside of quotes', `curl http://x/ ${'"$('.repeat(2 ** 18)}`],
    ['quotes that are not closed', `curl http://x/ ${`"'`.repeat(2 ** 19)}`],
    ['backslashes', `curl ^"http://x/^" ${'\\'.repeat(2 ** 20)}`],
    ['options', `curl http://x/ ${'-H a:b '.repeat(2 ** 17)}`],
    ['marks of PowerShell', `Invoke-WebRequest -Uri "http://x/" -Headers ${'@{('.repeat(2 ** 18)}`],
    ['globs', `curl http://x/${'[1-999999999]'.repeat(1_000)}`],
    ['prompts', 'a@b '.repeat(2 ** 18)],
  ])('is bounded: %s', (_what, text) => {
    const result = readRequests(text);
    if (result.ok) expect(result.value.requests.length).toBeLessThanOrEqual(maxRequests);
    else expect(result.error.code).toBe('import-failed');
  });
});
