import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identifyAll, signalAll } from '../../electron/system/processIdentity';
import type { Cli } from '../../tests/support/cli';

/** Work that goes on, as a fault meets it. */
export interface Struck {
  cli: Cli;
  /** The command, which leads a process group of its own. */
  pid: number;
  /** All processes that it has started. */
  started: readonly number[];
}

/** Something that goes wrong, or that somebody does, in the middle of work. */
export interface Fault {
  name: string;
  /** The engine that it needs; any other kind of fault meets `sqlite`. */
  engine?: 'postgres';
  /** Whether the work ends by it; else it is stopped by SIGTERM afterwards, unless it has come to its end. */
  ends: boolean;
  /** Whether what was saved before goes with it. */
  losesAll?: true;
  /** Whether its data folder is on a small disk of its own. */
  needsDisk?: true;
  /** Lets it happen, and says what came of it; undefined where it can't happen to this kind of work. */
  strike(work: Struck): Promise<string | undefined>;
}

function toGroup(signal: NodeJS.Signals): Fault {
  return {
    name: `${signal} to the group`,
    ends: true,
    strike: async ({ pid }) => {
      process.kill(-pid, signal);
      return 'stopped';
    },
  };
}

/** Whether a process runs a program, such as one of our workers (Linux). */
export function runs(program: string, pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`/${program}`);
  } catch {
    // It has ended meanwhile.
    return false;
  }
}

function killOf(name: string, program: string, engine?: 'postgres'): Fault {
  return {
    name: `kill -9 of ${name}`,
    ...(engine ? { engine } : {}),
    ends: true,
    strike: async ({ started }) => {
      const victims = started.filter((pid) => runs(program, pid));
      signalAll(identifyAll(victims), 'SIGKILL');
      return victims.length === 0 ? undefined : 'ended';
    },
  };
}

/** Another command on the same data folder, while the work goes on. */
function beside(name: string, ...args: readonly string[]): Fault {
  return {
    name,
    ends: false,
    strike: async ({ cli }) => {
      const { code, stderr } = await cli.run(...args);
      return `the other: exit ${code}${code === 0 ? '' : `, ${stderr.split('\n')[0]}`}`;
    },
  };
}

export const faultList: readonly Fault[] = [
  toGroup('SIGTERM'),
  toGroup('SIGHUP'),
  toGroup('SIGINT'),
  {
    name: 'kill -9 of the app',
    ends: true,
    strike: async ({ pid }) => {
      process.kill(pid, 'SIGKILL');
      return 'ended';
    },
  },
  killOf('the service', 'service.js'),
  killOf('the load process', 'load.js'),
  killOf("the suite's process", 'conformance.js'),
  killOf('PostgreSQL', 'bin/postgres', 'postgres'),
  killOf("PostgreSQL's watcher", 'postgres.js', 'postgres'),
  beside('history list', 'history', 'list'),
  beside('history repair', 'history', 'repair'),
  beside('a second app', 'run', 'level-0', '--engine', 'memory', '--warmup', '0s', '--duration', '2s', '--quiet'),
  {
    name: 'the disk is full',
    ends: false,
    needsDisk: true,
    strike: async ({ cli }) => {
      spawnSync('dd', ['if=/dev/zero', `of=${join(cli.dataFolder, 'filler')}`, 'bs=64k']);
      // Some seconds of the work have to meet it.
      await new Promise((later) => setTimeout(later, 3_000));
      return 'full';
    },
  },
  {
    name: 'the data folder is deleted',
    ends: false,
    losesAll: true,
    strike: async ({ cli }) => {
      for (const name of readdirSync(cli.dataFolder))
        rmSync(join(cli.dataFolder, name), { recursive: true, force: true });
      await new Promise((later) => setTimeout(later, 3_000));
      return 'gone';
    },
  },
];
