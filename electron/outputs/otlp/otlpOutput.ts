import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import { convertLegacyHttpOptions, createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { MetricsExporterMetricsHelper, ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { errorMessage } from '../../../shared/errors/appError';
import type { RunEvent } from '../../../shared/run/events';
import { pinnedLookup } from '../../hosts/pinnedLookup';
import { OutputTotals } from '../outputTotals';
import type { OutputSecond, RunOutput } from '../runOutput';
import { otlpMetrics } from './otlpMetrics';
import { withExemplars } from './withExemplars';

/**
 * The interval between deliveries. All metrics are cumulative, so the next delivery includes what a missed one would
 * have sent.
 */
const everySeconds = 5;
/** The maximum time of a delivery, including the exporter's own retries. */
const timeoutMillis = 5_000;

/** The part of the SDK's exporter that an output uses. */
type Exporter = Pick<PushMetricExporter, 'export' | 'shutdown'>;

/** Writes what the exporter of the SDK writes, with exemplars. */
const serializer: typeof ProtobufMetricsSerializer = {
  serializeRequest: (metrics) => {
    const written = ProtobufMetricsSerializer.serializeRequest(metrics);
    return written && withExemplars(written, metrics);
  },
  deserializeResponse: (data) => ProtobufMetricsSerializer.deserializeResponse(data),
};

/** Connects to the addresses that were confirmed, even if the name leads to others by then. */
function exporterTo(url: string, addresses: readonly string[]): Exporter {
  const config = {
    url,
    timeoutMillis,
    // One delivery at a time.
    concurrencyLimit: 1,
    httpAgentOptions: { keepAlive: true, lookup: pinnedLookup(addresses) },
  };
  const options = convertLegacyHttpOptions(config, 'METRICS', 'v1/metrics', {
    'Content-Type': 'application/x-protobuf',
  });
  return new OTLPExporterBase(
    createOtlpHttpExportDelegate(
      options,
      serializer,
      'otlp_http_metric_exporter',
      MetricsExporterMetricsHelper,
      undefined,
    ),
  );
}

/** Sends the metrics of a run to an OTLP/HTTP receiver. The run never waits for a delivery. */
export class OtlpOutput implements RunOutput {
  readonly #exporter: Exporter;
  readonly #url: string;
  readonly #nowMs: () => number;
  #totals: OutputTotals | undefined;
  #delivery: Promise<void> | undefined;
  #deliveries = 0;
  #failures = 0;
  #lastFailure: string | undefined;

  /** `url` is the full URL with its path. `addresses` are those of its host. */
  constructor(
    url: string,
    addresses: readonly string[],
    exporter: Exporter = exporterTo(url, addresses),
    nowMs: () => number = Date.now,
  ) {
    this.#url = url;
    this.#exporter = exporter;
    this.#nowMs = nowMs;
  }

  onEvent(event: RunEvent): void {
    if (event.type === 'started') this.#totals = new OutputTotals(event.run, this.#nowMs);
    else this.#totals?.noteEvent(event);
  }

  onSecond(second: OutputSecond): void {
    this.#totals?.addSecond(second);
    if (second.interval.t % everySeconds === 0) this.#deliver();
  }

  /** The last delivery contains everything. Metrics are missing only if it fails. */
  async close(): Promise<string[]> {
    await this.#delivery;
    this.#deliver();
    await this.#delivery;
    await this.#exporter.shutdown().catch(() => {});
    if (this.#failures === 0) return [];
    const count = `${this.#failures} of ${this.#deliveries} deliveries to ${this.#url} failed`;
    return [
      this.#lastFailure === undefined
        ? `${count}; the last one has all metrics of the run.`
        : `${count}, and so did the last one: ${this.#lastFailure}`,
    ];
  }

  /** Starts a delivery, unless one is in progress. */
  #deliver(): void {
    if (!this.#totals || this.#delivery) return;
    this.#deliveries += 1;
    this.#delivery = this.#send(this.#totals).then((failure) => {
      this.#delivery = undefined;
      this.#lastFailure = failure;
      if (failure !== undefined) this.#failures += 1;
    });
  }

  /** Resolves with the error message of a failed delivery, which must not end the run; otherwise with undefined. */
  #send(totals: OutputTotals): Promise<string | undefined> {
    return new Promise((resolve) => {
      const done = ({ code, error }: ExportResult): void =>
        resolve(code === ExportResultCode.SUCCESS ? undefined : (error?.message ?? 'no reason was given'));
      try {
        this.#exporter.export(otlpMetrics(totals, this.#nowMs()), done);
      } catch (error) {
        resolve(errorMessage(error));
      }
    });
  }
}
