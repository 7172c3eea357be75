import { bodyText, documentId, tenantName } from '../../../shared/documents/dataset';
import { documentStatuses } from '../../../shared/documents/document';
import { fullUrl, hasSecretUser, wireUrl } from '../../../shared/http/wireUrl';
import { requestName, type ScenarioRequest } from '../../../shared/scenario/requests';
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

/** A request as it goes over the wire, seen from the target of its run. */
function inWireForm(request: ScenarioRequest, target: string): ScenarioRequest {
  const wire = wireUrl(request.url, target);
  const { authorization } = wire;
  const isHere = wire.origin === wireUrl(target).origin && !hasSecretUser(wire);
  const isNamed = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization');
  const isHeader = authorization !== undefined && !isNamed && !hasSecretUser(wire);
  return {
    ...request,
    // Latencies are kept under what was written.
    name: requestName(request),
    url: isHere ? wire.target : fullUrl(wire),
    headers: isHeader ? { Authorization: authorization, ...request.headers } : request.headers,
  };
}

/**
 * The scenario with its requests as a run of it against `target` sends them: paths on that server, other URLs in full,
 * and users as headers. Throws `usage` for what goes to no http(s) server.
 */
export function withWireForms(scenario: Scenario, target: string): Scenario {
  const { requests } = scenario;
  return requests ? { ...scenario, requests: requests.map((request) => inWireForm(request, target)) } : scenario;
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
