import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { urlTargetSchema } from '../../../shared/run/target';
import { scenarioSchema } from '../../../shared/scenario/schema';
import { level } from '../../../tests/support/factories';
import { VirtualClock } from '../../../tests/support/virtualClock';
import type { Exchange } from '../http/exchange';
import { JourneyRecorder } from '../journey/journeyRecorder';
import { JourneyUser } from '../journey/journeyUser';
import { JourneyWorkload } from '../journey/journeyWorkload';
import { Recorder } from '../recorder';
import { wholeLoad } from '../schedule/shard';
import { noDependencies } from '../workload/requestText';
import { JourneyData } from './journeyData';

const target = urlTargetSchema.parse({ kind: 'url', url: 'http://127.0.0.1:3000/' });

const options = {
  dependencies: noDependencies,
  target,
  shard: wholeLoad,
  secretOf: () => undefined,
  environmentOf: () => undefined,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proofload-journey-data-'));
  writeFileSync(join(folder, 'users.csv'), 'name,password,code\nann,secret-a,1\nbob,secret-b,2\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function workloadWith(users: object) {
  const scenario = scenarioSchema.parse({
    ...level('level-0'),
    thresholds: {},
    variables: { city: 'Bern' },
    journeys: [
      { name: 'visit', weight: 1, steps: [{ url: '/{{city}}' }] },
      {
        name: 'login',
        weight: 1,
        steps: [
          { url: '/login', headers: { 'X-Api-Key': '{{users.code}}' }, body: '{{users.name}}{{users.password}}' },
        ],
      },
    ],
    dataFiles: [
      { name: 'users', file: 'users.csv', ...users },
      { name: 'unused', file: 'none.csv' },
    ],
  });
  const files = new JourneyData(scenario, { users: join(folder, 'users.csv') }, wholeLoad);
  await files.load();
  return { files, workload: new JourneyWorkload(scenario, { ...options, files }) };
}

describe('rows of journeys', () => {
  it('go on from one load to the next', async () => {
    const { files, workload } = await workloadWith({ mode: 'once', whenExhausted: 'wrap' });
    const names: unknown[] = [];
    const take = (count: number): void => {
      while (names.length < count) {
        expect(workload.state()).toBe('ready');
        const { variables } = workload.next();
        if (variables['users.name'] !== undefined) names.push(variables['users.name']);
      }
    };
    take(1);
    await files.load();
    take(4);
    expect(names).toEqual(['ann', 'bob', 'ann', 'bob']);
    expect(files.close().find(({ name }) => name === 'users')).toMatchObject({ rows: 2 });
  });

  it('are used by journeys that have placeholders for them, and by no others', async () => {
    const { files, workload } = await workloadWith({ mode: 'once' });
    let logins = 0;
    while (workload.state() === 'ready') {
      const { journey, variables, secrets } = workload.next();
      expect(variables.city).toBe('Bern');
      if (journey === 'visit') {
        expect([variables['users.name'], secrets]).toEqual([undefined, []]);
        continue;
      }
      const [name, password, code] =
        [
          ['ann', 'secret-a', '1'],
          ['bob', 'secret-b', '2'],
        ][logins] ?? [];
      expect(variables).toMatchObject({ 'users.name': name, 'users.password': password, 'users.code': code });
      // One is a secret by its name, the other by the header that contains it.
      expect(secrets.toSorted()).toEqual([code, password]);
      logins += 1;
    }
    expect(logins).toBe(2);
    expect(files.close()).toMatchObject([{ name: 'users', rows: 2, used: 2, isExhausted: true }]);
  });

  it.each([
    ['stop', undefined],
    ['fail', expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining('users.csv ran out') })],
  ])('that ran out end the load once: %s', async (whenExhausted, fault) => {
    const { files, workload } = await workloadWith({ mode: 'once', whenExhausted });
    const ends: unknown[] = [];
    files.onEnd((reason) => ends.push(reason));
    while (workload.state() === 'ready') workload.next();
    expect([workload.state(), workload.state()]).toEqual(['ended', 'ended']);
    expect(ends).toEqual([fault]);
  });

  it('that are not read yet keep an iteration waiting, whose time goes on', async () => {
    const ahead = 100_000;
    const lines = Array.from({ length: ahead + 10 }, (_, index) => String(index));
    writeFileSync(join(folder, 'numbers.csv'), `n\n${lines.join('\n')}\n`);
    const scenario = scenarioSchema.parse({
      ...level('level-0'),
      thresholds: {},
      journeys: [{ name: 'visit', steps: [{ url: '/?n={{numbers.n}}' }] }],
      dataFiles: [{ name: 'numbers', file: 'numbers.csv' }],
    });
    const files = new JourneyData(scenario, { numbers: join(folder, 'numbers.csv') }, wholeLoad);
    await files.load();
    const workload = new JourneyWorkload(scenario, { ...options, files });
    // The loop is synchronous, so that nothing is read meanwhile.
    for (let used = 0; used < ahead; used += 1) if (workload.state() === 'ready') workload.next();
    expect(workload.state()).toBe('waiting');

    const clock = new VirtualClock();
    let interrupted = 0;
    const sent = new Promise<Exchange>((send) => {
      const sender = { send, close: () => {}, release: () => {}, originOf: () => undefined };
      const [recorder, journeys] = [new Recorder(0), new JourneyRecorder(0)];
      const dependencies = { clock, workload, sender, recorder, journeys, isScheduled: true };
      const user = new JourneyUser(1, dependencies, () => {});
      user.begin(40);
      const other = new JourneyUser(2, dependencies, () => {
        interrupted += 1;
      });
      other.begin(40);
      other.interrupt();
      clock.runUntil(70);
    });
    const { intendedMs, sentMs, request } = await sent;
    expect([intendedMs, sentMs]).toEqual([40, 70]);
    expect(request?.wire.head).toContain(`/?n=${ahead} `);
    expect(interrupted).toBe(1);
    expect(files.close()).toMatchObject([{ used: ahead + 1 }]);
  });

  it('never run out in other modes', async () => {
    for (const users of [{ mode: 'in-turn' }, { mode: 'random' }, { mode: 'once', whenExhausted: 'wrap' }]) {
      const { workload } = await workloadWith(users);
      for (let iteration = 0; iteration < 50; iteration += 1) {
        expect(workload.state()).toBe('ready');
        workload.next();
      }
    }
  });
});
