import { bodyText, documentId, tenantName } from '../../../shared/documents/dataset';
import { documentStatuses } from '../../../shared/documents/document';
import { wireUrl } from '../../../shared/http/wireUrl';
import type { ScenarioRequest } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { seededStream } from '../../../shared/statistics/random';

/** A scenario for another tool, and what of it that tool can't do as we do. */
export interface ExportedScenario {
  text: string;
  /** One sentence for each difference. */
  differences: readonly string[];
}

/** Where the built-in service listens when it is started for others: `proofload serve`. */
export const serviceOrigin = 'http://127.0.0.1:8080';

/**
 * What a script adds its paths to: the server for requests of one's own; for those to the document service what was
 * named, which may be a path. Throws `usage` for a target that is no http(s) URL.
 */
export function baseOf({ requests }: Pick<Scenario, 'requests'>, target: string): string {
  const { origin, target: path } = wireUrl(target);
  return requests ? origin : `${origin}${path.replace(/\?.*$/, '').replace(/\/+$/, '')}`;
}

/** A request of one's own as a script has it. */
export interface ExportedRequest {
  /** In full where it does not go to the server of the script; else the path. */
  url: string;
  /** With `Authorization` where the URL names a user. */
  headers: Record<string, string>;
}

/** Where a request goes, seen from the target of its run. Throws `usage` for what goes to no http(s) server. */
export function exportedRequest({ url, headers }: ScenarioRequest, target: string): ExportedRequest {
  const { origin, target: path, authorization } = wireUrl(url, target);
  const isNamed = Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
  return {
    url: origin === wireUrl(target).origin ? path : `${origin}${path}`,
    headers: authorization === undefined || isNamed ? headers : { Authorization: authorization, ...headers },
  };
}

/** What the requests to the document service are made of. */
export function documentContent({ dataset, seed }: Pick<Scenario, 'dataset' | 'seed'>) {
  return {
    statuses: documentStatuses,
    tenants: Array.from({ length: dataset.tenants }, (_, index) => tenantName(index)),
    documents: Array.from({ length: dataset.documentsPerTenant }, (_, index) => documentId(index)),
    body: bodyText(dataset.documentBytes, seededStream(seed, 'export')),
  };
}
