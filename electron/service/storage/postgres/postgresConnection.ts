import { Socket } from 'node:net';
import type { ClientConfig } from 'pg';
import { type ConnectionOptions, parse } from 'pg-connection-string';
import { errorMessage } from '../../../../shared/errors/appError';
import { pinnedLookup } from '../../../hosts/pinnedLookup';
import {
  admittedServer,
  type DatabasePlace,
  type DatabaseServerAddress,
  serverAddress,
  unusable,
} from '../databasePlace';

const defaultPort = 5432;

/**
 * Returns the URL as `pg` parses it: `?host=` and `?port=` take precedence over the host and port before the path.
 * Throws `usage`.
 */
function parseUrl(url: string): ConnectionOptions {
  try {
    return parse(url);
  } catch (error) {
    throw unusable(errorMessage(error));
  }
}

function addressIn({ host, port }: ConnectionOptions): DatabaseServerAddress {
  // Without a host `pg` would use the environment (PGHOST, PGPORT).
  return serverAddress(host || 'localhost', port ? Number(port) : defaultPort);
}

/** Returns the server that a PostgreSQL URL leads to. Throws `usage`. */
export function postgresServer(url: string): DatabaseServerAddress {
  return addressIn(parseUrl(url));
}

/** Returns a socket that connects to the admitted addresses only. */
function pinnedSocket(addresses: readonly string[]): Socket {
  const socket = new Socket();
  const lookup = pinnedLookup(addresses);
  const connect = socket.connect.bind(socket);
  return Object.assign(socket, { connect: (port: number, host: string) => connect({ port, host, lookup }) });
}

/**
 * Returns the configuration of `pg` for the server of a place: the settings of its URL, without any that could lead to
 * another server. Throws `usage`, and `remote-not-allowed` for a host that was not admitted.
 */
export function postgresConfig(place: DatabasePlace): ClientConfig {
  const parsed = parseUrl(place.url);
  const { user, password, database, ssl, sslnegotiation, client_encoding: encoding, options } = parsed;
  const server = addressIn(parsed);
  const addresses = admittedServer(server, place);
  return {
    host: server.host,
    port: server.port,
    ...(server.isSocket ? {} : { stream: () => pinnedSocket(addresses) }),
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ...(database ? { database } : {}),
    ...(ssl === undefined ? {} : { ssl: sslOf(ssl) }),
    ...(sslnegotiation === undefined ? {} : { sslnegotiation }),
    ...(encoding === undefined ? {} : { client_encoding: encoding }),
    ...(options === undefined ? {} : { options }),
  };
}

/** Returns the TLS settings in the form of `pg`, without those that the URL leaves out. */
function sslOf(ssl: NonNullable<ConnectionOptions['ssl']>): NonNullable<ClientConfig['ssl']> {
  if (typeof ssl === 'boolean') return ssl;
  if (typeof ssl === 'string') return ssl === 'no-verify' ? { rejectUnauthorized: false } : true;
  const { cert, key, ca, ...rest } = ssl;
  return {
    ...rest,
    ...(cert ? { cert } : {}),
    ...(key ? { key } : {}),
    ...(ca === undefined ? {} : { ca }),
  };
}
