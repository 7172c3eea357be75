/**
 * What a `Cache-Status` header (RFC 9211) says of the lookup: the entry nearest to the client decides. A request that
 * bypassed the cache or was not cacheable is no lookup.
 */
export function parseCacheStatus(header: string | undefined): 'hit' | 'miss' | undefined {
  if (header === undefined) return undefined;
  const nearest = header.slice(header.lastIndexOf(',') + 1);
  if (/;\s*hit\s*(?:;|$)/.test(nearest)) return 'hit';
  return /;\s*fwd=(?:miss|stale|uri-miss|vary-miss|partial)\b/.test(nearest) ? 'miss' : undefined;
}
