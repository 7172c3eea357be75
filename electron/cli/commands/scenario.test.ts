import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scenarioCommand } from './scenario';

/** Nothing here starts a worker. */
const program = { version: '0.0.0', workerFolder: '.' };

describe('proofload scenario', () => {
  let folder: string;
  let printed: { out: string; err: string };
  const into = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    printed[stream] += String(text);
    return true;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-scenario-'));
    printed = { out: '', err: '' };
    vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
    vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]) => scenarioCommand(program).parseAsync(args, { from: 'user' });

  function file(name: string, content: string | Uint8Array): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it('import makes a file that check accepts, and holds no secret', async () => {
    const out = join(folder, 'shop.json');
    const commands =
      "curl http://127.0.0.1:3000/a -H 'Authorization: Bearer t0ps3cret' -L\ncurl -X DELETE http://127.0.0.1:3000/b\n";
    await run('import', file('commands.sh', commands), '--out', out, '--name', 'Shop');
    const scenario = JSON.parse(readFileSync(out, 'utf8'));
    expect(scenario).toMatchObject({
      schema: 'proofload.scenario/1',
      id: 'shop',
      name: 'Shop',
      requests: [
        {
          url: 'http://127.0.0.1:3000/a',
          headers: { Authorization: 'Bearer {{secret.AUTHORIZATION}}' },
          redirects: 20,
        },
        { method: 'DELETE', url: 'http://127.0.0.1:3000/b' },
      ],
    });
    expect(printed.out).toContain('2 requests imported');
    expect(printed.out).toContain('is named AUTHORIZATION');
    expect(`${readFileSync(out, 'utf8')}${printed.out}${printed.err}`).not.toContain('t0ps3cret');
    printed.out = '';
    await run('check', out);
    expect(printed.out).toContain(`${out} is a scenario: Shop`);
    expect(printed.out).toContain('requests: 2, to http://127.0.0.1:3000');
    expect(printed.out).toContain('secrets: AUTHORIZATION');
  });

  it('import keeps the user of a proxy out of the file, and check names the proxy and its secrets', async () => {
    const out = join(folder, 'proxied.json');
    const command = 'curl -x http://127.0.0.1:3128 -U ann:t0ps3cret http://127.0.0.1:3000/a\n';
    await run('import', file('command.sh', command), '--out', out);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({
      proxy: 'http://{{secret.PROXY_USER}}:{{secret.PROXY_PASSWORD}}@127.0.0.1:3128',
    });
    expect(printed.out).toContain('All requests go through the proxy http://127.0.0.1:3128.');
    expect(printed.out).toContain('is named PROXY_PASSWORD');
    expect(`${readFileSync(out, 'utf8')}${printed.out}${printed.err}`).not.toContain('t0ps3cret');
    printed.out = '';
    await run('check', out);
    expect(printed.out).toMatch(/proxy: http:\/\/.*127\.0\.0\.1:3128\n/);
    expect(printed.out).toContain('secrets: PROXY_USER, PROXY_PASSWORD');
  });

  it('import prints the scenario alone where no file is named', async () => {
    await run('import', file('a.http', 'GET {{base}}/a\n'));
    expect(JSON.parse(printed.out)).toMatchObject({ requests: [{ method: 'GET', url: '/a' }] });
    expect(printed.err).toContain('{{base}} stands for a server');
  });

  it('import chooses among the requests of a recording', async () => {
    const entry = (url: string) => ({ request: { method: 'GET', url } });
    const har = { log: { entries: ['http://x/a', 'http://x/a.css', 'http://y/b'].map(entry) } };
    const path = file('a.har', `\uFEFF${JSON.stringify(har)}`);
    await run('import', path, '--host', 'x', '--no-static');
    expect(JSON.parse(printed.out).requests).toEqual([{ method: 'GET', url: 'http://x/a' }]);
    printed.out = '';
    await run('import', path, '--host', 'x', '--host', 'y');
    expect(JSON.parse(printed.out).requests).toHaveLength(3);
  });

  it('import reads what shells of Windows have written', async () => {
    await run('import', file('a.txt', Buffer.from('\uFEFFcurl http://127.0.0.1/a', 'utf16le')));
    expect(JSON.parse(printed.out).requests).toEqual([{ method: 'GET', url: 'http://127.0.0.1/a' }]);
  });

  it('import writes nothing when there is nothing to import', async () => {
    const out = join(folder, 'out.json');
    await expect(run('import', file('a.txt', 'hello'), '--out', out)).rejects.toMatchObject({ code: 'import-failed' });
    expect(readFileSync(out, 'utf8')).toBe('');
  });

  it.each(['http:///dev/null', 'http://q=a b/', 'http://{{host}}/', 'ftp://x/'])(
    'check refuses a URL that no request can go to: %s',
    async (url) => {
      const load = { executor: 'constant-vus', vus: 1, duration: '1s' };
      const scenario = { schema: 'proofload.scenario/1', id: 'a', name: 'A', load, requests: [{ url }] };
      await expect(run('check', file('a.json', JSON.stringify(scenario)))).rejects.toMatchObject({
        code: 'scenario-invalid',
        message: expect.stringContaining('requests[0].url'),
      });
    },
  );
});
