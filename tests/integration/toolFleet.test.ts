import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CommandProcess } from '../../electron/drivers/commandProcess';
import { drivenLoad } from '../../electron/drivers/drivenLoad';
import type { FoundTool } from '../../electron/drivers/findTool';
import { artilleryPlan } from '../../electron/drivers/remote/artilleryPlan';
import { ToolFleet } from '../../electron/drivers/toolFleet';
import type { LoadTick } from '../../electron/load/protocol';
import { isAlive } from '../../electron/system/processes';
import { urlTargetSchema } from '../../shared/run/target';
import { scenarioSchema } from '../../shared/scenario/schema';
import { isPosix } from '../support/platform';
import { startServer } from '../support/testServer';

const artillery: FoundTool = {
  tool: 'artillery',
  version: '2.0.34',
  path: process.env.PROOFLOAD_TEST_ARTILLERY ?? '',
};
const k6: FoundTool = { tool: 'k6', version: '1.0.0', path: resolve('tests/support/k6StandIn.mjs') };

/** A load of ten users with a request each to two names, of which one is admitted. */
function load(port: number) {
  const scenario = scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'names',
    name: 'Names',
    load: { executor: 'per-vu-iterations', vus: 10, iterations: 1 },
    journeys: [
      {
        name: 'both',
        steps: [
          { name: 'admitted', url: `http://shop.test:${port}/`, headers: { 'X-Key': '{{secret.KEY}}' } },
          { name: 'other', url: `http://elsewhere.test:${port}/` },
        ],
      },
    ],
  });
  const target = urlTargetSchema.parse({ kind: 'url', url: `http://shop.test:${port}/` });
  return { scenario, target: { ...target, addresses: { 'shop.test': ['127.0.0.1'] } } };
}

describe.runIf(isPosix)('the processes of a tool', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proofload-tool-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  function fleetOf(tool: FoundTool, port: number, onTick: (tick: LoadTick) => void = () => {}) {
    const secrets = new Map([['KEY', 'value-of-the-key']]);
    const inputs = { dataPaths: {}, given: {} };
    const driven = drivenLoad({ ...load(port), secrets, inputs });
    return new ToolFleet({ tool, driven, name: 'proofload-test', folder }, { onPhase: () => {}, onTick });
  }

  it('connect to the addresses that were admitted and to no others, with secrets that are in no file', async () => {
    const keys: unknown[] = [];
    const server = await startServer((request, response) => {
      keys.push(request.headers['x-key']);
      response.end('right');
    });
    try {
      const ticks: LoadTick[] = [];
      const fleet = fleetOf(artillery, Number(new URL(server.url).port), (tick) => ticks.push(tick));
      const end = await fleet.run();
      expect(end.fault).toBeUndefined();
      expect(keys).toEqual(Array(10).fill('value-of-the-key'));
      const admitted = ticks.reduce((sum, { response }) => sum + (response.admitted?.count ?? 0), 0);
      expect(admitted).toBe(10);
      expect(ticks.reduce((sum, { failures }) => sum + (failures['host-unknown'] ?? 0), 0)).toBe(10);
      const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      expect(written.length).toBeGreaterThan(0);
      for (const { parentPath, name } of written)
        expect(readFileSync(join(parentPath, name), 'utf8')).not.toContain('value-of-the-key');
      await fleet.end();
    } finally {
      await server.close();
    }
  }, 60_000);

  it('connect to them on machines elsewhere as well, where the script and its module are all that there is', async () => {
    const requests: (string | undefined)[] = [];
    const server = await startServer((request, response) => {
      requests.push(request.headers.host);
      response.end('right');
    });
    try {
      const port = Number(new URL(server.url).port);
      const { scenario, target } = load(port);
      const plain = {
        ...scenario,
        journeys: scenario.journeys?.map((journey) => ({ ...journey, steps: journey.steps.slice(1) })),
      };
      const driven = drivenLoad({
        scenario: { ...plain, processes: 2 },
        target: { ...target, addresses: { 'elsewhere.test': ['127.0.0.1'] } },
        secrets: new Map(),
        inputs: { dataPaths: {}, given: {} },
      });
      const { files } = artilleryPlan(driven, { place: 'fargate', region: 'eu-central-1' });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const command = new CommandProcess({
        file: artillery.path,
        args: ['run', '--quiet', '--output', 'report.json', 'artillery-script.json'],
        folder,
        env: { ARTILLERY_DISABLE_TELEMETRY: 'true' },
      });
      const { code, complaint } = await command.ended;
      expect(code, complaint).toBe(0);
      // Half of ten users, each with one request.
      expect(requests).toEqual(Array(5).fill(`elsewhere.test:${port}`));
    } finally {
      await server.close();
    }
  }, 60_000);

  it('are killed with the containers that they run in', async () => {
    vi.stubEnv('PROOFLOAD_DOCKER_STAND_IN', JSON.stringify({ folder }));
    vi.stubEnv('PROOFLOAD_K6_STAND_IN', JSON.stringify({ rate: 100, durationMs: 60_000 }));
    const container = { image: 'grafana/k6:2.2.0', sharesNetwork: true };
    const path = resolve('tests/support/dockerStandIn.mjs');
    const begun = Promise.withResolvers<void>();
    const fleet = fleetOf({ ...k6, path, container }, 1, () => begun.resolve());
    const running = fleet.run();
    await Promise.race([begun.promise, running]);
    const inContainer = Number(readFileSync(join(folder, 'proofload-test-0.pid'), 'utf8'));
    expect(isAlive(inContainer)).toBe(true);
    await fleet.end();
    await vi.waitFor(() => expect(isAlive(inContainer)).toBe(false), 30_000);
    expect((await running).fault?.code).toBe('load-failed');
  }, 60_000);

  it('say what went wrong without the secrets that they were given', async () => {
    const complaint = 'cannot send value-of-the-key';
    vi.stubEnv('PROOFLOAD_K6_STAND_IN', JSON.stringify({ code: 107, complaint }));
    const fleet = fleetOf(k6, 1);
    await expect(fleet.run()).rejects.toMatchObject({
      code: 'load-failed',
      message: expect.stringContaining('It said: cannot send {{secret.KEY}}'),
    });
    await fleet.end();
  }, 60_000);
});
