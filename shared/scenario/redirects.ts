import { z } from 'zod';

/** The maximum number of redirects that browsers follow (Fetch, 4.4). */
export const mostRedirects = 20;
const count = z.int().min(0).max(mostRedirects);

/** A host name, or an address with IPv6 in unbracketed form; a port is neither. */
const host = z
  .string()
  .max(253)
  .regex(
    /^(?:[A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)$/,
    'must be the name or the address of a host, without a port',
  );

/**
 * How many redirects are followed, under the k6 name (`redirects` of `Params`). They may lead to the servers that the
 * scenario sends requests to. Other `hosts` must be listed, so that a user can confirm them before the load.
 */
export const redirectsSchema = z.union([
  count,
  z.strictObject({
    max: count,
    hosts: z.array(host).max(20).default([]),
  }),
]);
export type Redirects = z.infer<typeof redirectsSchema>;

/** The redirect field of a request. */
interface WithRedirects {
  redirects?: Redirects | undefined;
}

/** Returns how many redirects are followed; 0 means none. */
export function maxRedirectsOf({ redirects = 0 }: WithRedirects): number {
  return typeof redirects === 'number' ? redirects : redirects.max;
}

/** Returns the hosts that redirects of a request may lead to in addition to the hosts of the scenario's requests. */
export function redirectHostsOf({ redirects = 0 }: WithRedirects): readonly string[] {
  return typeof redirects === 'number' || redirects.max === 0 ? [] : redirects.hosts.map((name) => name.toLowerCase());
}
