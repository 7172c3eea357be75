import type { ReceivedResponse } from './workload/workload';

/** How the cache nearest to the client answered; undefined when it was not asked or does not say. */
export type CacheLookup = 'hit' | 'miss' | undefined;

// A pattern that stands in a function is made anew at each call, and these are tried on every response.
const cacheStatusHit = /;\s*hit\s*(?:;|$)/;
const cacheStatusMiss = /;\s*fwd=(?:miss|stale|uri-miss|vary-miss|partial)\b/;
const xCacheHit = /\bhit\b|_hit\b/i;
const xCacheMiss = /\bmiss\b|_miss\b|\bexpired\b/i;

/**
 * What a `Cache-Status` header (RFC 9211) says of the lookup: the entry nearest to the client decides. A request that
 * bypassed the cache or was not cacheable is no lookup.
 */
export function parseCacheStatus(header: string): CacheLookup {
  const nearest = header.slice(header.lastIndexOf(',') + 1);
  if (cacheStatusHit.test(nearest)) return 'hit';
  return cacheStatusMiss.test(nearest) ? 'miss' : undefined;
}

/** `X-Cache` has no standard; Varnish, CloudFront, Fastly, Squid and Akamai all write HIT or MISS into it, the nearest last. */
function parseXCache(header: string): CacheLookup {
  const nearest = header.slice(header.lastIndexOf(',') + 1);
  if (xCacheHit.test(nearest)) return 'hit';
  return xCacheMiss.test(nearest) ? 'miss' : undefined;
}

/** Cloudflare's values that are a lookup in its cache ("Default cache behavior", developers.cloudflare.com/cache). */
const cloudflareLookups: Record<string, CacheLookup> = {
  HIT: 'hit',
  STALE: 'hit',
  UPDATING: 'hit',
  REVALIDATED: 'hit',
  MISS: 'miss',
  EXPIRED: 'miss',
};

/** What a response says of a cache: by `Cache-Status`, else `X-Cache`, `CF-Cache-Status` or `Age`, in this order. */
export function cacheLookupOf(response: Pick<ReceivedResponse, 'header'>): CacheLookup {
  const standard = response.header('cache-status');
  if (standard !== undefined) return parseCacheStatus(standard);
  const common = response.header('x-cache');
  if (common !== undefined) return parseXCache(common);
  const cloudflare = response.header('cf-cache-status');
  if (cloudflare !== undefined) return cloudflareLookups[cloudflare.trim().toUpperCase()];
  // A response that has aged came from a cache (RFC 9111, 5.1); one without Age may have been a miss or no lookup.
  const age = response.header('age');
  return age !== undefined && Number(age) > 0 ? 'hit' : undefined;
}
