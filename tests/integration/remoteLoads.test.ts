import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cli, type CliResult } from '../support/cli';
import { isPosix } from '../support/platform';

const kubectl = resolve('tests/support/kubectlStandIn.mjs');
const artillery = resolve('tests/support/artilleryStandIn.mjs');
const report = resolve('tests/fixtures/imports/artillery-2.0.34.json');

/** A service of nobody (RFC 5737), to which the stand-ins send nothing. */
const url = 'http://192.0.2.1/';
const secret = 'value-of-the-key';
const scenario = {
  schema: 'proofload.scenario/1',
  id: 'shop',
  name: 'Shop',
  load: { executor: 'constant-vus', vus: 6, duration: '2s' },
  warmup: '1s',
  processes: 3,
  requests: [{ name: 'cart', url: '/cart', headers: { 'X-Key': '{{secret.KEY}}' } }],
  thresholds: { http_req_duration: ['p(95)<100'], http_req_failed: ['rate<0.5'] },
};
const open = { ...scenario, load: { executor: 'constant-arrival-rate', rate: 90, duration: '2s' } };

const commandSchema = z.object({ args: z.array(z.string()), input: z.string().optional() });

describe.runIf(isPosix)('a load that another tool makes elsewhere', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
    mkdirSync(cli.file('cluster'));
    writeFileSync(cli.file('shop.json'), JSON.stringify(scenario));
    writeFileSync(cli.file('open.json'), JSON.stringify(open));
  });
  afterEach(() => cli.dispose());

  /** The commands that the stand-in for kubectl was given. */
  function commands(): z.infer<typeof commandSchema>[] {
    if (!existsSync(cli.file('cluster/commands.jsonl'))) return [];
    const lines = readFileSync(cli.file('cluster/commands.jsonl'), 'utf8').trimEnd().split('\n');
    return lines.map((line) => commandSchema.parse(JSON.parse(line)));
  }

  function start(plan: object, args: readonly string[]) {
    const env = {
      PROOFLOAD_SECRET_KEY: secret,
      PROOFLOAD_KUBECTL_STAND_IN: JSON.stringify({ folder: cli.file('cluster'), ...plan }),
      PROOFLOAD_ARTILLERY_STAND_IN: JSON.stringify({ folder: cli.file('cluster'), ...plan }),
    };
    return cli.start(['run', ...args], env);
  }

  function onCluster(plan: object, ...more: string[]): Promise<CliResult> {
    const place = ['--driver', 'k6', '--on', 'kubernetes', '--kubectl', kubectl, '--namespace', 'load'];
    const args = [cli.file('shop.json'), '--url', url, '--allow-host', '192.0.2.1', ...place, ...more];
    return start(plan, args).done;
  }

  function onFargate(plan: object, ...more: string[]): Promise<CliResult> {
    const place = ['--driver', 'artillery', '--artillery', artillery, '--on', 'fargate', '--region', 'eu-central-1'];
    const args = [cli.file('open.json'), '--url', url, '--allow-host', '192.0.2.1', ...place, ...more];
    return start(plan, args).done;
  }

  it('is shown by a dry run, which writes nothing and starts nothing', async () => {
    const shown = await onCluster({}, '--dry-run');
    expect(shown.code, shown.stderr).toBe(0);
    for (const part of [
      'kind: TestRun',
      'parallelism: 3',
      "from 'k6/http'",
      'kubectl --namespace load create --filename',
    ])
      expect(shown.stdout).toContain(part);
    expect(shown.stdout + shown.stderr).not.toContain(secret);
    const onAws = await onFargate({}, '--dry-run');
    expect(onAws.code, onAws.stderr).toBe(0);
    expect(onAws.stdout).toContain(
      'artillery run-fargate --secret PROOFLOAD_SECRET_KEY --region eu-central-1 --count 3',
    );
    expect(commands()).toEqual([]);
    const others = readdirSync(cli.folder).filter((name) => name !== 'data');
    expect(others.sort()).toEqual(['cluster', 'open.json', 'shop.json']);
    expect(readdirSync(cli.file('cluster'))).toEqual([]);
  });

  it('is written to a folder where nothing else is asked for', async () => {
    const written = await onCluster({}, '--files', cli.file('files'));
    expect(written.code, written.stderr).toBe(0);
    expect(readdirSync(cli.file('files')).sort()).toEqual(['collector.yaml', 'script.yaml', 'testrun.yaml']);
    for (const file of readdirSync(cli.file('files')))
      expect(readFileSync(cli.file(`files/${file}`), 'utf8')).not.toContain(secret);
    expect(written.stdout).toContain('Nothing was started');
    expect(written.stdout).toContain('kubectl --namespace load create --filename testrun.yaml');
    expect(commands()).toEqual([]);
  });

  it('is refused for hosts that nobody has confirmed, for this machine, and for what the place can not do', async () => {
    const place = ['--driver', 'k6', '--on', 'kubernetes', '--kubectl', kubectl];
    const shop = cli.file('shop.json');
    for (const mode of [[], ['--dry-run'], ['--apply']]) {
      const refused = await start({}, [shop, '--url', url, ...place, ...mode]).done;
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/192\.0\.2\.1 is not this machine.*\n.*--allow-host 192\.0\.2\.1/);
    }
    const here = await start({}, [shop, '--url', 'http://127.0.0.1:1/', ...place, '--apply']).done;
    expect(here.code).toBe(2);
    expect(here.stderr).toContain('127.0.0.1 means this machine here, and the runner itself there');
    const engine = await start({}, ['level-0', '--engine', 'memory', ...place, '--dry-run']).done;
    expect(engine.stderr).toContain('the built-in service listens on this machine only');
    const other = await start({}, [shop, '--url', url, '--driver', 'artillery', '--on', 'kubernetes']).done;
    expect(other.stderr).toContain('--on kubernetes needs --driver k6');
    const unused = await start({}, [shop, '--url', url, '--dry-run']).done;
    expect(unused.stderr).toContain('--dry-run needs --on');
    const missing = await onCluster({}, '--apply', '--kubectl', cli.file('none'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/none is not a command\n.*--kubectl FILE/);
    expect(commands()).toEqual([]);
  }, 120_000);

  it('is a run of ours where runners in Kubernetes make it, with the requests of all of them', async () => {
    const plan = { rate: 90, durationMs: 2_000, warmupMs: 1_000, failEvery: 6 };
    const out = ['--out', cli.file('run.json'), '--html', cli.file('run.html')];
    const { code, stderr } = await onCluster(plan, '--apply', ...out);
    const { driver, metrics, intervals, thresholds, trust, log } = cli.document('run.json');
    expect([0, 75], stderr).toContain(code);
    const page = readFileSync(cli.file('run.html'), 'utf8');
    expect(page).toContain('k6 2.2.0 in Kubernetes');
    expect(page).toContain('from the send over an open connection to the last byte of the response');
    expect(driver).toEqual({ tool: 'k6', version: '2.2.0', on: 'kubernetes' });
    // Eight exports of three runners, of 7 or 8 requests each; one of them fails.
    expect(metrics.http_reqs.count).toBe(180);
    expect(metrics.errors).toEqual({ 'status-503': 24 });
    expect(Object.keys(metrics.by_operation)).toEqual(['cart']);
    // Buckets of scale 5 are 2.2 % wide: 20 and 60 ms are counted as at most that much more.
    expect(metrics.http_req_duration.p50).toBeGreaterThanOrEqual(20);
    expect(metrics.http_req_duration.p50).toBeLessThanOrEqual(20.5);
    expect(metrics.http_req_duration.max).toBeCloseTo(60, 1);
    expect(metrics.phases.http_req_waiting?.count).toBe(metrics.http_req_duration.count);
    expect(
      intervals.every(({ generatorUtilisation, inFlight }) => generatorUtilisation === null && inFlight === null),
    ).toBe(true);
    const checks = trust.map(({ check }) => check);
    expect(checks).toContain('generator-unknown');
    expect(checks).toContain('histogram-resolution');
    // What this machine did meanwhile is nothing that the run has to do with.
    expect(trust.find(({ check }) => check === 'other-load')?.message).toContain('other machines generated the load');
    expect(checks).not.toContain('clock-step');
    expect(intervals.map(({ otherCpuShare }) => otherCpuShare)).toEqual(intervals.map(() => null));
    expect(thresholds.find(({ metric }) => metric === 'http_req_duration')?.low).toBeLessThan(60);
    expect(log.map(({ message }) => message).join('\n')).toContain('no percentile is averaged');
    const verbs = commands().map(({ args }) => args.slice(2).join(' '));
    const name = /pod\/(proofload-[0-9a-f-]+)-collector/.exec(verbs.join('\n'))?.[1] ?? '';
    expect(verbs.filter((verb) => !verb.startsWith('get '))).toEqual([
      'create --filename collector.yaml --filename script.yaml',
      'create --filename -',
      `wait --for=condition=Ready pod/${name}-collector --timeout=180s`,
      expect.stringMatching(/^(logs --follow|create --filename testrun)/),
      expect.stringMatching(/^(logs --follow|create --filename testrun)/),
      `logs --selector proofload=${name} --container k6 --tail 50 --max-log-requests 64`,
      'delete --filename testrun.yaml --filename script.yaml --filename collector.yaml --ignore-not-found --wait=false',
      `delete secret ${name}-secrets --ignore-not-found`,
    ]);
    expect(commands().every(({ args }) => args[0] === '--namespace' && args[1] === 'load')).toBe(true);
    expect(commands().flatMap(({ input }) => input ?? [])).toEqual([expect.stringContaining(secret)]);
    expect(JSON.stringify(commands().map(({ args }) => args))).not.toContain(secret);
    expect(cli.leftovers()).toEqual([]);
  }, 120_000);

  it('is aborted where samples are missing', async () => {
    const out = ['--apply', '--out', cli.file('run.json')];
    const lost = await onCluster({ rate: 90, loses: 3 }, ...out, '--warmup', '0s');
    expect(lost.code, lost.stderr).toBe(1);
    expect(cli.document('run.json')).toMatchObject({
      verdict: 'aborted',
      reason: expect.stringMatching(/samples of \d+ requests arrived, but k6 sent \d+/),
    });
  }, 120_000);

  it.each([
    ['a runner has failed', { exitCode: 107 }, 'k6 ended with code 107: its script threw an exception'],
    ['the collector has ended', { collectorEnds: true }, 'the collector of samples ended before the load'],
  ])(
    'is aborted where %s',
    async (_name, plan, sentence) => {
      const out = ['--apply', '--out', cli.file('run.json'), '--warmup', '0s'];
      const failed = await onCluster({ rate: 90, ...plan }, ...out);
      expect(failed.code, failed.stderr).toBe(1);
      expect(cli.document('run.json')).toMatchObject({ verdict: 'aborted', reason: expect.stringContaining(sentence) });
      expect(commands().at(-1)?.args).toContain('secret');
    },
    120_000,
  );

  it.each([
    ['there is no k6-operator', { noOperator: true }, 'no matches for kind "TestRun"'],
    ['an image can not be pulled', { waiting: 'ImagePullBackOff' }, 'does not start: ImagePullBackOff'],
  ])(
    'is an error, and leaves nothing, where %s',
    async (_name, plan, sentence) => {
      const failed = await onCluster(plan, '--apply');
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain(sentence);
      const removed = commands().filter(({ args }) => args.includes('delete') && args.includes('testrun.yaml'));
      expect(removed).toHaveLength(1);
    },
    120_000,
  );

  it('is stopped as any other run, and its runners are ended', async () => {
    const place = ['--driver', 'k6', '--on', 'kubernetes', '--kubectl', kubectl, '--warmup', '0s', '--duration', '60s'];
    const args = [cli.file('shop.json'), '--url', url, '--allow-host', '192.0.2.1', ...place, '--apply'];
    const { child, done, stderrHas } = start({ rate: 90, durationMs: 60_000 }, [
      ...args,
      '--out',
      cli.file('run.json'),
    ]);
    // Samples count some seconds late: before that a run that is stopped has none.
    await stderrHas(/running.* [\d.,]*[1-9][\d.,]* req\/s/);
    child.kill('SIGINT');
    expect((await done).code).toBe(130);
    const { verdict, metrics } = cli.document('run.json');
    expect(verdict).toBe('interrupted');
    expect(metrics.http_reqs.count).toBeGreaterThan(0);
    const deleted = commands().filter(({ args: command }) => command.includes('--cascade=foreground'));
    expect(deleted).toHaveLength(1);
  }, 120_000);

  it('is an imported result where Artillery makes it on AWS, with what the report loses', async () => {
    const { code, stdout, stderr } = await onFargate({ report }, '--apply');
    expect(code, stderr).toBe(75);
    expect(stderr).toContain('Test run ID: t_stand_in');
    expect(stdout).toMatch(/Artillery: .*\n/);
    expect(stdout).toContain('merges the reports of 3 machines on AWS Fargate');
    expect(stdout).toContain('there is no verdict on thresholds');
    const { args, files, secrets } = z
      .object({ args: z.array(z.string()), files: z.record(z.string(), z.string()), secrets: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(cli.file('cluster/started.json'), 'utf8')));
    expect(args.slice(0, 7)).toEqual([
      'run-fargate',
      '--secret',
      'PROOFLOAD_SECRET_KEY',
      '--region',
      'eu-central-1',
      '--count',
      '3',
    ]);
    expect(Object.keys(files).sort()).toEqual(['artillery-script.json', 'proofload-pin.cjs']);
    expect(JSON.stringify(files)).not.toContain(secret);
    expect(secrets).toEqual([]);
    const listed = await cli.run('history', 'list', '--json');
    expect(listed.stdout).toContain('artillery');
    expect(cli.leftovers()).toEqual([]);
  }, 120_000);

  it('is an error where Artillery writes no report, and says which machines may be missing where it fails later', async () => {
    const failed = await onFargate({ code: 1 }, '--apply');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /Artillery ended with code 1 and wrote no report\. It said: Error: no credentials of AWS/,
    );
    const partly = await onFargate({ report, code: 6 }, '--apply');
    expect(partly.code, partly.stderr).toBe(75);
    expect(partly.stdout).toContain('Artillery ended with code 6: the report may not have all machines.');
  }, 120_000);

  it('is stopped by Artillery itself, which ends its machines', async () => {
    const place = ['--driver', 'artillery', '--artillery', artillery, '--on', 'fargate', '--region', 'eu-central-1'];
    const args = [cli.file('open.json'), '--url', url, '--allow-host', '192.0.2.1', ...place, '--apply'];
    const { child, done, stderrHas } = start({ goesOn: true }, args);
    await stderrHas(/Test run ID/);
    child.kill('SIGINT');
    const { code, stderr } = await done;
    expect(code).toBe(130);
    expect(stderr).toContain('Stopping test run (SIGINT received)');
  }, 120_000);
});
