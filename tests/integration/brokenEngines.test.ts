import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recoveryCheck } from '../../electron/app/conformance/crashChecks';
import { runConformance } from '../../electron/app/conformance/runConformance';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { WorkerHost } from '../../electron/hosting/workerHost';
import { checks, runCheck } from '../../electron/service/conformance/suite';
import { engineConfig } from '../../shared/engines/config';
import { brokenEngine, brokenEngines } from '../support/brokenEngines';
import { buildWorker } from '../support/buildWorker';
import { MongoDouble } from '../support/mongoDouble/process';

/** The checks that need a crash. */
const crashChecks = ['kill', 'recovery'];

it('every check of the suite has a fault that it must find', () => {
  const controlled = new Set(brokenEngines.flatMap(({ caughtBy }) => caughtBy));
  expect([...checks.map(({ id }) => id), ...crashChecks].filter((id) => !controlled.has(id))).toEqual([]);
});

describe('an engine with a known fault', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-broken-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const inProcess = brokenEngines.flatMap(({ name, caughtBy }) =>
    caughtBy.filter((id) => !crashChecks.includes(id)).map((id) => [name, id] as const),
  );
  it.each(inProcess)('%s is caught by the check %s', async (name, caughtBy) => {
    const { claims, open, newCache } = brokenEngine(name);
    const config = engineConfig(claims);
    const place = { folder, namespace: 'broken', url: undefined };
    const check = checks.find(({ id }) => id === caughtBy);
    const engine = await open(place);
    const subject = { config, engine, reopen: () => open(place), ...(newCache ? { newCache } : {}) };
    const result = check && (await runCheck(check, subject, 1));
    await engine.close();
    expect(result).toMatchObject({ status: 'failed' });
    expect(result?.evidence[0]).toMatch(/\w{3}/);
  });
});

describe('an engine that loses what it has acknowledged', () => {
  let workers: WorkerHost;
  let folder: string;
  beforeAll(async () => {
    workers = childProcessHost(await buildWorker('brokenEngineWorker.ts', 'conformance'));
    folder = mkdtempSync(join(tmpdir(), 'proofload-broken-'));
    mkdirSync(folder, { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    delete process.env.PROOFLOAD_TEST_FAULT;
  });

  const faults = brokenEngines.filter(({ caughtBy }) => caughtBy.includes('kill'));
  it.each(faults.map(({ name, claims }) => [name, claims]))('%s is caught by killing it', async (name, claims) => {
    process.env.PROOFLOAD_TEST_FAULT = name;
    const report = await runConformance(`broken-${claims}`, engineConfig(claims), 1, {
      workers,
      workFolder: folder,
      database: undefined,
      onResult: () => {},
      signal: new AbortController().signal,
      now: () => new Date(0),
    });
    const kill = report.checks.find(({ id }) => id === 'kill');
    expect(kill).toMatchObject({ status: 'failed' });
    expect(kill?.evidence[0]).toMatch(/Crash \d+ lost \d+ of \d+ acknowledged writes/);
    expect(report.conforms).toBe(false);
  });

  it('a client that gives up is caught by restarting its server', async () => {
    const double = await MongoDouble.start(folder);
    process.env.PROOFLOAD_TEST_FAULT = 'gives up';
    const result = await recoveryCheck({
      workers,
      config: engineConfig('mongodb'),
      folder,
      namespace: 'recovery',
      database: { url: double.url },
      server: double,
      signal: new AbortController().signal,
      seed: 1,
      crashes: 1,
    });
    await double.kill();
    expect(result, result.evidence.join()).toMatchObject({ id: 'recovery', status: 'failed' });
  });
});
