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

/** Mechanisms that involve the server only; those of clouds and of Kerberos ask other services. */
const ownMechanisms: ReadonlySet<string> = new Set([
  'DEFAULT',
  'PLAIN',
  'MONGODB-CR',
  'MONGODB-X509',
  'SCRAM-SHA-1',
  'SCRAM-SHA-256',
]);

/** The URL as the driver reads it; nothing is connected. Throws `usage`. */
function parseUrl(url: string): Readonly<MongoOptions> {
  try {
    return new MongoClient(url).options;
  } catch (error) {
    // The driver quotes what it takes for the name of the user, which may be all that a mistake has made it.
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
 * The server that a URL of MongoDB leads to. Throws `usage`, also for one from which the driver would connect to
 * others.
 */
export function mongoServer(url: string): DatabaseServerAddress {
  return addressIn(parseUrl(url));
}

/**
 * A client of the one server of a place: it stays there, whatever members the server tells of (`directConnection`;
 * a load balancer tells of none). Throws `usage`, and `remote-not-allowed` for a host that was not admitted.
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
