import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { WorkerHost } from '../../hosting/workerHost';
import { type FoundHost, HostGuard } from '../../hosts/hostGuard';
import { Databases } from './databases';

const resolve = async (name: string): Promise<string[]> => (name === 'db.test' ? ['192.0.2.1'] : ['127.0.0.1']);

function databasesWith(urls: { postgres?: string; mongodb?: string }, permits: boolean) {
  const asked: [FoundHost, string][] = [];
  const hosts = new HostGuard((found, load) => asked.push([found, load]) > 0 && permits, resolve);
  const start = (): never => {
    throw new Error('nothing is started');
  };
  return { asked, databases: new Databases({ start }, '/nowhere', (server) => urls[server], hosts) };
}

describe('the server of an engine', () => {
  it('is asked about where the driver goes, and is reached at what was confirmed', async () => {
    const url = 'postgres://u:p@127.0.0.1:1/db?host=db.test&port=5433';
    const { asked, databases } = databasesWith({ postgres: url }, true);
    expect(await databases.of('postgres', 'It is loaded')).toEqual({
      place: { url, addresses: { 'db.test': ['192.0.2.1'] } },
      server: undefined,
      localPort: undefined,
    });
    expect(asked).toEqual([[{ host: 'db.test', addresses: ['192.0.2.1'], secrets: [] }, 'It is loaded']]);
  });

  it.each([
    [{ postgres: 'postgres://u:p@127.0.0.1:1/db?host=0.0.0.0' }, 'postgres'],
    [{ postgres: 'postgres://0.0.0.0:45701?x=@127.0.0.1/' }, 'postgres'],
    [{ mongodb: 'mongodb://0.0.0.0/?appName=%40127.0.0.1' }, 'mongodb'],
  ] as const)('is not reached at %j without permission', async (urls, engine) => {
    await expect(databasesWith(urls, false).databases.of(engine, '')).rejects.toMatchObject({
      code: 'remote-not-allowed',
      message: '0.0.0.0 is not this machine',
    });
  });

  it('is not one of several, of which nobody knows where they are', async () => {
    const { databases } = databasesWith({ mongodb: 'mongodb+srv://cluster.test/' }, true);
    await expect(databases.of('mongodb', '')).rejects.toMatchObject({ code: 'usage' });
  });

  it('is known by its port on this machine, and needs no permission there', async () => {
    const { asked, databases } = databasesWith({ postgres: 'postgres://here.test:5433/db' }, false);
    expect(await databases.of('postgres', '')).toMatchObject({ localPort: 5433 });
    expect(await databases.admitEngine('memory', '')).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('the embedded server', () => {
  /** A worker host for a process that supervises a server. It reports a start with the given folder. */
  const startedIn = (folder: string): WorkerHost => ({
    start: (_kind, { onMessage, onExit }) => ({
      pid: 1,
      send: (message) =>
        setImmediate(() =>
          'type' in message && message.type === 'start'
            ? onMessage({ type: 'started', url: 'postgres://u:p@127.0.0.1:5433/postgres', folder })
            : onExit('it ended'),
        ),
      kill: () => {},
    }),
  });

  it('says where its data are when they can not be in the data folder, and only then', async () => {
    const hosts = new HostGuard(() => false, resolve);
    const elsewhere = new Databases(startedIn('/var/lib/proofload/ab'), '/data', () => undefined, hosts);
    expect(await elsewhere.of('postgres', '')).toMatchObject({ dataElsewhere: '/var/lib/proofload/ab' });
    await elsewhere.close();
    const here = new Databases(startedIn(join('/data', 'postgres')), '/data', () => undefined, hosts);
    expect((await here.of('postgres', ''))?.dataElsewhere).toBeUndefined();
    await here.close();
  });

  it('is given up while it waits for another Proofload, when it is closed', async () => {
    const sent: object[] = [];
    const waiting: WorkerHost = {
      start: (_kind, { onMessage, onExit }) => ({
        pid: 1,
        send: (message) => {
          sent.push(message);
          if (!('type' in message) || message.type !== 'stop') return;
          const error = { code: 'database-unavailable', message: 'it is in use', hint: 'stop it there' };
          setImmediate(() => onMessage({ type: 'failed', error }));
          setImmediate(() => onExit('it ended'));
        },
        kill: () => {},
      }),
    };
    const databases = new Databases(waiting, '/data', () => undefined, new HostGuard(() => false, resolve));
    const refused = expect(databases.of('postgres', '')).rejects.toThrow('it is in use');
    // As soon as the start waits.
    await vi.waitUntil(() => sent.length > 0);
    await databases.close();
    await refused;
  });
});
