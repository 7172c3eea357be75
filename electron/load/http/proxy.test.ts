import { readFileSync } from 'node:fs';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import { closedAfterTest } from '../../../tests/support/closedAfterTest';
import { plainWorkload } from '../../../tests/support/factories';
import { type ProxyPlan, startProxy } from '../../../tests/support/httpProxy';
import { startServer } from '../../../tests/support/testServer';
import { timerClock } from '../clock';
import { WorkTimer } from '../workTimer';
import { Exchange } from './exchange';
import { HttpClient } from './httpClient';
import { originIn, readTls, transportOf } from './origin';

const folder = join(import.meta.dirname, '../../../tests/fixtures/tls');
const caFile = join(folder, 'cert.pem');
const pem = { cert: readFileSync(caFile), key: readFileSync(join(folder, 'key.pem')) };
const authorization = `Basic ${btoa('ann:p w')}`;

describe('a proxy', () => {
  async function secureServer(): Promise<string> {
    const server = createSecureServer(pem, (request, response) => response.end(`secure ${request.url}`));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return `https://localhost:${address !== null && typeof address === 'object' ? address.port : 0}/`;
  }

  function clientOf(url: string, proxy: string): HttpClient {
    const transport = transportOf({ proxy }, {}, (name) => ({ USER: 'ann', PASSWORD: 'p w' })[name]);
    const tls = readTls({ insecureSkipTLSVerify: false, caFile });
    const addresses = { 'shop.test': ['shop.test'], localhost: ['127.0.0.1'] };
    const origin = originIn(wireUrl(url), { target: { url }, addresses, tls, transport });
    const client = new HttpClient([origin], 5_000, timerClock, new WorkTimer());
    onTestFinished(() => client.close());
    return client;
  }

  function ask(client: HttpClient, url: string): Promise<string> {
    return new Promise((settle) => {
      const exchange = new Exchange(({ failure, response }) => settle(failure ?? response?.text() ?? ''));
      const sentMs = timerClock.nowMs();
      const { host, target } = wireUrl(url);
      const { wire, ...rest } = plainWorkload.next();
      const head = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      exchange.begin({ ...rest, keepsBody: true, wire: { ...wire, head } }, sentMs, sentMs);
      client.send(exchange);
    });
  }

  const withUser = (url: string): string => url.replace('://', '://{{secret.USER}}:{{secret.PASSWORD}}@');

  it('takes requests to http in absolute form, with its own credentials, over kept connections', async () => {
    const server = await closedAfterTest(
      startServer((request, response) => response.end(`plain ${request.headers.host}`)),
    );
    const proxy = await closedAfterTest(startProxy({ authorization }));
    const url = server.url.replace('127.0.0.1', 'shop.test');
    const client = clientOf(url, withUser(proxy.url));
    await client.preconnect(1);
    const { host } = new URL(url);
    expect(await ask(client, `${url}a?b=1`)).toBe(`plain ${host}`);
    expect(await ask(client, `${url}a?b=1`)).toBe(`plain ${host}`);
    expect(await ask(client, `${url}c`)).toBe(`plain ${host}`);
    expect(proxy.asked).toEqual([`GET ${url}a?b=1`, `GET ${url}a?b=1`, `GET ${url}c`]);
    expect(proxy.forwarded.every((headers) => headers['proxy-authorization'] === authorization)).toBe(true);
    expect(client.flushConnections()).toMatchObject({ opened: 1, open: 1 });
  });

  it('opens a tunnel to https, in which TLS is with the server', async () => {
    const url = await secureServer();
    const proxy = await closedAfterTest(startProxy({ authorization }));
    const client = clientOf(url, withUser(proxy.url));
    await client.preconnect(1);
    expect(await ask(client, `${url}a`)).toBe('secure /a');
    expect(await ask(client, `${url}b`)).toBe('secure /b');
    expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host}`]);
    expect(client.flushConnections()).toMatchObject({ opened: 1, connect: { count: 1 }, tls: { count: 1 } });
  });

  it.each<[why: string, plan: ProxyPlan, message: RegExp, remedy: RegExp]>([
    ['wants to know who asks', { authorization }, /asks for a user and a password \(407\)/, /secret/],
    ['refuses', { refusal: 403 }, /does not connect to localhost:\d+: it answered 403 Forbidden/, /allow this server/],
  ])('that %s keeps a load from being begun', async (_why, plan, message, remedy) => {
    const url = await secureServer();
    const proxy = await closedAfterTest(startProxy(plan));
    await expect(clientOf(url, proxy.url).preconnect(1)).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(remedy),
    });
  });

  it('that does not accept its user says so', async () => {
    const proxy = await closedAfterTest(startProxy({ authorization: 'Basic other' }));
    await expect(clientOf(await secureServer(), withUser(proxy.url)).preconnect(1)).rejects.toMatchObject({
      message: expect.stringContaining('does not accept the user and the password of its URL'),
    });
  });

  it('that is not there is told apart from a server that is not there', async () => {
    const proxy = await closedAfterTest(startProxy());
    await proxy.close();
    for (const url of ['http://shop.test:81/', 'https://shop.test:444/']) {
      await expect(clientOf(url, proxy.url).preconnect(1)).rejects.toMatchObject({
        message: expect.stringMatching(/^the proxy at 127\.0\.0\.1:\d+ does not accept connections/),
      });
      expect(await ask(clientOf(url, proxy.url), url)).toBe('proxy-unreachable');
    }
  });

  it.each([
    ['closes without an answer', ''],
    ['speaks something else', 'SSH-2.0-x\r\n\r\n'],
    ['sends bytes before it was asked', 'HTTP/1.1 200 OK\r\n\r\nHello'],
  ])('that %s has refused', async (_what, answer) => {
    const other = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    });
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const url = 'https://shop.test/';
    expect(await ask(clientOf(url, `http://127.0.0.1:${port}`), url)).toBe('proxy-refused');
  });

  it('that turns requests to http away fails them by a kind of its own, and the end says what to do', async () => {
    const proxy = await closedAfterTest(startProxy({ authorization }));
    const url = 'http://shop.test:81/';
    const client = clientOf(url, proxy.url);
    expect(await ask(client, url)).toBe('proxy-authentication-required');
    expect(await ask(client, url)).toBe('proxy-authentication-required');
    expect(client.warnings()).toEqual([expect.stringContaining('asks for a user and a password (407): write them')]);
    expect(client.flushConnections()).toMatchObject({ opened: 1 });
  });

  it('that was not confirmed is not connected to', () => {
    expect(() => transportOf({ proxy: 'http://proxy.test:3128' }, {}, () => undefined)).toThrow(
      'proxy.test was not confirmed',
    );
  });

  it('gets tokens as well', async () => {
    const { requestToken } = await import('../auth/tokenRequest');
    const proxy = await closedAfterTest(startProxy({ authorization }));
    const plain = await closedAfterTest(
      startServer((_request, response) => response.end('{"access_token":"t","token_type":"Bearer"}')),
    );
    const plainUrl = plain.url.replace('127.0.0.1', 'shop.test');
    const tokenAt = (url: string): Promise<unknown> => {
      const transport = transportOf(
        { proxy: withUser(proxy.url) },
        {},
        (name) => ({ USER: 'ann', PASSWORD: 'p w' })[name],
      );
      const inputs = { target: { url }, addresses: { 'shop.test': ['shop.test'], localhost: ['x'] }, transport };
      const tls = readTls({ insecureSkipTLSVerify: false, caFile });
      const wire = wireUrl(`${url}token`);
      const client = { clientId: 'a', clientSecret: 'b', clientAuthentication: 'header' as const };
      return requestToken({
        ...client,
        scope: undefined,
        audience: undefined,
        url: wire,
        origin: originIn(wire, { ...inputs, tls }),
      });
    };
    await expect(tokenAt(plainUrl)).resolves.toMatchObject({ value: 't' });
    // The server answers with text, which is not a token. The test only asks whether the request reached it.
    const secureUrl = await secureServer();
    await expect(tokenAt(secureUrl)).rejects.toThrow(/token/);
    expect(proxy.asked).toEqual([`POST ${plainUrl}token`, `CONNECT ${new URL(secureUrl).host}`]);
  });
});
