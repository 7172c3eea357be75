import type { Guard } from '../guard';

/** k6 and Artillery as generators of the load. */
export const otherToolGuards: readonly Guard[] = [
  {
    name: 'another tool follows no redirect to servers that nobody has confirmed',
    file: 'electron/drivers/requireDrivable.ts',
    find: 'steps.some((step) => maxRedirectsOf(step) > 0)',
    replace: 'steps.some((step) => maxRedirectsOf(step) > 99)',
    tests: [{ project: 'unit', file: 'electron/drivers/toolRuns.test.ts', name: 'refused before anything is sent' }],
  },
  {
    name: 'another tool follows no link of an answer',
    file: 'electron/drivers/requireDrivable.ts',
    find: "steps.some(({ url }) => url.startsWith('{{'))",
    replace: "steps.some(({ url }) => url === '')",
    tests: [{ project: 'unit', file: 'electron/drivers/toolRuns.test.ts', name: 'refused before anything is sent' }],
  },
  {
    name: 'names lead Artillery to the addresses that were confirmed',
    file: 'electron/drivers/artilleryPlugin.ts',
    find: "    pinHosts(JSON.parse(process.env.${addressesVariable} || '{}'));\n",
    replace: '',
    tests: [
      { project: 'integration', file: 'tests/integration/toolFleet.test.ts', name: 'addresses that were admitted' },
    ],
  },
  {
    name: 'names lead k6 to the addresses that were confirmed',
    file: 'electron/drivers/k6Runs.ts',
    find: 'options.hosts = ${JSON.stringify(hosts)};',
    replace: 'options.hosts = {};',
    tests: [{ project: 'unit', file: 'electron/drivers/toolRuns.test.ts', name: 'the admitted addresses' }],
  },
  {
    name: 'what another tool says of an error has no secret in it',
    file: 'electron/drivers/toolProcess.ts',
    find: 'conceal(complaint.text.trim())',
    replace: 'complaint.text.trim()',
    tests: [{ project: 'integration', file: 'tests/integration/toolFleet.test.ts', name: 'without the secrets' }],
  },
  {
    name: 'a load elsewhere goes to no host that a runner would take for itself',
    file: 'electron/drivers/remote/requireRemote.ts',
    find: '  if (own === undefined) return;',
    replace: '  if (own !== null) return;',
    tests: [
      { project: 'unit', file: 'electron/drivers/remote/requireRemote.test.ts', name: 'a load of this machine' },
      { project: 'integration', file: 'tests/integration/remoteLoads.test.ts', name: 'for this machine' },
    ],
  },
  {
    name: 'the plan of a load elsewhere shows no secret',
    file: 'electron/drivers/remote/kubernetesManifests.ts',
    find: "[variable, '***']",
    replace: '[variable, manifests.secrets[variable]]',
    tests: [
      { project: 'unit', file: 'electron/drivers/remote/kubernetesPlan.test.ts', name: 'have secrets in no file' },
    ],
  },
  {
    name: 'names lead runners in Kubernetes to the addresses that were confirmed',
    file: 'electron/drivers/k6Runs.ts',
    find: 'options.hosts = ${JSON.stringify(hosts)};',
    replace: 'options.hosts = {};',
    tests: [{ project: 'unit', file: 'electron/drivers/remote/kubernetesPlan.test.ts', name: 'at their start' }],
  },
  {
    name: 'names lead Artillery elsewhere to the addresses that were confirmed',
    file: 'electron/drivers/remote/artilleryPlan.ts',
    find: ', processor: `./${pinName}` }',
    replace: ' }',
    tests: [{ project: 'integration', file: 'tests/integration/toolFleet.test.ts', name: 'machines elsewhere' }],
  },
];
