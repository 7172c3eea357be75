import type { Experiment } from '../../../shared/experiment/experiment';
import { loadSentence } from '../../../shared/scenario/describe';
import type { HostAddresses } from '../../hosts/addresses';
import type { HostGuard } from '../../hosts/hostGuard';
import type { Databases } from '../databases/databases';
import { hostsOf } from '../targets/loadedHosts';

/**
 * Asks about every host that an experiment goes to before its first run, or before it is gone on with: nobody is there
 * to answer in the middle of it. Returns the addresses for its runs. Rejects as {@link HostGuard.admit} and
 * {@link Databases.admit}.
 */
export async function admitExperiment(
  { scenario, variants, capacity }: Pick<Experiment, 'scenario' | 'variants' | 'capacity'>,
  hosts: HostGuard,
  databases: Pick<Databases, 'admitEngine'>,
): Promise<HostAddresses> {
  const search = capacity ? `, and ${loadSentence(capacity.scenario)}` : '';
  const load = `${loadSentence(scenario)}, again and again${search}`;
  const targets = variants.map(({ target }) => target);
  for (const target of targets) if (target.kind === 'engine') await databases.admitEngine(target.engine, load);
  return hosts.admit(
    targets.flatMap((target) => hostsOf(scenario, target)),
    load,
  );
}
