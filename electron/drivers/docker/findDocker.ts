import { hostname, tmpdir } from 'node:os';
import { z } from 'zod';
import { ProofloadError } from '../../../shared/errors/appError';
import { k6Image, type ToolDriver } from '../../../shared/run/driver';
import { CommandProcess } from '../commandProcess';
import { commandOnPath, type FoundTool, versionArguments, versionIn } from '../findTool';
import { quoteComplaint } from '../processOutput';

/** What `docker info` says of the daemon that starts containers (docs.docker.com/reference/api/engine, "SystemInfo"). */
const infoSchema = z.object({
  /** The name of the machine that the daemon runs on, which may be a virtual one. */
  Name: z.string().min(1),
  OSType: z.string().optional(),
  SecurityOptions: z.array(z.string()).nullish(),
});

/** How long Docker may take to respond, and to pull a missing image. */
const patienceMs = 60_000;
const fetchPatienceMs = 600_000;

/** The name of an image. Docker can't mistake it for an option. */
const imagePattern = /^[A-Za-z0-9][\w.\-/:@]*$/;

function unavailable(message: string, hint: string): ProofloadError {
  return new ProofloadError('driver-unavailable', message, hint);
}

/** What a command of Docker prints. Rejects with `driver-unavailable` when it fails or takes too long. */
async function outputOf(docker: string, args: readonly string[], longestMs = patienceMs): Promise<string> {
  const command = new CommandProcess({ file: docker, args, folder: tmpdir() });
  const timer = setTimeout(() => command.interrupt(), longestMs);
  try {
    const { code, output, complaint } = await command.ended;
    if (code === 0) return output;
    throw unavailable(`docker ${args[0]} failed.${quoteComplaint(complaint)}`, 'run it by hand to see why');
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Whether containers can use the network of this machine. Those of Docker Desktop, and of other daemons in a virtual
 * machine, can't: their machine has another name. Nor can those of a rootless daemon, which has a network of its own
 * (docs.docker.com/engine/security/rootless).
 */
function sharesNetwork({ Name, SecurityOptions }: z.infer<typeof infoSchema>): boolean {
  const isRootless = (SecurityOptions ?? []).some((option) => option.includes('name=rootless'));
  return Name.toLowerCase() === hostname().toLowerCase() && !isRootless;
}

/**
 * Finds Docker on the `PATH`, pulls the image of k6 if it is missing, and asks k6 for its version. Rejects with
 * `driver-unavailable` without Docker, for a daemon on another machine, and for an image that is not k6.
 */
export async function findDocker(tool: ToolDriver, image = k6Image): Promise<FoundTool> {
  if (tool !== 'k6')
    throw new ProofloadError(
      'usage',
      'only k6 runs in Docker: Artillery reports its requests in a way that a container does not support',
      'install Artillery, and use it without Docker',
    );
  if (!imagePattern.test(image))
    throw new ProofloadError('usage', `${image} is not the name of an image`, `write it like ${k6Image}`);
  const path = commandOnPath('docker');
  if (path === undefined) throw unavailable('Docker is not on the PATH', 'install it, or install k6');
  const endpoint = await outputOf(path, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']);
  const [scheme = ''] = endpoint.trim().split('://');
  if (scheme !== 'unix' && scheme !== 'npipe')
    throw unavailable(
      `Docker starts containers on another machine (by ${scheme || 'an unknown way'}), where a host name can lead elsewhere`,
      'use a Docker on this machine',
    );
  const info = infoSchema.safeParse(jsonIn(await outputOf(path, ['info', '--format', '{{json .}}'])));
  if (!info.success) throw unavailable('Docker does not report what it runs on', 'start it, and look at docker info');
  if (info.data.OSType === 'windows')
    throw unavailable('Docker starts Windows containers, and k6 has none', 'switch it to Linux containers');
  const version = await outputOf(
    path,
    ['run', '--rm', '--network', 'none', image, ...versionArguments[tool]],
    fetchPatienceMs,
  );
  const container = { image, sharesNetwork: sharesNetwork(info.data) };
  return { tool, version: versionIn(version, tool, image), path, container };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
