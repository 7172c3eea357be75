import { type HostAddresses, isLocalhost, isLoopbackAddress, loopbackAddresses } from './addresses';

/**
 * The addresses at which a redirect may reach a host: those that were admitted for the run, and those of this machine
 * for a redirect from this machine. `from` are the addresses of the redirecting server. A server elsewhere must not be
 * able to send load to a service that only listens here. Undefined for a host that nobody has confirmed.
 */
export function redirectAddresses(
  hostname: string,
  from: readonly string[],
  admitted: HostAddresses,
): readonly string[] | undefined {
  const known = Object.hasOwn(admitted, hostname) ? admitted[hostname] : undefined;
  if (known && known.length > 0) return known;
  if (!from.every(isLoopbackAddress)) return undefined;
  if (isLoopbackAddress(hostname)) return [hostname];
  return isLocalhost(hostname) ? loopbackAddresses : undefined;
}
