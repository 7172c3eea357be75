import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeHdr } from '../../electron/hdr/hdrCodec';
import { Cli } from '../support/cli';
import { brief, writeScenario } from '../support/scenarios';

describe('proofload run', () => {
  let cli: Cli;
  beforeEach(() => {
    cli = new Cli();
  });
  afterEach(() => cli.dispose());

  it('writes a document that follows the published schema and adds up', async () => {
    await cli.run(
      'run',
      'level-0',
      '--engine',
      'memory',
      '--duration',
      '2s',
      '--warmup',
      '0s',
      '--out',
      cli.file('run.json'),
      '--quiet',
    );
    const text = readFileSync(cli.file('run.json'), 'utf8');
    const schema = z
      .record(z.string(), z.unknown())
      .parse(
        JSON.parse(readFileSync(resolve(import.meta.dirname, '../../resources/run-document.schema.json'), 'utf8')),
      );
    const validate = new Ajv2020({ strict: false, formats: { 'date-time': true, uri: true } }).compile(schema);
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);

    const document = cli.document('run.json');
    const { metrics, intervals, histograms } = document;
    expect(metrics.http_reqs.count).toBe(40);
    expect(intervals.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    expect(Object.values(metrics.by_operation).reduce((sum, { count }) => sum + count, 0)).toBe(
      metrics.http_req_duration.count,
    );
    const response = decodeHdr(histograms.http_req_duration);
    expect(response.count).toBe(40);
    expect(Math.abs(response.percentileUs(95) / 1000 / metrics.http_req_duration.p95 - 1)).toBeLessThan(0.002);
  });

  it('runs a closed model with either driver', async () => {
    for (const driver of ['proofload', 'autocannon']) {
      await cli.run(
        'run',
        'level-1',
        '--engine',
        'memory',
        '--vus',
        '5',
        '--duration',
        '1s',
        '--warmup',
        '1s',
        '--driver',
        driver,
        '--out',
        cli.file(`${driver}.json`),
        '--quiet',
      );
      const { metrics, integrity } = cli.document(`${driver}.json`);
      expect(metrics.http_reqs.count).toBeGreaterThan(100);
      expect(metrics.http_req_failed.count).toBe(0);
      expect(integrity).toMatchObject({ violations: 0, lostWrites: 0 });
    }
  });

  it('is inconclusive when asked for a rate that the generator cannot send', async () => {
    const { code, stdout } = await cli.run(
      'run',
      writeScenario(cli.folder, brief),
      '--engine',
      'memory',
      '--rate',
      '400000',
      '--duration',
      '1s',
      '--out',
      cli.file('run.json'),
    );
    expect(code).toBe(75);
    const { verdict, trust, metrics } = cli.document('run.json');
    expect(verdict).toBe('inconclusive');
    expect(trust.some(({ check, ok }) => check === 'unanswered' && !ok)).toBe(true);
    expect(metrics.http_reqs.count + metrics.dropped_iterations.count).toBe(400_000);
    expect(stdout).toContain('Inconclusive');
  });
});
