import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { wireUrl } from '../../../shared/http/wireUrl';
import type { TlsOptions } from '../../../shared/scenario/tlsOptions';
import { plainWorkload } from '../../../tests/support/factories';
import { timerClock } from '../clock';
import { WorkTimer } from '../workTimer';
import { Exchange } from './exchange';
import { HttpClient } from './httpClient';
import { originOf, readTls } from './origin';

/** A self-signed certificate for localhost and 127.0.0.1. */
const folder = join(import.meta.dirname, '../../../tests/fixtures/tls');
const certFile = join(folder, 'cert.pem');
const keyFile = join(folder, 'key.pem');
const pem = { cert: readFileSync(certFile), key: readFileSync(keyFile) };

describe('HTTPS', () => {
  const cleanups: (() => void)[] = [];
  afterEach(() => {
    for (const cleanup of cleanups.splice(0)) cleanup();
  });

  async function secureServer(options: { requestCert?: boolean } = {}): Promise<number> {
    const settings = { ...pem, ...options, ca: pem.cert, rejectUnauthorized: options.requestCert === true };
    const server = createServer(settings, (request, response) => {
      const socket = request.socket as TLSSocket;
      response.end(`${socket.getProtocol()} ${socket.getPeerCertificate().subject?.CN ?? 'nobody'}`);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    cleanups.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = server.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  /** Sends one request. Resolves to the body or to the kind of failure. */
  async function ask(url: string, tls: Partial<TlsOptions> = {}) {
    const origin = originOf(
      wireUrl(url),
      { localhost: ['127.0.0.1'] },
      readTls({ insecureSkipTLSVerify: false, ...tls }),
    );
    const client = new HttpClient([origin], 5_000, timerClock, new WorkTimer());
    cleanups.push(() => client.close());
    const answer = await new Promise<string>((settle) => {
      const exchange = new Exchange(({ failure, response }) => settle(failure ?? response?.text() ?? ''));
      const sentMs = timerClock.nowMs();
      const { wire, ...rest } = plainWorkload.next();
      const head = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
      exchange.begin({ ...rest, keepsBody: true, wire: { ...wire, head } }, sentMs, sentMs);
      client.send(exchange);
    });
    return { answer, connections: client.flushConnections() };
  }

  it('trusts a certificate that the user names, and tells the handshake apart', async () => {
    const port = await secureServer();
    const { answer, connections } = await ask(`https://127.0.0.1:${port}/`, { caFile: certFile });
    expect(answer).toBe('TLSv1.3 nobody');
    expect(connections).toMatchObject({ opened: 1, lookup: { count: 0 }, connect: { count: 1 }, tls: { count: 1 } });
  });

  it('asks for the host by name, and tells the lookup apart', async () => {
    const port = await secureServer();
    const { answer, connections } = await ask(`https://localhost:${port}/`, { caFile: certFile });
    expect(answer).toBe('TLSv1.3 nobody');
    expect(connections.lookup.count).toBe(1);
  });

  it('refuses a certificate that nobody vouches for, unless told to skip the check', async () => {
    const url = `https://127.0.0.1:${await secureServer()}/`;
    expect((await ask(url)).answer).toBe('certificate-invalid');
    expect((await ask(url, { insecureSkipTLSVerify: true })).answer).toBe('TLSv1.3 nobody');
  });

  it('refuses a certificate for another name', async () => {
    const url = `https://127.0.0.1:${await secureServer()}/`;
    expect((await ask(url, { caFile: certFile, serverName: 'other.test' })).answer).toBe('certificate-invalid');
    expect((await ask(url, { caFile: certFile, serverName: 'localhost' })).answer).toBe('TLSv1.3 nobody');
  });

  it('shows a certificate of its own where the server asks for one', async () => {
    const url = `https://127.0.0.1:${await secureServer({ requestCert: true })}/`;
    expect((await ask(url, { caFile: certFile, certFile, keyFile })).answer).toBe('TLSv1.3 localhost');
    expect((await ask(url, { caFile: certFile })).answer).not.toContain('TLS');
  });

  it('calls a server that does not speak TLS what it is', async () => {
    const port = await secureServer();
    // The reverse case: a TLS port answers plain HTTP with an alert or closes the connection.
    const { answer } = await ask(`http://127.0.0.1:${port}/`);
    expect(['malformed-response', 'connection-closed', 'connection-reset']).toContain(answer);
  });

  it('says what is wrong with a certificate before a load begins', async () => {
    const url = wireUrl(`https://127.0.0.1:${await secureServer()}/`);
    const connecting = (tls: Partial<TlsOptions>): Promise<void> => {
      const origin = originOf(url, {}, readTls({ insecureSkipTLSVerify: false, ...tls }));
      const client = new HttpClient([origin], 5_000, timerClock, new WorkTimer());
      cleanups.push(() => client.close());
      return client.preconnect(3);
    };
    await expect(connecting({})).rejects.toMatchObject({
      code: 'target-unreachable',
      message: expect.stringContaining('is self-signed'),
      details: { about: 'certificate' },
    });
    await expect(connecting({ caFile: certFile, serverName: 'other.test' })).rejects.toMatchObject({
      message: expect.stringContaining('is for another name'),
    });
    await connecting({ caFile: certFile });
  });

  it('names a file that cannot be read', () => {
    expect(() => readTls({ insecureSkipTLSVerify: false, caFile: '/nowhere.pem' })).toThrow('/nowhere.pem');
  });
});
