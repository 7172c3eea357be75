import type { RequestPhase } from '../../shared/run/metrics';

/* What the tags of a sample of k6 say, whatever output it comes from. */

/** The tags of a sample. */
export type K6Tags = Readonly<Record<string, string>>;

/** The k6 scenario of the warm-up. */
export const k6WarmupScenario = 'warmup';

/**
 * Ranges of k6's error codes for requests without a response, with their failure kinds (k6 documentation, "Error
 * codes").
 */
const failureKinds: readonly (readonly [from: number, to: number, kind: string])[] = [
  [1050, 1050, 'timeout'],
  [1100, 1199, 'host-unknown'],
  [1211, 1211, 'connection-timeout'],
  [1212, 1212, 'connection-refused'],
  [1220, 1220, 'connection-reset'],
  [1300, 1309, 'tls-failed'],
  [1310, 1399, 'certificate-invalid'],
];

/** The failure kind of a request; undefined for a success. */
export function k6FailureOf({ expected_response, status = '0', error_code }: K6Tags): string | undefined {
  if (expected_response !== 'false') return undefined;
  if (status !== '0') return `status-${status}`;
  const code = Number(error_code);
  return failureKinds.find(([from, to]) => code >= from && code <= to)?.[2] ?? 'connection-failed';
}

/** The operation of a request. */
export function k6OperationOf({ operation, name }: K6Tags): string {
  return operation ?? name ?? 'request';
}

/** The journey of an iteration, from the names of all journeys. Undefined when the sample does not name one of several. */
export function k6JourneyOf({ journey }: K6Tags, journeys: readonly string[]): string | undefined {
  return journey ?? (journeys.length === 1 ? journeys[0] : undefined);
}

/** Whether a phase counts per connection. k6 reports it as 0 for a request on an open connection. */
export function isConnectionPhase(phase: RequestPhase): boolean {
  return phase === 'http_req_connecting' || phase === 'http_req_tls_handshaking';
}
