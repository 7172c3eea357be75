import { createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { postgresConfig, postgresServer } from './postgresConnection';

describe('a connection to PostgreSQL', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is what the URL says, without what could lead elsewhere', () => {
    vi.stubEnv('PGHOST', '192.0.2.1');
    vi.stubEnv('PGPORT', '1');
    const url =
      'postgres://me:p%40w@127.0.0.1/db?options=-c%20a=b&connectionString=postgres://0.0.0.0/&stream=x&query_timeout=1&sslmode=no-verify';
    const { stream: _stream, ...config } = postgresConfig({ url });
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 5432,
      user: 'me',
      password: 'p@w',
      database: 'db',
      ssl: { rejectUnauthorized: false },
      options: '-c a=b',
    });
    expect(new pg.Client({ ...config })).toMatchObject({ host: '127.0.0.1', port: 5432, database: 'db' });
    // Without a host, `pg` would use the environment.
    expect(postgresServer('postgres:///db')).toMatchObject({ host: 'localhost', port: 5432 });
  });

  it('goes over a socket file of this machine, which needs no admission', () => {
    expect(postgresServer('postgres:///db?host=/run/postgresql')).toEqual({
      host: '/run/postgresql',
      isSocket: true,
      port: 5432,
    });
    expect(postgresConfig({ url: 'postgres:///db?host=/run/postgresql' }).stream).toBeUndefined();
  });

  it.each([
    'postgres://u:p@127.0.0.1:1/db?host=0.0.0.0&port=5433',
    'postgres://0.0.0.0:45701?x=@127.0.0.1/',
    'postgres://localhost/db',
    'postgres://service.test/db',
  ])('is none to %s, which nobody has admitted', (url) => {
    expect(() => postgresConfig({ url, addresses: { 'other.test': ['127.0.0.1'] } })).toThrow(
      expect.objectContaining({ code: 'remote-not-allowed' }),
    );
  });

  it.each([
    'postgres://a,b/db',
    'postgres://127.0.0.1/db?host=a/b',
    'postgres://127.0.0.1/db?port=x',
    'postgres://[/',
    'postgres:///db?host=//192.0.2.1/pipe/x',
  ])('is refused for %s, and its password is not shown', (url) => {
    expect(() => postgresServer(url.replace('//', '//me:secret@'))).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.not.stringContaining('secret') }),
    );
  });

  it('goes to the addresses that were admitted, whatever the name leads to meanwhile', async () => {
    const sockets = new Set<Socket>();
    let note = (_first: string): void => {};
    const first = new Promise<string>((settle) => {
      note = settle;
    });
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', (bytes) => note(String(bytes)));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const place = { url: `postgres://me@db.test:${port}/documents`, addresses: { 'db.test': ['127.0.0.1'] } };
    const client = new pg.Client(postgresConfig(place));
    client.on('error', () => {});
    const connected = client.connect().catch(() => {});
    expect(await first).toContain('documents');
    for (const socket of sockets) socket.destroy();
    server.close();
    await connected;
  });
});
