import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { ProofloadError } from '../../../shared/errors/appError';
import { hostAddressesSchema } from '../../hosts/addresses';
import { admittedAddresses } from '../../hosts/pinnedLookup';

/** The server of an engine: its URL, and the addresses of its host as they were admitted (run/hosts/hostGuard.ts). */
export const databasePlaceSchema = z.object({ url: z.string(), addresses: hostAddressesSchema.optional() });
export type DatabasePlace = z.infer<typeof databasePlaceSchema>;

/** Where the driver of a database will connect, as the driver itself reads the URL. */
export interface DatabaseServerAddress {
  /** A name in lower case, an address, or the path of a socket of this machine. */
  host: string;
  isSocket: boolean;
  port: number;
}

/**
 * Returns the one server that a URL names. Throws `usage` for a host that is neither a name nor an address, and for an
 * invalid port.
 */
export function serverAddress(named: string, port: number): DatabaseServerAddress {
  // On Windows a path can lead to another machine, and a path that starts with two slashes can on any system.
  const isSocket = process.platform !== 'win32' && /^\/(?!\/)/.test(named);
  // Drivers do not convert international names, which DNS knows in ASCII only.
  const host = /[^\0-\x7f]/.test(named) ? domainToASCII(named) : named;
  if (!isSocket && isIP(host) === 0 && !/^[a-z0-9_](?:[a-z0-9_.-]{0,252})$/i.test(host))
    throw unusable(`${JSON.stringify(named)} is not a host name`);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw unusable('its port is not valid');
  return { host: isSocket ? host : host.toLowerCase(), isSocket, port };
}

/**
 * Returns the addresses to connect to; none for a socket of this machine. Throws `remote-not-allowed` where none were
 * admitted.
 */
export function admittedServer(
  { host, isSocket }: DatabaseServerAddress,
  { addresses = {} }: DatabasePlace,
): readonly string[] {
  return isSocket ? [] : admittedAddresses(host, addresses);
}

/** Returns the error for an unusable database URL. It does not show the URL, which may contain a password. */
export function unusable(reason: string, remedy = 'write it as scheme://user:password@host:port/database'): Error {
  return new ProofloadError('usage', `the URL of the database cannot be used: ${reason}`, remedy);
}
