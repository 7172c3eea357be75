import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { OutputTotals } from '../../electron/outputs/outputTotals';
import { prometheusText } from '../../electron/outputs/prometheus/prometheusText';
import { type RequestPhase, requestPhases } from '../../shared/run/metrics';
import { description, histogramOfMs, level, runDocument, runTick } from '../support/factories';
import { outputSecond } from '../support/outputSeconds';
import { PrometheusMetrics } from '../support/prometheusMetrics';

const file = resolve(import.meta.dirname, '../../resources/grafana/proofload.json');
const datasource = z.object({ type: z.literal('prometheus'), uid: z.string().regex(/^\$\{datasource\}$/) });
const dashboardSchema = z.object({
  title: z.string(),
  uid: z.string().max(40),
  schemaVersion: z.number(),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })),
  }),
  panels: z.array(
    z.object({
      id: z.number(),
      title: z.string(),
      description: z.string(),
      type: z.enum(['stat', 'timeseries', 'table']),
      datasource,
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ refId: z.string(), datasource, expr: z.string(), legendFormat: z.string() })).min(1),
    }),
  ),
});
const dashboard = dashboardSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const queries = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => [title, expr.replaceAll('$__rate_interval', '1m')] as const),
);

/** The names of metrics in a query, and what of it could not be read (the grammar of Prometheus itself). */
function read(query: string): { metrics: string[]; labels: string[]; errors: string[] } {
  const found = { metrics: [] as string[], labels: [] as string[], errors: [] as string[] };
  parser.parse(query).iterate({
    enter: ({ name, type, from, to, node }) => {
      const text = query.slice(from, to);
      if (type.isError) found.errors.push(text);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') found.metrics.push(text);
      if (name === 'LabelName') found.labels.push(text);
    },
  });
  return found;
}

/** All metrics that a run can have. */
function everyMetric(): PrometheusMetrics {
  const load = { executor: 'constant-vus', vus: 2, duration: '1s', driver: 'proofload', gracefulStop: '30s' } as const;
  const scenario = { ...level('level-2'), load };
  const totals = new OutputTotals(description({ scenario }));
  const second = outputSecond(
    1,
    { read: [1] },
    { errors: { timeout: 1 }, errorsByOperation: { read: { timeout: 1 } } },
  );
  const phases = new Map(
    requestPhases.map((phase): [RequestPhase, ReturnType<typeof histogramOfMs>] => [phase, histogramOfMs(1)]),
  );
  totals.addSecond({ ...second, lateness: histogramOfMs(1), phases });
  totals.noteEvent({ type: 'tick', tick: runTick({ inFlight: 1, generatorUtilisation: 0.1 }) });
  const check = { check: 'drift', value: 3, limit: 2, unit: '%', ok: false, message: 'It drifted.' } as const;
  totals.end(runDocument({ trust: [check] }));
  return new PrometheusMetrics(prometheusText(totals));
}

describe('the Grafana dashboard', () => {
  const metrics = everyMetric();

  it.each(queries)('%s: %s names metrics that there are, by labels that they have', (_title, query) => {
    const { metrics: named, labels, errors } = read(query);
    expect(errors).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !metrics.names.includes(name))).toEqual([]);
    const known = named.flatMap((name) => metrics.labels(name).flatMap((all) => Object.keys(all)));
    expect(labels.filter((label) => !known.includes(label))).toEqual([]);
  });

  it('finds a metric that is not there, and a query that is none', () => {
    expect(read('rate(proofload_http_requests_total[1m])').metrics.some((name) => metrics.names.includes(name))).toBe(
      false,
    );
    expect(read('rate(proofload_http_reqs_total[1m]').errors).not.toEqual([]);
  });

  it('chooses runs by a metric that each has from its first second', () => {
    const definition = dashboard.templating.list.find(({ name }) => name === 'run')?.definition ?? '';
    const [, name = ''] = /^label_values\((\w+), run\)$/.exec(definition) ?? [];
    const begun = new PrometheusMetrics(prometheusText(new OutputTotals(description())));
    expect(begun.labels(name)).toEqual([{ run: 'run-1', scenario: 'level-2' }]);
  });

  it('has panels that lie beside each other', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(dashboard.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });
});
