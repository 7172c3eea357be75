import { expect, it } from 'vitest';
import { engineConfig } from '../../../shared/engines/config';
import { experimentOver } from '../../../tests/support/experiments';
import { HostGuard } from '../../hosts/hostGuard';
import { Databases } from '../databases/databases';
import { urlTarget } from '../targets/urlTarget';
import { admitExperiment } from './admitExperiment';

it('looks every name up once for the whole experiment, that of a database too, and its runs go there', async () => {
  const looked: string[] = [];
  // A name whose addresses rotate.
  const hosts = new HostGuard(
    () => true,
    async (name) => [`192.0.2.${looked.push(name)}`],
  );
  const start = (): never => {
    throw new Error('nothing is started');
  };
  const databases = new Databases({ start }, '/nowhere', () => 'postgres://u:p@db.test/db', hosts);
  const experiment = experimentOver(
    [
      [engineConfig('postgres'), 10],
      [engineConfig('postgres'), 20],
    ],
    {
      variants: [
        { name: 'a', target: engineConfig('postgres') },
        { name: 'b', target: engineConfig('postgres') },
        { name: 'c', target: urlTarget({ url: 'http://db.test/' }) },
        { name: 'd', target: urlTarget({ url: 'http://service.test/' }) },
      ],
    },
  );
  const addresses = await admitExperiment(experiment, hosts, databases);
  expect(addresses).toEqual({ 'db.test': ['192.0.2.1'], 'service.test': ['192.0.2.2'] });
  for (const _run of experiment.runs)
    expect((await databases.of('postgres', '', addresses))?.place.addresses).toEqual({ 'db.test': ['192.0.2.1'] });
  expect(looked).toEqual(['db.test', 'service.test']);
});
