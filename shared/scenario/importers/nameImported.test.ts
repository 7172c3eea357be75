import { describe, expect, it } from 'vitest';
import { proxyOf } from '../proxy';
import { fromCurl } from './curl/curl';
import { fromHar } from './har';
import { everyRequest } from './importFilter';
import { nameImported } from './nameImported';

describe('imported requests', () => {
  it('of a curl command have names in the place of secrets', () => {
    const { imported, secrets } = nameImported(
      fromCurl(
        "curl 'http://127.0.0.1/a?api_key=k1&page=2' -u me:pw -H 'X-Api-Key: k1' -H 'Accept: x' -b 'id=1; b=2' -d 'user=me&password=p%20w'",
      ),
      ['COOKIE'],
    );
    expect(imported.requests).toEqual([
      {
        method: 'POST',
        url: 'http://127.0.0.1/a?api_key={{secret.API_KEY}}&page=2',
        headers: {
          Authorization: 'Basic {{secret.AUTHORIZATION}}',
          'X-Api-Key': '{{secret.API_KEY}}',
          Accept: 'x',
          Cookie: '{{secret.COOKIE_2}}',
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: 'user=me&password={{secret.PASSWORD}}',
      },
    ]);
    expect(secrets).toEqual([
      { name: 'API_KEY', value: 'k1', about: 'api_key' },
      { name: 'AUTHORIZATION', value: btoa('me:pw'), about: 'Authorization' },
      { name: 'COOKIE_2', value: 'id=1; b=2', about: 'Cookie' },
      { name: 'PASSWORD', value: 'p%20w', about: 'password' },
    ]);
  });

  it('go through a proxy whose user and password have names of their own', () => {
    const named = (command: string) => nameImported(fromCurl(`${command} http://127.0.0.1/a -u me:pw`), []);
    const { imported, secrets } = named('curl -x proxy.test:3128 -U ann:p@w+x');
    expect(imported.proxy).toBe('http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@proxy.test:3128');
    expect(secrets.slice(1)).toEqual([
      { name: 'PROXY_USER', value: 'ann', about: 'proxy user' },
      { name: 'PROXY_PASSWORD', value: 'p@w+x', about: 'proxy password' },
    ]);
    const values = new Map(secrets.map(({ name, value }) => [name, value]));
    expect(proxyOf(imported.proxy ?? '', (name) => values.get(name)).authorization).toBe(`Basic ${btoa('ann:p@w+x')}`);
    const referred = named('curl -x proxy.test:3128 -U "{{secret.PROXY_USER}}:pw"').imported.proxy;
    expect(referred).toBe('http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@proxy.test:3128');
    expect(named('curl -x proxy.test:3128').imported.proxy).toBe('http://proxy.test:3128');
  });

  it('of a recording have one name for a secret that all of them have, and userinfo as the header that it becomes', () => {
    const request = (url: string) => ({ request: { method: 'GET', url, headers: [{ name: 'cookie', value: 'a=b' }] } });
    const har = fromHar(
      { log: { entries: [request('http://u:p%40@127.0.0.1/a'), request('http://127.0.0.1/b')] } },
      everyRequest,
    );
    const { imported, secrets } = nameImported(har, []);
    expect(imported.requests.map(({ url, headers }) => [url, headers])).toEqual([
      ['http://127.0.0.1/a', { cookie: '{{secret.COOKIE}}', Authorization: 'Basic {{secret.AUTHORIZATION}}' }],
      ['http://127.0.0.1/b', { cookie: '{{secret.COOKIE}}' }],
    ]);
    expect(secrets.map(({ value }) => value)).toEqual(['a=b', btoa('u:p@')]);
  });

  it('without secrets stay as they are, and so does what no secret can be', () => {
    const plain = fromCurl("curl http://127.0.0.1/a -H 'Accept: x'");
    expect(nameImported(plain, [])).toEqual({ imported: plain, secrets: [] });
    const har = fromHar(
      {
        log: {
          entries: [
            {
              request: {
                method: 'POST',
                url: 'http://127.0.0.1/a',
                headers: [],
                postData: { text: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----' },
              },
            },
          ],
        },
      },
      everyRequest,
    );
    expect(nameImported(har, []).secrets).toEqual([]);
  });
});
