import type { Experiment } from '../../../shared/experiment/experiment';
import { loadSentence } from '../../../shared/scenario/describe';
import type { HostAddresses } from '../../hosts/addresses';
import type { HostGuard } from '../../hosts/hostGuard';
import type { Databases } from '../databases/databases';
import { destinationsOf } from '../targets/loadedHosts';

/**
 * Asks about every host of an experiment before its first run, or before it is resumed, because later there may be
 * nobody to answer. Returns the addresses for its runs, including those of databases, so that a later change of DNS has
 * no effect. Rejects as {@link HostGuard.admit} and {@link Databases.admit} do.
 */
export async function admitExperiment(
  { scenario, variants, capacity }: Pick<Experiment, 'scenario' | 'variants' | 'capacity'>,
  hosts: HostGuard,
  databases: Pick<Databases, 'admitEngine'>,
): Promise<HostAddresses> {
  const search = capacity ? `, and ${loadSentence(capacity.scenario)}` : '';
  const load = `${loadSentence(scenario)}, again and again${search}`;
  const targets = variants.map(({ target }) => target);
  const known: HostAddresses = {};
  for (const target of targets) {
    if (target.kind !== 'engine') continue;
    const database = await databases.admitEngine(target.engine, load, known);
    Object.assign(known, database?.place.addresses);
  }
  const services = targets.flatMap((target) => destinationsOf(scenario, target));
  return { ...known, ...(await hosts.admit(services, load, known)) };
}
