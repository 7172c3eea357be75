import { copyFileSync, writeFileSync } from 'node:fs';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { startTlsServer, tlsCertificate, tlsKey } from '../support/tlsServer';

describe('TLS options', () => {
  let cli: Cli;
  let close: () => Promise<void> = async () => {};
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(async () => {
    cli.dispose();
    await close();
  });

  /** A server that asks for a client certificate, and the names in those that it got. */
  async function started(): Promise<{ url: string; clients: string[] }> {
    const clients: string[] = [];
    const server = await startTlsServer({ requestCert: true, rejectUnauthorized: false }, (request, response) => {
      const subject = (request.socket as TLSSocket).getPeerCertificate().subject;
      clients.push(String(subject?.CN ?? 'nobody'));
      response.end('ok');
    });
    close = server.close;
    return { url: server.url, clients };
  }

  function scenario(others: object): string {
    const base = { schema: 'proofload.scenario/1', id: 'secure', name: 'Secure', warmup: '0s' };
    const load = { executor: 'per-vu-iterations', vus: 1, iterations: 2 };
    writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...base, load, ...others }));
    return cli.file('scenario.json');
  }

  const run = (file: string, ...options: string[]) => cli.run('run', file, '--out', cli.file('run.json'), ...options);

  it('name files beside it, and are good for a run, for a try and in the document', async () => {
    const { url, clients } = await started();
    copyFileSync(tlsCertificate, cli.file('ca.pem'));
    copyFileSync(tlsKey, cli.file('key.pem'));
    const tls = { caFile: 'ca.pem', certFile: 'ca.pem', keyFile: 'key.pem', serverName: 'localhost' };
    const file = scenario({ requests: [{ url: `${url}a` }], tls });
    const { code, stderr } = await run(file);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error')]);
    const document = cli.document('run.json');
    expect(document.metrics.errors).toEqual({});
    expect(document.scenario.tls).toEqual({ ...tls, insecureSkipTLSVerify: false });
    expect(clients).toEqual(['localhost', 'localhost']);
    expect((await cli.run('scenario', 'try', file)).code).toBe(0);
    expect(clients).toHaveLength(3);
  });

  it('are refused before the load where a file is not what it should be', async () => {
    const { url, clients } = await started();
    const requests = [{ url: `${url}a` }];
    const missing = await run(scenario({ requests, tls: { caFile: 'ca.pem' } }));
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('CA file ca.pem cannot be read')]);
    const wrong = await run(scenario({ requests }), '--cert', tlsCertificate);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('has no private key')]);
    expect(clients).toEqual([]);
  });

  it('are replaced by those of the command line, which need no --url where the scenario names its server', async () => {
    const { url, clients } = await started();
    const requests = [{ url: `${url}a` }];
    expect((await run(scenario({ requests }))).code).not.toBe(0);
    expect((await run(scenario({ requests }), '--cacert', tlsCertificate)).code).toBe(0);
    expect(cli.document('run.json').scenario.tls).toEqual({ insecureSkipTLSVerify: false, caFile: tlsCertificate });
    const elsewhere = scenario({ tls: { caFile: 'missing.pem' } });
    expect((await run(elsewhere, '--url', url, '--insecure')).code).toBe(0);
    expect(clients).toHaveLength(4);
    const named = ['--cacert', tlsCertificate, '--server-name', 'localhost', '--tlsv1.3'];
    expect((await run(scenario({ requests }), ...named)).code).toBe(0);
    const all = {
      caFile: tlsCertificate,
      serverName: 'localhost',
      minVersion: 'TLSv1.3',
      insecureSkipTLSVerify: false,
    };
    expect(cli.document('run.json').scenario.tls).toEqual(all);
    const engine = await run(scenario({}), '--insecure');
    expect([engine.code, engine.stderr]).toEqual([2, expect.stringContaining('the TLS options need --url')]);
    const built = await run(scenario({ tls: { insecureSkipTLSVerify: true } }), '--engine', 'memory');
    expect([built.code, built.stderr]).toEqual([2, expect.stringContaining('for a service of your own')]);
  });

  it('of a URL can name the server and the minimum version, are in the document, and are said in the report', async () => {
    const names: string[] = [];
    const server = await startTlsServer({ maxVersion: 'TLSv1.2' }, (request, response) => {
      names.push(String((request.socket as TLSSocket).servername));
      response.end('ok');
    });
    close = server.close;
    const file = scenario({});
    const options = ['--url', server.url, '--cacert', tlsCertificate];
    const named = await run(file, ...options, '--server-name', 'localhost', '--tlsv1.2');
    expect(named.code).toBe(0);
    expect(names).toEqual(['localhost', 'localhost']);
    expect(named.stdout).toContain('CA file, server name localhost, at least TLS 1.2');
    const tls = {
      caFile: tlsCertificate,
      serverName: 'localhost',
      minVersion: 'TLSv1.2',
      insecureSkipTLSVerify: false,
    };
    expect(cli.document('run.json').target).toMatchObject({ tls });
    const other = await run(file, ...options, '--server-name', 'shop.example');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('is for another name than shop.example')]);
    expect((await run(file, ...options, '--tlsv1.3')).code).not.toBe(0);
    const address = await run(file, ...options, '--server-name', '127.0.0.1');
    expect([address.code, address.stderr]).toEqual([2, expect.stringContaining('tls.serverName')]);
    const lost = await run(file, '--url', server.url, '--key', tlsKey);
    expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining('must name the client certificate')]);
    const both = await run(file, ...options, '--tlsv1.2', '--tlsv1.3');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
    expect(names).toHaveLength(2);
  });
});
