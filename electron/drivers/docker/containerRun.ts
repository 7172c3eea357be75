import type { ToolRun } from '../drivenLoad';
import type { Container } from '../findTool';

/** The beginning of the variables that scenarios may use (shared/scenario/environment.ts). */
const scenarioVariable = /^PROOFLOAD_ENV_/;

/**
 * Variables of proxies. `docker run` sets them to the proxies of its own configuration, unless they are given
 * (docs.docker.com/engine/cli/proxy).
 */
const proxyVariables = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [
  name,
  name.toUpperCase(),
]);

/**
 * The process of `docker run` that does the same in a container with this name. Its only file goes to standard input,
 * so that the container needs neither a folder of this machine nor a user who can read it. The arguments have the names
 * of variables; Docker takes their values from its own environment
 * (docs.docker.com/reference/cli/docker/container/run).
 */
export function containerRun(
  { files, args, env }: ToolRun,
  { image, sharesNetwork }: Container,
  name: string,
  own: NodeJS.ProcessEnv = process.env,
): ToolRun {
  const [file, ...others] = Object.entries(files);
  if (file === undefined || others.length > 0) throw new RangeError('a container gets one file, the script');
  const [script, input] = file;
  const variables = [...Object.keys(env), ...Object.keys(own).filter((variable) => scenarioVariable.test(variable))];
  return {
    files: {},
    input,
    args: [
      'run',
      '--rm',
      '--interactive',
      '--name',
      name,
      // The image was pulled to find its version, and must stay the same.
      '--pull',
      'never',
      // Docker would keep every sample in the log of the container, on the disk of this machine.
      '--log-driver',
      'none',
      ...(sharesNetwork ? ['--network', 'host'] : []),
      ...proxyVariables.flatMap((variable) => ['--env', `${variable}=`]),
      ...variables.flatMap((variable) => ['--env', variable]),
      image,
      ...args.map((arg) => (arg === script ? '-' : arg)),
    ],
    killArgs: ['rm', '--force', name],
    env,
  };
}
