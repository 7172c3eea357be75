import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cli } from '../support/cli';
import { closedAfterTest } from '../support/closedAfterTest';
import { type ProxyPlan, startProxy } from '../support/httpProxy';
import { startServer } from '../support/testServer';

describe('a load through a proxy', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  async function started(plan: ProxyPlan = {}) {
    const paths: string[] = [];
    const starting = startServer((request, response) => {
      paths.push(`${request.headers.host} ${request.url}`);
      if (request.url === '/moved') response.writeHead(302, { Location: '/there' });
      response.end(request.url === '/token' ? '{"access_token":"t","token_type":"Bearer"}' : 'ok');
    });
    const server = await closedAfterTest(starting);
    const proxy = await closedAfterTest(startProxy(plan));
    const url = server.url.replace('127.0.0.1', 'shop.test');
    return { url, host: new URL(url).host, proxy, paths };
  }

  const scenario = (others: object): string => {
    const base = { schema: 'proofload.scenario/1', id: 'proxied', name: 'Proxied', warmup: '0s' };
    const load = { executor: 'per-vu-iterations', vus: 1, iterations: 2 };
    writeFileSync(cli.file('scenario.json'), JSON.stringify({ ...base, load, ...others }));
    return cli.file('scenario.json');
  };

  it('asks before it goes to a name that the proxy looks up, and goes nowhere else', async () => {
    const { url, host, proxy, paths } = await started({ authorization: `Basic ${btoa('ann:pw-secret')}` });
    const user = proxy.url.replace('://', '://ann:{{secret.PROXY_PASSWORD}}@');
    const auth = { type: 'oauth2', tokenUrl: '/token', clientId: 'a', clientSecret: 'b' };
    const steps = [
      { url: '/a', auth },
      { url: '/moved', redirects: 1 },
    ];
    const file = scenario({ journeys: [{ name: 'visit', steps }] });
    const args = ['run', file, '--url', url, '--proxy', user, '--out', cli.file('run.json')];
    const environment = { PROOFLOAD_SECRET_PROXY_PASSWORD: 'pw-secret' };
    const refused = await cli.start(args, environment).done;
    expect(refused.stderr).toContain('shop.test is not this machine');
    expect(proxy.asked).toEqual([]);
    const { code, stderr, stdout } = await cli.start([...args, '--allow-host', 'shop.test'], environment).done;
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('warning')]);
    const document = cli.document('run.json');
    expect(document.metrics.errors).toEqual({});
    expect(document.metrics.http_reqs.count).toBe(6);
    expect(document.scenario.proxy).toBe(user);
    const visit = [`${host} /a`, `${host} /moved`, `${host} /there`];
    expect(paths).toEqual([`${host} /token`, ...visit, ...visit]);
    expect(proxy.asked).toHaveLength(7);
    expect(`${JSON.stringify(document)}${stderr}${stdout}`).not.toContain('pw-secret');
  });

  it('is tried through it, as the scenario says', async () => {
    const { proxy } = await started();
    const { url } = await startedHere();
    const file = scenario({ requests: [{ url: '/a' }], proxy: proxy.url });
    const { code, stdout } = await cli.run('scenario', 'try', file, '--url', url);
    expect([code, stdout]).toEqual([0, expect.stringContaining('200')]);
    expect(proxy.asked).toEqual([`GET ${url}a`]);
  });

  function startedHere() {
    return closedAfterTest(startServer((_request, response) => response.end('ok')));
  }

  it('that asks who it is has failed, and the log says what to do', async () => {
    const { proxy } = await started({ authorization: 'Basic other' });
    const { url } = await startedHere();
    const file = scenario({});
    const args = ['run', file, '--url', url, '-x', new URL(proxy.url).host, '--out', cli.file('run.json')];
    const { code } = await cli.run(...args, '--threshold', 'http_req_failed:rate<0.1');
    expect(code).toBe(99);
    const { metrics, log } = cli.document('run.json');
    expect(metrics.errors).toEqual({ 'proxy-authentication-required': 2 });
    expect(log.map(({ message }) => message).join('\n')).toMatch(/asks for a user and a password \(407\)/);
  });

  it('reads no proxy from the environment, and needs a service of the user', async () => {
    const { proxy } = await started();
    const { url } = await startedHere();
    const environment = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url };
    const { code } = await cli.start(['run', scenario({}), '--url', url], environment).done;
    expect([code, proxy.asked]).toEqual([0, []]);
    const engine = await cli.run('run', scenario({}), '--engine', 'memory', '--proxy', proxy.url);
    expect([engine.code, engine.stderr]).toEqual([2, expect.stringContaining('a proxy is for a service of your own')]);
    const socks = await cli.run('run', scenario({}), '--url', url, '--proxy', 'socks5://127.0.0.1:1080');
    expect([socks.code, socks.stderr]).toEqual([2, expect.stringContaining('SOCKS')]);
  });
});
