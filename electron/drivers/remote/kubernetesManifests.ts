import { stringify } from 'yaml';
import { ProofloadError } from '../../../shared/errors/appError';
import { k6Image } from '../../../shared/run/driver';
import { printableJson } from '../../../shared/text/printable';
import { k6Script } from '../../report/exporters/k6Script';
import { type DrivenLoad, drivenScenario, drivenUrl, secretEnvironment } from '../drivenLoad';
import { k6Addition } from '../k6Runs';

/*
 * What a load in Kubernetes consists of: a `TestRun` of k6-operator (k6.io/v1alpha1, as its CRD of v1.6.0 has it:
 * config/crd/bases/k6.io_testruns.yaml), its script in a ConfigMap, and an OpenTelemetry Collector that gathers the
 * metrics of all runners and prints them, so that `kubectl logs` brings them here.
 */

const collectorImage = 'otel/opentelemetry-collector:0.159.0';
const collectorPort = 4318;
const scriptName = 'k6-script.js';
/** The label of the objects of a load that Proofload looks for. */
export const loadLabel = 'proofload';
/** A ConfigMap can hold 1 MiB of data (kubernetes.io/docs/concepts/configuration/configmap). */
const maxScriptBytes = 1_000_000;

/** The files of a load in Kubernetes, in the order in which they are created. */
export const manifestNames = { collector: 'collector.yaml', script: 'script.yaml', run: 'testrun.yaml' } as const;

/** The manifests of a load. */
export interface KubernetesManifests {
  /** The name of its `TestRun`, and the beginning of all other names. */
  name: string;
  files: Readonly<Record<string, string>>;
  /** The values of the secrets that runners get, by environment variable. */
  secrets: Readonly<Record<string, string>>;
  differences: readonly string[];
}

const yamlOptions = { lineWidth: 0, aliasDuplicateObjects: false } as const;

function yamlOf(...documents: object[]): string {
  return documents.map((document) => stringify(document, yamlOptions)).join('---\n');
}

export function secretNameOf(name: string): string {
  return `${name}-secrets`;
}

export function collectorNameOf(name: string): string {
  return `${name}-collector`;
}

/** The Secret of a load as JSON, which goes to kubectl by its standard input. */
export function secretManifest({ name, secrets }: KubernetesManifests): string {
  const metadata = { name: secretNameOf(name) };
  return JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: secrets });
}

/**
 * The settings of the collector: metrics in by OTLP/HTTP, lines of JSON out. Its own messages go to standard error, and
 * do not begin like a batch.
 */
const collectorConfig = {
  receivers: { otlp: { protocols: { http: { endpoint: `0.0.0.0:${collectorPort}` } } } },
  exporters: { file: { path: '/dev/stdout' } },
  service: {
    telemetry: { logs: { level: 'warn' }, metrics: { level: 'none' } },
    pipelines: { metrics: { receivers: ['otlp'], exporters: ['file'] } },
  },
};

function collectorOf(name: string): string {
  const own = collectorNameOf(name);
  const labels = { 'app.kubernetes.io/name': own };
  const port = { name: 'otlp-http', port: collectorPort };
  return yamlOf(
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: own }, data: { 'config.yaml': yamlOf(collectorConfig) } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: own }, spec: { selector: labels, ports: [port] } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: own, labels },
      spec: {
        // A collector that restarts has lost samples, so the load must end.
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'collector',
            image: collectorImage,
            ports: [{ name: 'otlp-http', containerPort: collectorPort }],
            readinessProbe: { tcpSocket: { port: collectorPort } },
            volumeMounts: [{ name: 'config', mountPath: '/etc/otelcol', readOnly: true }],
          },
        ],
        volumes: [{ name: 'config', configMap: { name: own } }],
      },
    },
  );
}

/**
 * The environment of a runner. Sums and histograms of what is new since the last export can be added up, and
 * exponential buckets are narrow (k6 2.2, internal/output/opentelemetry/config.go; opentelemetry-go,
 * otlpmetrichttp/internal/oconf/envconfig.go).
 */
function runnerEnvironment(name: string): { name: string; value: string }[] {
  const variables = {
    K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: `${collectorNameOf(name)}:${collectorPort}`,
    K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
    K6_OTEL_EXPORT_INTERVAL: '1s',
    K6_OTEL_FLUSH_INTERVAL: '200ms',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
  };
  return Object.entries(variables).map(([variable, value]) => ({ name: variable, value }));
}

function testRunOf(name: string, parallelism: number, hasSecrets: boolean): string {
  const labels = { [loadLabel]: name };
  return yamlOf({
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: { name, labels },
    spec: {
      parallelism,
      script: { configMap: { name, file: scriptName } },
      arguments: '--out opentelemetry --no-usage-report',
      // It would run the script without the secrets, and reports nothing that Proofload needs.
      initializer: { disabled: true },
      runner: {
        image: k6Image,
        metadata: { labels },
        env: runnerEnvironment(name),
        ...(hasSecrets ? { envFrom: [{ secretRef: { name: secretNameOf(name) } }] } : {}),
      },
    },
  });
}

/** The tags that tell samples apart. Each further tag would add series to each metric. */
const systemTags = ['status', 'error_code', 'expected_response', 'scenario', 'check', 'name'];

/**
 * What is added to the script for a runner. The summary goes to its log: Proofload compares the count in it
 * with the samples that have arrived.
 */
const runnerAddition = `options.systemTags = ${JSON.stringify(systemTags)};

/** @param {any} data */
export function handleSummary(data) {
  const { http_reqs: requests } = data.metrics;
  return { stdout: '\\n' + JSON.stringify({ proofload: { http_reqs: requests ? requests.values.count : 0 } }) + '\\n' };
}
`;

const ofCluster = [
  'The response time of k6 begins with the send: the time to wait for a connection and to open it is in http_req_blocked only.',
  'Runners report once a second, in buckets: a request counts within about a second of its end, and its response time is the upper bound of its bucket. The trust check histogram-resolution shows the width of the widest bucket.',
  'Distributions are merged as histograms; no percentile is averaged.',
];

/** The manifests of a load, whose names begin with `name`. Throws `usage` for a script that is too large. */
export function kubernetesManifests(driven: DrivenLoad, name: string): KubernetesManifests {
  const { body, differences, secrets: named } = k6Script(drivenScenario(driven), drivenUrl(driven.target));
  const script = `${body}${k6Addition(driven, 'value')}${runnerAddition}`;
  if (Buffer.byteLength(script) > maxScriptBytes)
    throw new ProofloadError(
      'usage',
      'the script is larger than a ConfigMap of Kubernetes can be',
      'use less data in the scenario, or export the script and put it on a volume',
    );
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { [scriptName]: script } };
  const secrets = secretEnvironment(named, driven.secrets);
  return {
    name,
    files: {
      [manifestNames.collector]: collectorOf(name),
      // Characters that terminals act on are escaped in the script itself.
      [manifestNames.script]: yamlOf(configMap),
      [manifestNames.run]: testRunOf(name, driven.processes, Object.keys(secrets).length > 0),
    },
    secrets,
    differences: [...ofCluster, ...differences],
  };
}

/** The Secret as a plan shows it. */
export function hiddenSecret(manifests: KubernetesManifests): string {
  const hidden = Object.fromEntries(Object.keys(manifests.secrets).map((variable) => [variable, '***']));
  return printableJson(secretManifest({ ...manifests, secrets: hidden }));
}
