import { type ImportedRequests, type ImportedStep, maxRequests } from '../importedRequests';
import type { Correlation } from './correlation';
import { textsOfRequest } from './findCorrelations';
import { mapRequestValues } from './requestValues';

type Request = ImportedRequests['requests'][number];

/** Removes cookies, given as `name=value`, that virtual users keep themselves from a request. */
export function withoutCookies<Sent extends Pick<Request, 'headers'>>(request: Sent, kept: ReadonlySet<string>): Sent {
  const headers = Object.entries(request.headers ?? {}).flatMap(([name, value]) => {
    if (name.toLowerCase() !== 'cookie') return [[name, value] as const];
    const left = value.split(/;\s*/).filter((pair) => !kept.has(pair));
    return left.length > 0 ? [[name, left.join('; ')] as const] : [];
  });
  return { ...request, headers: Object.fromEntries(headers) };
}

/** Returns the request of a step with variables in place of values from earlier responses. */
function withVariables(request: Request, step: number, correlations: readonly Correlation[]): Request {
  const here = correlations.filter(({ uses }) => uses.some((use) => use.step === step));
  if (here.length === 0) return request;
  const kept = new Set(here.flatMap(({ extraction, variable, value }) => (extraction ? [] : [`${variable}=${value}`])));
  const changed = mapRequestValues(textsOfRequest(request), (value, place) => {
    const found = here.find(
      (one) =>
        one.extraction !== undefined &&
        one.value === value &&
        one.uses.some((use) => use.step === step && use.place === place),
    );
    return found && `{{${found.variable}}}`;
  });
  const replaced = {
    ...request,
    url: changed.url,
    headers: changed.headers,
    ...(changed.body === undefined ? {} : { body: changed.body }),
  };
  return kept.size > 0 ? withoutCookies(replaced, kept) : replaced;
}

/**
 * Returns requests whose steps extract values from responses and send them back, instead of the recorded values. Steps
 * that shared a request may now need separate ones. When that would exceed the maximum of a scenario, the remaining
 * steps stay as recorded.
 */
export function applyCorrelations(
  imported: ImportedRequests,
  correlations = imported.correlations ?? [],
): ImportedRequests {
  const requests: Request[] = [];
  const weights: number[] = [];
  const known = new Map<string, number>();
  const place = (request: Request): number => {
    const { weight: _weight, ...own } = request;
    const key = JSON.stringify(own);
    const found = known.get(key) ?? requests.length;
    if (found === requests.length) requests.push(own);
    known.set(key, found);
    weights[found] = (weights[found] ?? 0) + 1;
    return found;
  };
  const steps = imported.steps.map((step, index): ImportedStep => {
    const request = imported.requests[step.request] ?? {};
    const changed = requests.length < maxRequests ? withVariables(request, index, correlations) : request;
    const extract = correlations.flatMap(({ extraction, variable, step: from }) =>
      extraction && from === index ? [[variable, extraction] as const] : [],
    );
    return {
      ...step,
      request: place(changed),
      ...(extract.length > 0 ? { extract: Object.fromEntries(extract) } : {}),
    };
  });
  return {
    ...imported,
    requests: requests.map((request, index) => ({ ...request, weight: weights[index] ?? 1 })),
    steps,
    correlations: [],
  };
}
