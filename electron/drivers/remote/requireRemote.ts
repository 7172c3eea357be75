import { ProofloadError } from '../../../shared/errors/appError';
import { placeNames, type RemotePlace, toolAt, toolNames } from '../../../shared/run/driver';
import type { ToolChoice } from '../../../shared/run/runInput';
import type { Target } from '../../../shared/run/target';
import { textsOf } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { allJourneys, namedSteps, requestsIn } from '../../../shared/scenario/steps';
import { environmentNamesIn } from '../../../shared/scenario/template';
import { type HostAddresses, isLocalhost, isLoopbackAddress } from '../../hosts/addresses';

function refused(place: RemotePlace, sentences: readonly string[], hint: string): ProofloadError {
  return new ProofloadError('usage', `the load can't run on ${placeNames[place]}: ${sentences.join('; ')}`, hint);
}

/** Why Artillery can't generate a load on AWS, one sentence each. Its machines share nothing but the script. */
function awsObstacles({ load, processes, setup, teardown }: Scenario): string[] {
  const users = 'iterations' in load ? load.vus : undefined;
  const found: [boolean, string][] = [
    [
      load.executor === 'constant-vus',
      'constant-vus needs the plugin of Proofload, which the machines there do not have',
    ],
    [
      users !== undefined && users % processes !== 0,
      `${users} virtual users can't be divided evenly among ${processes} machines`,
    ],
    [setup !== undefined || teardown !== undefined, 'Proofload runs setup and teardown, on this machine'],
  ];
  return found.flatMap(([is, sentence]) => (is ? [sentence] : []));
}

/** The environment variables that the requests of a scenario refer to. */
function environmentOf(scenario: Scenario): string[] {
  const steps = namedSteps(allJourneys(scenario)).map(({ request }) => request);
  return [...(requestsIn(scenario) ?? []), ...steps].flatMap(textsOf).flatMap(environmentNamesIn);
}

/**
 * Checks that a tool can generate the load of a run at another place. requireDrivable.ts checks whether it can at all.
 * Throws `usage`.
 */
export function requireRemote({ tool, on }: ToolChoice, scenario: Scenario, target: Target): void {
  if (on === undefined) return;
  const { place } = on;
  const needed = toolAt[place];
  if (tool !== needed)
    throw refused(place, [`${toolNames[tool]} can't be distributed there`], `generate it with ${toolNames[needed]}`);
  if (target.kind === 'engine')
    throw refused(
      place,
      ['the built-in service listens on this machine only'],
      'load a service of your own that can be reached from there',
    );
  const isOnAws = place !== 'kubernetes';
  const sentences = [
    ...(isOnAws ? awsObstacles(scenario) : []),
    ...(isOnAws && on.region === undefined ? ['no AWS region is named'] : []),
    ...(environmentOf(scenario).length > 0
      ? ['the machines there do not have the environment variables of this machine']
      : []),
  ];
  if (sentences.length > 0)
    throw refused(place, sentences, 'change the scenario or the options, or generate the load on this machine');
}

/** The first host that means this machine; undefined when there is none. */
export function hostOfThisMachine(addresses: HostAddresses): string | undefined {
  return Object.entries(addresses).find(([host, found]) => isLocalhost(host) || found.some(isLoopbackAddress))?.[0];
}

/** Checks that no admitted host means this machine, because elsewhere it would mean the runner. Throws `usage`. */
export function requireNotHere(place: RemotePlace, addresses: HostAddresses): void {
  const own = hostOfThisMachine(addresses);
  if (own === undefined) return;
  throw refused(
    place,
    [`${own} means this machine here, and the runner itself there`],
    'name the service by an address that can be reached from there',
  );
}
