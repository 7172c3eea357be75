import { describe, expect, it } from 'vitest';
import { wireUrl } from '../../shared/http/wireUrl';
import { mongoServer } from '../service/storage/mongodb/mongoConnection';
import { postgresServer } from '../service/storage/postgres/postgresConnection';
import { type Destination, type FoundHost, HostGuard } from './hostGuard';

/** The name service of the tests; no other is asked. `127.1` is resolved as getaddrinfo resolves old forms. */
const names: Readonly<Record<string, readonly string[]>> = {
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
  'app.localhost': ['127.0.0.1'],
  'here.test': ['127.0.0.1'],
  'here6.test': ['::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
  'both.test': ['127.0.0.1', '192.0.2.1'],
  'both6.test': ['::1', '2001:db8::1'],
  'elsewhere.test': ['192.0.2.1'],
  'any.test': ['0.0.0.0'],
  '127.0.0.1.nip.test': ['192.0.2.7'],
  '127.0.0.1.elsewhere.test': ['192.0.2.8'],
  'xn--bcher-kva.test': ['192.0.2.9'],
  '127.1': ['127.0.0.1'],
  '0x7f000001': ['127.0.0.1'],
  '2130706433': ['127.0.0.1'],
  '0': ['0.0.0.0'],
};

const to = (host: string, ...secrets: string[]): Destination => ({ host, secrets });

type Answer = 'here' | 'elsewhere' | 'nowhere';

async function whereIs(host: string): Promise<Answer> {
  const asked: FoundHost[] = [];
  const guard = new HostGuard(
    (found) => asked.push(found) > 0,
    async (name) => names[name] ?? [],
  );
  try {
    await guard.admit([to(host)], '');
  } catch {
    return 'nowhere';
  }
  return asked.length > 0 ? 'elsewhere' : 'here';
}

/** Spellings of hosts in URLs, and where the load to them goes. */
const spellings: readonly (readonly [url: string, answer: Answer])[] = [
  // IPv4 in the usual form and in the forms of inet_aton.
  ['http://127.0.0.1/', 'here'],
  ['http://127.0.0.1:80/', 'here'],
  ['http://127.8.8.8/', 'here'],
  ['http://127.255.255.255/', 'here'],
  ['http://127.1/', 'here'],
  ['http://127.0.1/', 'here'],
  ['http://127.0.0.1./', 'here'],
  ['http://2130706433/', 'here'],
  ['http://0x7f000001/', 'here'],
  ['http://0x7f.1/', 'here'],
  ['http://0X7F.0.0.0x1/', 'here'],
  ['http://017700000001/', 'here'],
  ['http://0177.0.0.01/', 'here'],
  ['http://127.0.0.0x1/', 'here'],
  ['http://１２７.0.0.1/', 'here'],
  ['http://127。0。0。1/', 'here'],
  ['http://①②⑦.0.0.1/', 'here'],
  ['http://%31%32%37.0.0.1/', 'here'],
  ['http://126.255.255.255/', 'elsewhere'],
  ['http://128.0.0.1/', 'elsewhere'],
  ['http://0.0.0.0/', 'elsewhere'],
  ['http://0/', 'elsewhere'],
  ['http://0x0/', 'elsewhere'],
  ['http://10.0.0.1/', 'elsewhere'],
  ['http://2852039166/', 'elsewhere'],
  ['http://0xa9.0xfe.0xa9.0xfe/', 'elsewhere'],
  ['http://012.1/', 'elsewhere'],
  ['http://3221225985/', 'elsewhere'],
  ['http://255.255.255.255/', 'elsewhere'],
  // IPv6, IPv4-mapped addresses, and addresses that only look like them.
  ['http://[::1]/', 'here'],
  ['http://[0:0:0:0:0:0:0:1]/', 'here'],
  ['http://[0000::0001]:8443/', 'here'],
  ['http://[::ffff:127.0.0.1]/', 'here'],
  ['http://[::FFFF:7F00:1]/', 'here'],
  ['http://[::ffff:127.9.9.9]/', 'here'],
  ['http://[::]/', 'elsewhere'],
  ['http://[::2]/', 'elsewhere'],
  ['http://[1::1]/', 'elsewhere'],
  ['http://[::127.0.0.1]/', 'elsewhere'],
  ['http://[::ffff:0.0.0.0]/', 'elsewhere'],
  ['http://[::ffff:192.0.2.1]/', 'elsewhere'],
  ['http://[::ffff:0:127.0.0.1]/', 'elsewhere'],
  ['http://[64:ff9b::127.0.0.1]/', 'elsewhere'],
  ['http://[2002:7f00:1::]/', 'elsewhere'],
  ['http://[fe80::1]/', 'elsewhere'],
  ['http://[fc00::1]/', 'elsewhere'],
  // Names, with all addresses that they resolve to.
  ['http://localhost/', 'here'],
  ['http://LOCALHOST/', 'here'],
  ['http://loc%61lhost/', 'here'],
  ['http://localhost./', 'here'],
  ['http://app.localhost/', 'here'],
  ['http://here.test/', 'here'],
  ['http://here6.test/', 'here'],
  ['http://mapped.test/', 'here'],
  ['http://both.test/', 'elsewhere'],
  ['http://both6.test/', 'elsewhere'],
  ['http://elsewhere.test/', 'elsewhere'],
  ['http://any.test/', 'elsewhere'],
  ['http://127.0.0.1.nip.test/', 'elsewhere'],
  ['http://127.0.0.1%2eelsewhere.test/', 'elsewhere'],
  ['http://bücher.test/', 'elsewhere'],
  ['http://unknown.test/', 'nowhere'],
  // Users, paths, queries and fragments that look like hosts.
  ['http://127.0.0.1@elsewhere.test/', 'elsewhere'],
  ['http://127.0.0.1:80@elsewhere.test/', 'elsewhere'],
  ['http://localhost%2f@elsewhere.test/', 'elsewhere'],
  ['http://elsewhere.test@127.0.0.1/', 'here'],
  ['http://elsewhere.test#@127.0.0.1/', 'elsewhere'],
  ['http://elsewhere.test?@127.0.0.1/', 'elsewhere'],
  ['http://elsewhere.test\\@127.0.0.1/', 'elsewhere'],
  ['http:elsewhere.test/@127.0.0.1', 'elsewhere'],
  ['http:/\\elsewhere.test/', 'elsewhere'],
  ['http://127.0.0.1\\@elsewhere.test/', 'here'],
  ['http://else\twhere.test/', 'elsewhere'],
];

/** URLs of databases, as their drivers read them. */
const databases: readonly (readonly [url: string, answer: Answer])[] = [
  ['postgres://u:p@127.0.0.1:1/db', 'here'],
  ['postgres://u:p@127.0.0.1:1/db?host=0.0.0.0&port=5433', 'elsewhere'],
  ['postgres://u:p@127.0.0.1:1/db?host=elsewhere.test', 'elsewhere'],
  ['postgres://u:p@127.0.0.1:1/db?host=127.0.0.1&host=elsewhere.test', 'elsewhere'],
  ['postgres://u:p@elsewhere.test:1/db?host=127.0.0.1', 'here'],
  ['postgres://0.0.0.0:45701?x=@127.0.0.1/', 'elsewhere'],
  ['postgres://elsewhere.test#@127.0.0.1/', 'elsewhere'],
  ['postgres://127.0.0.1%2eelsewhere.test/db', 'elsewhere'],
  ['postgres://[::1]/db', 'here'],
  ['postgres://[::ffff:127.0.0.1]/db', 'here'],
  ['postgres://[::]/db', 'elsewhere'],
  ['postgres://127.1/db', 'here'],
  ['postgres://2130706433/db', 'here'],
  ['postgres://0/db', 'elsewhere'],
  ['postgres://LOCALHOST/db', 'here'],
  ['postgres://here.test/db', 'here'],
  ['postgres://both.test/db', 'elsewhere'],
  ['postgres:///db', 'here'],
  ['postgres://bücher.test/db', 'elsewhere'],
  ['postgres://１２７.0.0.1/db', 'here'],
  ['postgres://１９２.0.2.1/db', 'elsewhere'],
  ['postgres://u@/db?host=elsewhere.test', 'elsewhere'],
  ['postgres://127.0.0.1/db?hostaddr=192.0.2.1&connectionString=postgres://0.0.0.0/', 'here'],
  ['mongodb://127.0.0.1/', 'here'],
  ['mongodb://me:pw@127.0.0.1:27018/?x', 'nowhere'],
  ['mongodb://elsewhere.test/?appName=@127.0.0.1', 'nowhere'],
  ['mongodb://elsewhere.test/?appName=%40127.0.0.1', 'elsewhere'],
  ['mongodb://127.0.0.1%2eelsewhere.test/', 'elsewhere'],
  ['mongodb://[::1]:27017/', 'here'],
  ['mongodb://[::]/', 'elsewhere'],
  ['mongodb://0.0.0.0/', 'elsewhere'],
  ['mongodb://LOCALHOST/', 'here'],
  ['mongodb://both.test/', 'elsewhere'],
  ['mongodb://bücher.test/', 'elsewhere'],
];

describe('where load may go', () => {
  it('is known for spellings enough', () => {
    expect(spellings.length + databases.length).toBeGreaterThanOrEqual(40);
    expect(new Set([...spellings, ...databases].map(([url]) => url)).size).toBe(spellings.length + databases.length);
  });

  it.each(spellings)('%s is %s', async (url, answer) => {
    expect(await whereIs(wireUrl(url).hostname)).toBe(answer);
  });

  it.each(databases)('%s is %s', async (url, answer) => {
    const server = (): { host: string } => (url.startsWith('mongodb') ? mongoServer(url) : postgresServer(url));
    if (answer === 'nowhere') expect(server).toThrow(expect.objectContaining({ code: 'usage' }));
    else expect(await whereIs(server().host)).toBe(answer);
  });

  it.each(['http://127.0.0.1%00.elsewhere.test/', 'http://[::1%25lo]/', 'http://256.1/', 'http://0x100000000/'])(
    '%s is no URL',
    (url) => {
      expect(() => wireUrl(url)).toThrow(expect.objectContaining({ code: 'usage' }));
    },
  );

  it('asks the name service once for a host, and hands on what it asked about', async () => {
    const looked: string[] = [];
    const answers = [['192.0.2.1', '192.0.2.1'], ['192.0.2.66']];
    const asked: FoundHost[] = [];
    const guard = new HostGuard(
      (found) => asked.push(found) > 0,
      async (name) => answers[looked.push(name) - 1] ?? [],
    );
    expect(await guard.admit([to('rebound.test'), to('rebound.test'), to('::1')], 'x')).toEqual({
      'rebound.test': ['192.0.2.1'],
      '::1': ['::1'],
    });
    expect(looked).toEqual(['rebound.test']);
    expect(asked).toEqual([{ ...to('rebound.test'), addresses: ['192.0.2.1'] }]);
  });

  it('says where a name leads that is refused, and that one is not known', async () => {
    const resolve = async (name: string): Promise<readonly string[]> => {
      if (name === 'gone.test') throw new Error('ENOTFOUND');
      return names[name] ?? [];
    };
    const guard = new HostGuard(() => false, resolve);
    await expect(guard.admit([to('elsewhere.test')], '')).rejects.toMatchObject({
      code: 'remote-not-allowed',
      message: 'elsewhere.test is not this machine (it resolves to 192.0.2.1)',
    });
    await expect(guard.admit([to('192.0.2.1')], '')).rejects.toThrow('192.0.2.1 is not this machine');
    await expect(guard.admit([to('gone.test')], '')).rejects.toMatchObject({ code: 'target-unreachable' });
  });

  it('asks with the names of all secrets that a host is sent, and says them when it is refused', async () => {
    const asked: FoundHost[] = [];
    const resolve = async (name: string): Promise<readonly string[]> => names[name] ?? [];
    const destinations = [to('elsewhere.test', 'A', 'B'), to('here.test', 'A'), to('elsewhere.test', 'B', 'C')];
    await new HostGuard((found) => asked.push(found) > 0, resolve).admit(destinations, '');
    expect(asked).toEqual([{ host: 'elsewhere.test', addresses: ['192.0.2.1'], secrets: ['A', 'B', 'C'] }]);
    const refusing = new HostGuard(() => false, resolve);
    await expect(refusing.admit(destinations, '')).rejects.toThrow(
      'elsewhere.test is not this machine (it resolves to 192.0.2.1), and it would be sent the secrets A, B and C',
    );
    await expect(refusing.admit([to('192.0.2.1', 'A')], '')).rejects.toThrow(
      '192.0.2.1 is not this machine, and it would be sent the secret A',
    );
  });

  it('does not ask the name service again about a host that is known, and asks for permission all the same', async () => {
    const looked: string[] = [];
    const guard = new HostGuard(
      () => false,
      async (name) => [`192.0.2.${looked.push(name)}`],
    );
    expect(await guard.admit([to('here.test')], '', { 'here.test': ['127.0.0.1'] })).toEqual({
      'here.test': ['127.0.0.1'],
    });
    await expect(guard.admit([to('there.test')], '', { 'there.test': ['198.51.100.1'] })).rejects.toThrow(
      'there.test is not this machine (it resolves to 198.51.100.1)',
    );
    expect(looked).toEqual([]);
    await expect(guard.admit([to('constructor')], '', {})).rejects.toThrow('it resolves to 192.0.2.1');
  });

  it('asks about every name behind a proxy, which looks it up, but for those that only this machine can have', async () => {
    const looked: string[] = [];
    const asked: FoundHost[] = [];
    const guard = new HostGuard(
      (found) => asked.push(found) > 0,
      async (name) => {
        looked.push(name);
        return ['127.0.0.1'];
      },
    );
    const behind = (host: string): Destination => ({ ...to(host), isBehindProxy: true });
    const hosts = ['here.test', 'localhost', 'app.localhost', '127.0.0.1', '::1', '192.0.2.1'].map(behind);
    expect(await guard.admit([to('proxy.test'), ...hosts], '')).toMatchObject({
      'proxy.test': ['127.0.0.1'],
      'here.test': ['here.test'],
      localhost: ['127.0.0.1', '::1'],
      '192.0.2.1': ['192.0.2.1'],
    });
    expect(asked.map(({ host }) => host)).toEqual(['here.test', '192.0.2.1']);
    expect(looked).toEqual(['proxy.test']);
    // The host is reached both ways. Its addresses here don't say where the proxy connects to.
    await guard.admit([to('both.test'), behind('both.test')], '');
    expect(asked.at(-1)).toMatchObject({ host: 'both.test', addresses: ['127.0.0.1'] });
  });
});
