import { ProofloadError } from '../../../shared/errors/appError';
import { placeNames } from '../../../shared/run/driver';
import type { RemoteChoice } from '../../../shared/run/runInput';
import type { HostAddresses } from '../../hosts/addresses';
import { type ArtilleryScript, artilleryScript } from '../../report/exporters/artilleryScript';
import { drivenConfig } from '../artilleryConfig';
import { pinHostsSource } from '../artilleryHostPin';
import { type DrivenLoad, drivenAddresses, drivenScenario, drivenUrl } from '../drivenLoad';
import type { RemotePlan } from './remotePlan';

/*
 * A load that Artillery distributes on AWS by `run-fargate` or `run-lambda`, as 2.0.34 has them
 * (packages/artillery/lib/cmds/run-fargate.ts, run-lambda.ts and cli/common-flags.ts): `--count` machines run the same
 * script, each of them all of it, and the command merges their reports and writes one.
 */

const artilleryScriptName = 'artillery-script.json';
export const artilleryReportName = 'artillery-report.json';
const pinName = 'proofload-pin.cjs';

/** A module that Artillery loads on each machine before the first request. */
function pinOf(addresses: HostAddresses): string {
  return `'use strict';
${pinHostsSource}
pinHosts(${JSON.stringify(addresses)}, true);
module.exports = {};
`;
}

/** The script as each machine runs it. */
function scriptOf(driven: DrivenLoad, { config, ...script }: ArtilleryScript['script']): object {
  return { config: { ...drivenConfig(driven, config), processor: `./${pinName}` }, ...script };
}

/** What is lost when Artillery's report is all that is known about a load. */
function losses({ processes, warmupMs }: DrivenLoad, place: string): string[] {
  return [
    `Artillery merges the reports of ${processes} machines on ${place} from their sketches: percentiles are within 1 % of the true ones, and there is no distribution.`,
    'The report has periods of ten seconds, not single seconds, and does not say how late or busy its machines were, so there is no verdict on thresholds.',
    ...(warmupMs > 0 ? ['There is no warm-up, because the report would count its requests among all others.'] : []),
  ];
}

/** The plan of a load on AWS. Throws `usage` when no region is named. */
export function artilleryPlan(driven: DrivenLoad, { place, region }: RemoteChoice): RemotePlan {
  if (place === 'kubernetes' || region === undefined)
    throw new ProofloadError('usage', 'no AWS region is named', 'name one, such as eu-central-1');
  // All machines run the same script. requireRemote refuses users that can't be shared evenly; of arrivals, each makes
  // the nearest whole number.
  const share = (total: number): number => Math.round(total / driven.processes);
  const { script, differences, secrets } = artilleryScript(drivenScenario(driven), drivenUrl(driven.target), share);
  if (place === 'lambda' && secrets.length > 0)
    throw new ProofloadError(
      'usage',
      "the load can't run on AWS Lambda: run-lambda passes no secrets on",
      'run it on Fargate, or without secrets',
    );
  // Artillery fills the variable of a secret from the parameter of the same name, and reads all words up to the next
  // option as names.
  const named = secrets.flatMap(({ variable }) => ['--secret', variable]);
  const length = ['--count', String(driven.processes)];
  const purpose = `start the load on ${placeNames[place]}, wait for its end and write the merged report`;
  return {
    place,
    files: {
      [artilleryScriptName]: `${JSON.stringify(scriptOf(driven, script), null, 2)}\n`,
      [pinName]: pinOf(drivenAddresses(driven.target)),
    },
    commands: [
      {
        program: 'artillery',
        args: [
          `run-${place}`,
          ...named,
          '--region',
          region,
          ...length,
          '--output',
          artilleryReportName,
          artilleryScriptName,
        ],
        purpose,
      },
    ],
    differences: [
      ...losses(driven, placeNames[place]),
      ...(secrets.length === 0
        ? []
        : [
            `No file has the secrets: ${secrets.map(({ variable }) => `/artilleryio/${variable}`).join(', ')} must be parameters in the SSM Parameter Store of ${region}.`,
          ]),
      ...differences,
    ],
  };
}
