import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ownersOf, usersOfOneServer } from './socketOwners';
import { readTcpSockets } from './tcpTable';

describe.runIf(process.platform === 'linux')('ownersOf', () => {
  it('finds the process that holds a socket', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(ownersOf(readTcpSockets().filter(({ local }) => local.port === port))).toEqual([process.pid]);
    server.close();
  });

  it('finds nobody for a socket that nobody holds', () => {
    expect(ownersOf([{ inode: 'none', uid: 0 }])).toEqual([]);
  });
});

describe('usersOfOneServer', () => {
  it('knows the user of a database, and takes neither root nor ourselves for one', () => {
    expect(usersOfOneServer([{ uid: 0 }, { uid: 1000 }, { uid: 999 }], 1000)).toEqual(new Set([999]));
  });
});
