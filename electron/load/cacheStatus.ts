import type { ValueVisitor } from './http/responseHead';
import type { HttpResponse } from './http/responseParser';
import { SeenTexts } from './http/seenTexts';
import type { ReceivedResponse } from './workload/workload';

/** The result of the cache nearest to the client; undefined when it made no lookup or does not report one. */
export type CacheLookup = 'hit' | 'miss' | undefined;

// Compiled once here instead of at each call, because these patterns are tried on every response.
const cacheStatusHit = /;\s*hit\s*(?:;|$)/;
const cacheStatusMiss = /;\s*fwd=(?:miss|stale|uri-miss|vary-miss|partial)\b/;
const xCacheHit = /\bhit\b|_hit\b/i;
const xCacheMiss = /\bmiss\b|_miss\b|\bexpired\b/i;

/**
 * The lookup that a `Cache-Status` header (RFC 9211) reports. The entry nearest to the client decides. A request that
 * bypassed the cache or was not cacheable is not a lookup.
 */
export function parseCacheStatus(header: string): CacheLookup {
  const nearest = header.slice(header.lastIndexOf(',') + 1);
  if (cacheStatusHit.test(nearest)) return 'hit';
  return cacheStatusMiss.test(nearest) ? 'miss' : undefined;
}

/**
 * `X-Cache` is not standardised. Varnish, CloudFront, Fastly, Squid and Akamai all write HIT or MISS into it, with the
 * nearest cache last.
 */
function parseXCache(header: string): CacheLookup {
  const nearest = header.slice(header.lastIndexOf(',') + 1);
  if (xCacheHit.test(nearest)) return 'hit';
  return xCacheMiss.test(nearest) ? 'miss' : undefined;
}

/** The values of `CF-Cache-Status` that report a lookup ("Default cache behavior", developers.cloudflare.com/cache). */
const cloudflareLookups: Record<string, CacheLookup> = {
  HIT: 'hit',
  STALE: 'hit',
  UPDATING: 'hit',
  REVALIDATED: 'hit',
  MISS: 'miss',
  EXPIRED: 'miss',
};

/**
 * The cache lookup that a response reports in `Cache-Status`, else `X-Cache`, `CF-Cache-Status` or `Age`, in this
 * order.
 */
export function cacheLookupOf(response: Pick<ReceivedResponse, 'header'>): CacheLookup {
  const standard = response.header('cache-status');
  if (standard !== undefined) return parseCacheStatus(standard);
  const common = response.header('x-cache');
  if (common !== undefined) return parseXCache(common);
  const cloudflare = response.header('cf-cache-status');
  if (cloudflare !== undefined) return cloudflareLookups[cloudflare.trim().toUpperCase()];
  // A response with an age above 0 came from a cache (RFC 9111, 5.1). One without `Age` may be a miss or no lookup.
  const age = response.header('age');
  return age !== undefined && Number(age) > 0 ? 'hit' : undefined;
}

/** The maximum number of header values that are kept as text. `Age` has one for each second. */
const keptValues = 32;

/** The cache lookups of the responses of a load. Finding one allocates nothing if its headers were seen before. */
export class CacheLookups {
  readonly #texts = new SeenTexts(keptValues);
  #headNumber: number | undefined;
  #lookup: CacheLookup;
  #response: Pick<HttpResponse, 'headNumber' | 'visitValues'> | undefined;
  #value: string | undefined;
  readonly #take: ValueVisitor = (bytes, from, to) => {
    const value = this.#texts.of(bytes, from, to);
    this.#value = this.#value === undefined ? value : `${this.#value}, ${value}`;
  };
  readonly #headers = {
    header: (name: string): string | undefined => {
      this.#value = undefined;
      this.#response?.visitValues(name, this.#take);
      return this.#value;
    },
  };

  /** The lookup that a response reports, as of {@link cacheLookupOf}. */
  of(response: Pick<HttpResponse, 'headNumber' | 'visitValues'>): CacheLookup {
    const { headNumber } = response;
    if (headNumber !== undefined && headNumber === this.#headNumber) return this.#lookup;
    this.#response = response;
    this.#headNumber = headNumber;
    this.#lookup = cacheLookupOf(this.#headers);
    return this.#lookup;
  }
}
