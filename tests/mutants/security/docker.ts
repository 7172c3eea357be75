import type { Guard } from '../guard';

const inContainer = 'electron/drivers/docker/containerRun.test.ts';
const byDocker = 'tests/integration/docker.test.ts';

/** k6 in Docker as the generator of the load. */
export const dockerGuards: readonly Guard[] = [
  {
    name: 'the name of an image is no option of Docker',
    file: 'electron/drivers/docker/findDocker.ts',
    find: 'if (!imagePattern.test(image))',
    replace: "if (image === '')",
    tests: [{ project: 'integration', file: byDocker, name: 'says what Docker says' }],
  },
  {
    name: 'no container starts on another machine, where a host name can lead elsewhere',
    file: 'electron/drivers/docker/findDocker.ts',
    find: "if (scheme !== 'unix' && scheme !== 'npipe')",
    replace: "if (scheme === '')",
    tests: [{ project: 'integration', file: byDocker, name: 'containers have another network' }],
  },
  {
    name: 'a container of a virtual machine or of a rootless daemon does not share the network of this machine',
    file: 'electron/drivers/docker/findDocker.ts',
    find: 'Name.toLowerCase() === hostname().toLowerCase() && !isRootless',
    replace: "Name.toLowerCase() !== '' || isRootless",
    tests: [{ project: 'integration', file: byDocker, name: 'containers have another network' }],
  },
  {
    name: 'a container with a network of its own loads nothing on this machine',
    file: 'electron/drivers/docker/requireNetwork.ts',
    find: '  if (own === undefined) return;',
    replace: '  if (own !== null) return;',
    tests: [{ project: 'unit', file: inContainer, name: 'loads nothing on this machine' }],
  },
  {
    name: 'no value of a secret is an argument of Docker',
    file: 'electron/drivers/docker/containerRun.ts',
    find: "...variables.flatMap((variable) => ['--env', variable]),",
    replace: "...variables.flatMap((variable) => ['--env', `${variable}=${env[variable] ?? own[variable]}`]),",
    tests: [
      { project: 'unit', file: inContainer, name: 'their values are in no argument' },
      { project: 'integration', file: byDocker, name: 'none of the values by an argument' },
    ],
  },
  {
    name: 'a container sees no proxy of the configuration of Docker',
    file: 'electron/drivers/docker/containerRun.ts',
    find: "...proxyVariables.flatMap((variable) => ['--env', `${variable}=`]),",
    replace: '',
    tests: [
      { project: 'unit', file: inContainer, name: 'gets no proxies' },
      { project: 'integration', file: byDocker, name: 'none of the values by an argument' },
    ],
  },
  {
    name: 'Docker keeps no log of a container, which would have every sample on the disk',
    file: 'electron/drivers/docker/containerRun.ts',
    find: "      '--log-driver',\n      'none',\n",
    replace: '',
    tests: [{ project: 'unit', file: inContainer, name: 'leaves no log on the disk' }],
  },
  {
    name: 'the image of a run is the one that was asked for its version',
    file: 'electron/drivers/docker/containerRun.ts',
    find: "      '--pull',\n      'never',\n",
    replace: '',
    tests: [{ project: 'unit', file: inContainer, name: 'leaves no log on the disk' }],
  },
  {
    name: 'a container ends with its run',
    file: 'electron/drivers/docker/containerRun.ts',
    find: "killArgs: ['rm', '--force', name],",
    replace: "killArgs: ['version'],",
    tests: [{ project: 'unit', file: inContainer, name: 'a name by which it is ended' }],
  },
];
