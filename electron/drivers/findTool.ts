import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { errorMessage, ProofloadError } from '../../shared/errors/appError';
import { type Driver, type OtherGenerator, type ToolDriver, toolDrivers, toolNames } from '../../shared/run/driver';
import { withoutSecrets } from '../secrets/environment';

/** A tool that was found, with the version that it reports. */
export interface FoundTool extends Driver {
  /** The file of its command, or that of kubectl or docker, which starts it elsewhere. */
  path: string;
  /** The container that it runs in, if Docker starts it on this machine. */
  container?: Container;
  /** The context and the namespace of kubectl, if they are not its current ones. */
  cluster?: ClusterAccess;
}

/** A container of Docker. */
export interface Container {
  image: string;
  /** Whether it uses the network of this machine itself, where 127.0.0.1 is this machine. */
  sharesNetwork: boolean;
}

/** Where kubectl works. Undefined for what it uses by itself. */
export interface ClusterAccess {
  context?: string | undefined;
  namespace?: string | undefined;
}

/** How long a tool may take to report its version. */
const versionPatienceMs = 60_000;
/** A tool's output beyond this many characters is discarded. */
const maxOutput = 100_000;

/** What makes a tool print its version. */
export const versionArguments: Readonly<Record<ToolDriver, readonly string[]>> = {
  k6: ['version'],
  artillery: ['--version'],
};
const versionPatterns: Readonly<Record<ToolDriver, RegExp>> = {
  k6: /\bk6(?:\.exe)? v?(\d+\.\d+\.\d+\S*)/,
  artillery: /Artillery: (\d+\.\d+\.\d+\S*)/,
};
/** The minimum versions. From these on, scripts and output streams have the format that is used here. */
const leastVersions: Readonly<Record<ToolDriver, readonly [major: number, minor: number]>> = {
  k6: [0, 46],
  artillery: [2, 0],
};

/** Whether a file can be run as a command. */
export function isCommand(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The file of a command on the `PATH` of the environment; undefined when there is none. */
export function commandOnPath(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`))).find(isCommand);
}

/** The tools whose commands are on the `PATH`, and k6 if that of Docker is. Whether they work is not tested. */
export function generatorsOnPath(env?: NodeJS.ProcessEnv): OtherGenerator[] {
  const isThere = (name: string): boolean => commandOnPath(name, env) !== undefined;
  return [...toolDrivers.filter(isThere), ...(isThere('docker') ? ['k6-docker' as const] : [])];
}

/** What a tool prints when asked for its version. Rejects with `driver-unavailable`. */
function outputOf(tool: ToolDriver, file: string): Promise<string> {
  const failed = (why: string): ProofloadError =>
    new ProofloadError(
      'driver-unavailable',
      `${file} does not report its version: ${why}`,
      `name the command of ${toolNames[tool]} itself`,
      { details: { about: 'driver', tool } },
    );
  return new Promise((found, fail) => {
    const child = spawn(file, [...versionArguments[tool]], {
      env: { ...withoutSecrets(process.env), ARTILLERY_DISABLE_TELEMETRY: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), versionPatienceMs);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        if (output.length < maxOutput) output += chunk;
      });
    child.on('error', (error) => {
      clearTimeout(timer);
      fail(failed(errorMessage(error)));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) found(output);
      else fail(failed(code === null ? 'it was ended' : `it ended with code ${code}`));
    });
  });
}

/**
 * Finds a tool, by the file of its command or on the `PATH`, and asks for its version. Rejects with
 * `driver-unavailable` when there is none or it is too old.
 */
export async function findTool(tool: ToolDriver, named?: string): Promise<FoundTool> {
  const name = toolNames[tool];
  const path = named === undefined ? commandOnPath(tool) : resolve(named);
  const details = { about: 'driver', tool } as const;
  if (path === undefined)
    throw new ProofloadError(
      'driver-unavailable',
      `${name} is not on the PATH`,
      `install it, or name the file of its command`,
      { details },
    );
  if (!isCommand(path))
    throw new ProofloadError(
      'driver-unavailable',
      `${path} is not a command`,
      `name the file of the command of ${name}`,
      {
        details,
      },
    );
  return { tool, version: versionIn(await outputOf(tool, path), tool, path), path };
}

/**
 * The version of a tool, in what it printed when asked for it. `source` is where it came from, for the error. Throws
 * `driver-unavailable` for another tool and for a version that is too old.
 */
export function versionIn(output: string, tool: ToolDriver, source: string): string {
  const name = toolNames[tool];
  const details = { about: 'driver', tool } as const;
  const version = versionPatterns[tool].exec(output)?.[1];
  if (version === undefined)
    throw new ProofloadError(
      'driver-unavailable',
      `${source} is not ${name}: it does not report a version of it`,
      `name the command of ${name}`,
      { details },
    );
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = leastVersions[tool];
  if (major < leastMajor || (major === leastMajor && minor < leastMinor))
    throw new ProofloadError(
      'driver-unavailable',
      `${name} ${version} is too old`,
      `install version ${leastMajor}.${leastMinor} or later`,
      { details },
    );
  return version;
}
