import { ProofloadError } from '../../../shared/errors/appError';
import { wireUrl } from '../../../shared/http/wireUrl';
import type { HostGuard } from '../../hosts/hostGuard';
import type { RunOutput } from '../../outputs/runOutput';

/** Where a run sends its metrics while it is in progress. */
export interface OutputChoices {
  /** The port of `/metrics` on 127.0.0.1. 0 selects a free port. */
  prometheusPort?: number | undefined;
  /**
   * The OTLP/HTTP receiver. Without a path, the path of metrics is used (OpenTelemetry Protocol exporter,
   * `v1/metrics`).
   */
  otlpUrl?: string | undefined;
}

/** Outputs that are ready for a run. */
export interface OpenOutputs {
  outputs: readonly RunOutput[];
  /** A sentence about each output that says where it is. */
  places: readonly string[];
}

const metricsPath = '/v1/metrics';

/** The complete URL. Throws `usage` for an invalid URL, and for one with credentials or a query. */
function receiverUrl(text: string): URL {
  const example = 'give the URL of a receiver of OTLP/HTTP, such as http://127.0.0.1:4318';
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new ProofloadError('usage', 'the receiver of metrics is not an http(s) URL', example);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw new ProofloadError(
      'usage',
      `a user or a query in the URL of ${url.host} would not be sent`,
      'give credentials as headers, in OTEL_EXPORTER_OTLP_HEADERS',
    );
  if (url.pathname === '/') url.pathname = metricsPath;
  return url;
}

async function openOtlp(text: string, hosts: HostGuard): Promise<OpenOutputs> {
  const url = receiverUrl(text);
  const { hostname } = wireUrl(url.href);
  const admitted = await hosts.admit([{ host: hostname, secrets: [] }], 'the metrics of the run');
  const { OtlpOutput } = await import('../../outputs/otlp/otlpOutput');
  return {
    outputs: [new OtlpOutput(url.href, admitted[hostname] ?? [])],
    places: [`metrics are sent to ${url.href}`],
  };
}

async function openPrometheus(port: number): Promise<OpenOutputs> {
  const { MetricsEndpoint } = await import('../../outputs/prometheus/metricsEndpoint');
  const endpoint = await MetricsEndpoint.open(port);
  return {
    outputs: [endpoint],
    places: [
      `metrics for Prometheus are at ${endpoint.url}; if they are scraped, the run waits at its end for a last scrape`,
    ],
  };
}

/**
 * Opens the requested outputs after their hosts are admitted. Rejects with `usage`, `port-in-use`,
 * `remote-not-allowed`, `target-unreachable`.
 */
export async function openOutputs({ prometheusPort, otlpUrl }: OutputChoices, hosts: HostGuard): Promise<OpenOutputs> {
  const opened: OpenOutputs[] = [];
  // The output that can be refused is opened first, so that nothing is left open.
  if (otlpUrl !== undefined) opened.push(await openOtlp(otlpUrl, hosts));
  if (prometheusPort !== undefined) opened.push(await openPrometheus(prometheusPort));
  return {
    outputs: opened.flatMap(({ outputs }) => outputs),
    places: opened.flatMap(({ places }) => places),
  };
}
