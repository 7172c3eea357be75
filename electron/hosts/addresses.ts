import { BlockList, isIP } from 'node:net';
import { z } from 'zod';

/** The addresses that host names resolved to for a run. It connects to these and does not look the names up again. */
export const hostAddressesSchema = z.record(z.string(), z.array(z.string()));
export type HostAddresses = z.infer<typeof hostAddressesSchema>;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/**
 * Whether an address is a loopback address of this machine (RFC 6890). It must be written as the URL parser or the
 * resolver writes it. An IPv4-mapped IPv6 address counts as the address that it maps. Names are not addresses.
 * `0.0.0.0` and `::` are not loopback addresses: Linux connects them to itself, and other systems differ.
 */
export function isLoopbackAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** What `localhost` means (RFC 6761, 6.3). */
export const loopbackAddresses: readonly string[] = ['127.0.0.1', '::1'];

/** Whether a name means this machine, whatever a name service says (RFC 6761, 6.3). */
export function isLocalhost(hostname: string): boolean {
  return /^(?:[a-z0-9-]+\.)*localhost\.?$/.test(hostname);
}

/** Whether the value of a `Host` header (RFC 9110, 7.2) names the loopback of this machine. */
export function isLoopbackAuthority(host: string): boolean {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase();
  return name === 'localhost' || isLoopbackAddress(name);
}
