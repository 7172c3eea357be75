import type { ScenarioRequest } from '../requests';

/** The requests of a file or a command, for a scenario of one's own. */
export interface ImportedRequests {
  name: string;
  requests: readonly Partial<ScenarioRequest>[];
  /** Rows for the placeholders in the requests. */
  data: readonly Readonly<Record<string, string | number | boolean>>[];
  /** What was left out or made up. */
  notes: readonly string[];
}

/** More requests than a scenario has. */
export const maxRequests = 200;

/** Headers that belong to a connection or a length, and not to a request that is sent again. */
const ownHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
]);

/** Headers that a scenario can have; the others come from the client. */
export function usableHeaders(headers: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  return Object.fromEntries(headers.filter(([name]) => !name.startsWith(':') && !ownHeaders.has(name.toLowerCase())));
}
