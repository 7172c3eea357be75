import { z } from 'zod';
import { httpMethods } from '../../run/target';
import { isRedirect } from '../requests';
import {
  type ImportedRequests,
  type ImportedUrl,
  importedUrl,
  maxRequests,
  usableHeaders,
  withUser,
} from './importedRequests';

/* HTTP Archive 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html): what a browser has sent. */

const harSchema = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
          postData: z.object({ text: z.string().optional() }).optional(),
        }),
        response: z.object({ status: z.number().optional() }).optional(),
      }),
    ),
  }),
});

export function isHar(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'log' in value;
}

/** What was answered by a redirect when it was recorded is again. */
function expectationOf(response: { status?: number | undefined } | undefined): { expectRedirect?: true } {
  return isRedirect(response?.status ?? 0) ? { expectRedirect: true } : {};
}

/** A URL that a request can go to; undefined for others, such as `data:`. */
function urlOf(text: string): ImportedUrl | undefined {
  try {
    return importedUrl(text);
  } catch {
    return undefined;
  }
}

/** The requests of a HAR file, each as often as it was made. Throws for a value that is none. */
export function fromHar(value: unknown): ImportedRequests {
  const { entries } = harSchema.parse(value).log;
  const found = new Map<string, { host: string; weight: number; request: ImportedRequests['requests'][number] }>();
  let left = 0;
  let hasCookies = false;
  for (const { request, response } of entries) {
    const method = httpMethods.find((known) => known === request.method.toUpperCase());
    const target = method && urlOf(request.url);
    if (!method || !target) {
      left += 1;
      continue;
    }
    const body = request.postData?.text;
    const key = `${method} ${target.url} ${target.authorization ?? ''} ${body ?? ''}`;
    const known = found.get(key);
    if (known) known.weight += 1;
    else if (found.size < maxRequests) {
      const own = request.headers.map(({ name, value: text }) => [name, text] as const);
      const headers = usableHeaders(withUser(own, target));
      hasCookies ||= Object.keys(headers).some((name) => /^(cookie|authorization)$/i.test(name));
      found.set(key, {
        host: target.host,
        weight: 1,
        request: { method, url: target.url, headers, ...(body ? { body } : {}), ...expectationOf(response) },
      });
    } else left += 1;
  }
  const [first] = found.values();
  if (!first) throw new RangeError('there is no HTTP request in the archive');
  return {
    name: first.host,
    requests: [...found.values()].map(({ weight, request }) => ({ ...request, weight })),
    data: [],
    notes: [
      ...(left > 0 ? [`${left} requests were left out: no HTTP, or more than ${maxRequests}.`] : []),
      ...(hasCookies ? ['Cookies and authorisations of the recording are in it: they may have run out.'] : []),
    ],
  };
}
