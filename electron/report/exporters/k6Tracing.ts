import type { Scenario } from '../../../shared/scenario/schema';

type Tracing = Pick<Scenario, 'tracing'>;

const traceFunction = `
const hex = (/** @type {number} */ digits) =>
  Array.from({ length: digits }, () => Math.floor(Math.random() * 16).toString(16)).join('');
/** A trace context of its own (W3C Trace Context). @param {Record<string, string>} headers */
const traced = (headers) => Object.assign({}, headers, { traceparent: '00-' + hex(32) + '-' + hex(16) + '-01' });
`;

/** Returns the source that a k6 script needs for trace contexts; empty where requests carry none. */
export function k6TraceFunction({ tracing }: Tracing): string {
  return tracing === 'w3c' ? traceFunction : '';
}

/** Returns the source of a request's headers, with a trace context where the scenario asks for one. */
export function k6Headers({ tracing }: Tracing, headers: string): string {
  return tracing === 'w3c' ? `traced(${headers})` : headers;
}
