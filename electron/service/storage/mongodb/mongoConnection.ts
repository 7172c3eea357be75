import { MongoClient, type MongoClientOptions, type MongoOptions } from 'mongodb';
import { errorMessage, ProofloadError } from '../../../../shared/errors/appError';
import { pinnedLookup } from '../../../hosts/pinnedLookup';
import {
  admittedServer,
  type DatabasePlace,
  type DatabaseServerAddress,
  serverAddress,
  unusable,
} from '../databasePlace';

/** Authentication mechanisms that involve only the server. Those of clouds and of Kerberos contact other services. */
const ownMechanisms: ReadonlySet<string> = new Set([
  'DEFAULT',
  'PLAIN',
  'MONGODB-CR',
  'MONGODB-X509',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
]);

/** Returns the URL as the driver parses it, without connecting. Throws `usage`. */
function parseUrl(url: string): Readonly<MongoOptions> {
  try {
    return new MongoClient(url).options;
  } catch (error) {
    // The driver quotes what it takes for the user name. In a malformed URL, this can be anything.
    throw unusable(errorMessage(error).replace(/(unescaped characters).*/s, '$1'));
  }
}

function elsewhere(what: string): ProofloadError {
  return new ProofloadError(
    'usage',
    `the URL of MongoDB ${what}, and Proofload connects to confirmed hosts only`,
    'name one server, of a replica set its primary: mongodb://host:27017/?directConnection=true',
  );
}

function addressIn({ hosts, srvHost, proxyHost, credentials }: Readonly<MongoOptions>): DatabaseServerAddress {
  if (srvHost !== undefined) throw elsewhere('leaves it to the name service which servers there are');
  if (proxyHost) throw elsewhere('names a proxy');
  if (credentials && !ownMechanisms.has(credentials.mechanism))
    throw elsewhere(`has ${credentials.mechanism} ask another service who the user is`);
  const [first, ...others] = hosts;
  if (!first || others.length > 0) throw elsewhere('names several servers, which may name others');
  const { host, port, socketPath } = first;
  return socketPath === undefined ? serverAddress(host ?? '', port ?? 27_017) : serverAddress(socketPath, 27_017);
}

/**
 * Returns the server that a MongoDB URL leads to. Throws `usage`, also for a URL with which the driver would connect to
 * other servers.
 */
export function mongoServer(url: string): DatabaseServerAddress {
  return addressIn(parseUrl(url));
}

/**
 * Returns a client of the one server of a place. It ignores other members that the server reports (`directConnection`;
 * a load balancer reports none). Throws `usage`, and `remote-not-allowed` for a host that was not admitted.
 */
export function mongoClient(place: DatabasePlace, options: MongoClientOptions): MongoClient {
  const parsed = parseUrl(place.url);
  const addresses = admittedServer(addressIn(parsed), place);
  return new MongoClient(place.url, {
    ...options,
    ...(parsed.loadBalanced ? {} : { directConnection: true }),
    lookup: pinnedLookup(addresses),
  });
}
