import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { k6ExportsOf } from '../../../tests/support/k6Exports';
import { remoteLoad, remoteSecret } from '../../../tests/support/remoteLoads';
import { requestsInLogs } from './clusterState';
import { kubernetesManifests, secretManifest } from './kubernetesManifests';
import { kubernetesPlan } from './kubernetesPlan';
import { describeCommands, describePlan } from './remotePlan';

const schema: unknown = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../tests/support/k6OperatorTestRun.json'), 'utf8'),
);
const isTestRun = new Ajv().compile(z.record(z.string(), z.unknown()).parse(schema));
const name = 'proofload-20261126-090000-abcdef';

const objectSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string() }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.looseObject({}).optional(),
});

function objectsIn(text: string | undefined) {
  return parseAllDocuments(text ?? '').map((document) => objectSchema.parse(document.toJS()));
}

describe('the manifests of a load in Kubernetes', () => {
  it.each([
    ['with secrets', {}],
    ['without', { requests: [{ name: 'cart', url: '/cart' }] }],
  ])('are a TestRun as its CRD has it, %s', (_name, scenario) => {
    const { files } = kubernetesManifests(remoteLoad(scenario), name);
    const run: unknown = parse(files['testrun.yaml'] ?? '');
    isTestRun(run);
    expect(isTestRun.errors ?? []).toEqual([]);
    expect(run).toMatchObject({
      metadata: { name },
      spec: { parallelism: 3, script: { configMap: { name, file: 'k6-script.js' } } },
    });
    isTestRun({ ...z.looseObject({}).parse(run), spec: { parallelism: 3, script: {}, paralelism: 3 } });
    expect(isTestRun.errors).toHaveLength(1);
  });

  it('name the script, the collector and each other', () => {
    const { files } = kubernetesManifests(remoteLoad(), name);
    const [script] = objectsIn(files['script.yaml']);
    expect(script).toMatchObject({ kind: 'ConfigMap', metadata: { name } });
    expect(script?.data?.['k6-script.js']).toContain("from 'k6/http'");
    const [config, service, pod] = objectsIn(files['collector.yaml']);
    const own = `${name}-collector`;
    expect([config, service, pod].map((object) => object?.metadata.name)).toEqual([own, own, own]);
    expect(service?.spec).toMatchObject({ selector: { 'app.kubernetes.io/name': own }, ports: [{ port: 4318 }] });
    expect(parse(config?.data?.['config.yaml'] ?? '')).toMatchObject({
      receivers: { otlp: { protocols: { http: { endpoint: '0.0.0.0:4318' } } } },
      exporters: { file: { path: '/dev/stdout' } },
      service: { pipelines: { metrics: { receivers: ['otlp'], exporters: ['file'] } } },
    });
    expect(pod?.spec).toMatchObject({ volumes: [{ configMap: { name: own } }] });
    expect(files['testrun.yaml']).toContain(`value: ${own}:4318`);
  });

  it('have runners report what can be added up, at their start and at their end', () => {
    const { files } = kubernetesManifests(remoteLoad(), name);
    const run = files['testrun.yaml'];
    expect(run).toContain('arguments: --out opentelemetry --no-usage-report');
    expect(run).toMatch(/TEMPORALITY_PREFERENCE\n\s+value: delta/);
    expect(run).toMatch(/HISTOGRAM_AGGREGATION\n\s+value: base2_exponential_bucket_histogram/);
    const [script] = objectsIn(files['script.yaml']);
    const text = script?.data?.['k6-script.js'] ?? '';
    expect(text).toContain("new ProofloadMetric('proofload_started_ms')");
    expect(text).toContain('proofloadStarted.add(Date.now());');
    expect(text.match(/export function handleSummary/g)).toHaveLength(1);
    expect(text).toContain('options.hosts = {"shop.test":"192.0.2.1"};');
  });

  it('have a script whose options and summary are those that Proofload reads', () => {
    const [script] = objectsIn(kubernetesManifests(remoteLoad(), name).files['script.yaml']);
    const { options, handleSummary } = k6ExportsOf(script?.data?.['k6-script.js'] ?? '');
    expect(options.scenarios.proofload).toMatchObject({ executor: 'constant-arrival-rate', rate: 30, startTime: '1s' });
    expect(options.scenarios.warmup).toMatchObject({ rate: 30, duration: '1s' });
    expect(options.systemTags).toEqual(['status', 'error_code', 'expected_response', 'scenario', 'check', 'name']);
    const { stdout } = handleSummary({ metrics: { http_reqs: { values: { count: 30, rate: 10 } } } });
    expect(requestsInLogs(`a message\n${stdout}`, 1)).toBe(30);
    expect(requestsInLogs(handleSummary({ metrics: {} }).stdout, 1)).toBe(0);
  });

  it('have secrets in no file, and in the plan by name alone', () => {
    const manifests = kubernetesManifests(remoteLoad(), name);
    const plan = kubernetesPlan(manifests, {});
    expect(JSON.stringify(manifests.files) + describePlan(plan)).not.toContain(remoteSecret);
    expect(JSON.parse(secretManifest(manifests))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: `${name}-secrets` },
      stringData: { PROOFLOAD_SECRET_KEY: remoteSecret },
    });
    expect(parse(manifests.files['testrun.yaml'] ?? '')).toMatchObject({
      spec: { runner: { envFrom: [{ secretRef: { name: `${name}-secrets` } }] } },
    });
  });

  it('are refused where the script is larger than a ConfigMap', () => {
    const body = 'x'.repeat(1_000_000);
    const requests = [{ name: 'cart', url: '/cart', method: 'POST', body }];
    expect(() => kubernetesManifests(remoteLoad({ requests }), name)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('ConfigMap') }),
    );
  });
});

describe('the plan of a load in Kubernetes', () => {
  it('has every command, in the order in which they are run', () => {
    const plan = kubernetesPlan(kubernetesManifests(remoteLoad(), name), { context: 'staging', namespace: 'load' });
    expect(describeCommands(plan)).toMatchInlineSnapshot(`
      "# create the collector of samples, and the script
      kubectl --context staging --namespace load create --filename collector.yaml --filename script.yaml

      # create the secrets, from standard input
      kubectl --context staging --namespace load create --filename -
      #   {"apiVersion":"v1","kind":"Secret","metadata":{"name":"proofload-20261126-090000-abcdef-secrets"},"stringData":{"PROOFLOAD_SECRET_KEY":"***"}}

      # wait until the collector listens
      kubectl --context staging --namespace load wait --for=condition=Ready pod/proofload-20261126-090000-abcdef-collector --timeout=180s

      # gather the samples of all runners, until the end
      kubectl --context staging --namespace load logs --follow pod/proofload-20261126-090000-abcdef-collector

      # create the TestRun, which starts the runners
      kubectl --context staging --namespace load create --filename testrun.yaml

      # check the state of the runners, every two seconds
      kubectl --context staging --namespace load get testruns.k6.io,pods --selector proofload=proofload-20261126-090000-abcdef --output json

      # read how many requests each runner has sent
      kubectl --context staging --namespace load logs --selector proofload=proofload-20261126-090000-abcdef --container k6 --tail 50 --max-log-requests 64

      # end the runners, only if the load is stopped early
      kubectl --context staging --namespace load delete testruns.k6.io proofload-20261126-090000-abcdef --cascade=foreground --ignore-not-found --timeout=60s

      # remove everything at the end
      kubectl --context staging --namespace load delete --filename testrun.yaml --filename script.yaml --filename collector.yaml --ignore-not-found --wait=false

      # remove the secrets
      kubectl --context staging --namespace load delete secret proofload-20261126-090000-abcdef-secrets --ignore-not-found
      "
    `);
  });

  it('shows every file', () => {
    const plan = kubernetesPlan(kubernetesManifests(remoteLoad(), name), {});
    const text = describePlan(plan);
    for (const [file, content] of Object.entries(plan.files))
      expect(text).toContain(`--- ${file}\n${content.trimEnd()}`);
    expect(text).toMatch(/^A load on Kubernetes\. Nothing was written, and nothing was sent\./);
    expect(plan.files['testrun.yaml']).toMatchInlineSnapshot(`
      "apiVersion: k6.io/v1alpha1
      kind: TestRun
      metadata:
        name: proofload-20261126-090000-abcdef
        labels:
          proofload: proofload-20261126-090000-abcdef
      spec:
        parallelism: 3
        script:
          configMap:
            name: proofload-20261126-090000-abcdef
            file: k6-script.js
        arguments: --out opentelemetry --no-usage-report
        initializer:
          disabled: true
        runner:
          image: grafana/k6:2.2.0
          metadata:
            labels:
              proofload: proofload-20261126-090000-abcdef
          env:
            - name: K6_OTEL_EXPORTER_PROTOCOL
              value: http/protobuf
            - name: K6_OTEL_HTTP_EXPORTER_ENDPOINT
              value: proofload-20261126-090000-abcdef-collector:4318
            - name: K6_OTEL_HTTP_EXPORTER_INSECURE
              value: "true"
            - name: K6_OTEL_EXPORT_INTERVAL
              value: 1s
            - name: K6_OTEL_FLUSH_INTERVAL
              value: 200ms
            - name: OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE
              value: delta
            - name: OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION
              value: base2_exponential_bucket_histogram
          envFrom:
            - secretRef:
                name: proofload-20261126-090000-abcdef-secrets
      "
    `);
  });
});
