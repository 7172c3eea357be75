import { type WireUrl, wireUrl } from '../../shared/http/wireUrl';
import type { RunDescription } from '../../shared/run/events';
import { requestName } from '../../shared/scenario/requests';
import { namedSteps } from '../../shared/scenario/steps';

/** Attributes of OpenTelemetry's semantic conventions for HTTP clients. */
export type RequestAttributes = Readonly<Record<string, string | number>>;

/** The methods of the operations of the document service. */
const documentMethods: ReadonlyMap<string, string> = new Map([
  ['read', 'GET'],
  ['query', 'GET'],
  ['update', 'PUT'],
  ['insert', 'POST'],
]);
/** The value for an unknown method (semantic conventions, `http.request.method`). */
const otherMethod = '_OTHER';

function attributesOf(method: string, server: Pick<WireUrl, 'hostname' | 'port'> | undefined): RequestAttributes {
  const named = { 'http.request.method': method };
  return server ? { ...named, 'server.address': server.hostname, 'server.port': server.port } : named;
}

/** The server of a request. Undefined if only the load process knows it, such as for a URL that contains data. */
function serverOf(url: string, base?: string): WireUrl | undefined {
  try {
    return wireUrl(url, base);
  } catch {
    return undefined;
  }
}

/** Returns the attributes of the requests of an operation, by its name. */
export function requestAttributes({
  scenario,
  target,
}: Pick<RunDescription, 'scenario' | 'target'>): (operation: string) => RequestAttributes {
  if (target.kind === 'engine')
    return (operation) => attributesOf(documentMethods.get(operation) ?? otherMethod, undefined);
  const { journeys, requests } = scenario;
  const named = journeys
    ? namedSteps(journeys).map(({ operation, request }) => ({ operation, request }))
    : (requests ?? []).map((request) => ({ operation: requestName(request), request }));
  const known = new Map(
    named.map(({ operation, request: { method, url } }) => [
      operation,
      attributesOf(method, serverOf(url, target.url)),
    ]),
  );
  const ofTarget = attributesOf(named.length > 0 ? otherMethod : target.method, serverOf(target.url));
  return (operation) => known.get(operation) ?? ofTarget;
}
