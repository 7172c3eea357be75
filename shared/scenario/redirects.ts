import { z } from 'zod';

/** Browsers follow so many redirects at most (Fetch, 4.4). */
export const mostRedirects = 20;
const count = z.int().min(0).max(mostRedirects);

/** A name or an address, IPv6 without brackets; a port would be none of either. */
const host = z
  .string()
  .max(253)
  .regex(
    /^(?:[A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$/,
    'must be the name or the address of a host, without a port',
  );

/**
 * How many redirects of an answer are followed, under the name that k6 has for it (`redirects` of `Params`). They may
 * lead to the servers that the requests of the scenario go to; other `hosts` are named, so that a user can confirm them
 * before the load.
 */
export const redirectsSchema = z.union([
  count,
  z.strictObject({
    max: count,
    hosts: z.array(host).max(20).default([]),
  }),
]);
export type Redirects = z.infer<typeof redirectsSchema>;

/** What of a request says where its redirects are followed. */
interface WithRedirects {
  redirects?: Redirects | undefined;
}

/** How many redirects of an answer are followed; 0: none is. */
export function maxRedirectsOf({ redirects = 0 }: WithRedirects): number {
  return typeof redirects === 'number' ? redirects : redirects.max;
}

/** The hosts that redirects of a request may lead to beside those of the scenario's requests. */
export function redirectHostsOf({ redirects = 0 }: WithRedirects): readonly string[] {
  return typeof redirects === 'number' || redirects.max === 0 ? [] : redirects.hosts.map((name) => name.toLowerCase());
}
