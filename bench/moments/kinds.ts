import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import { childProcessHost } from '../../electron/hosting/childProcessHost';
import type { WorkerHost, WorkerKind } from '../../electron/hosting/workerHost';
import { engineConfig } from '../../shared/engines/config';
import type { MomentCauseKind } from '../../shared/moments/rules';
import { type Target, targetSchema } from '../../shared/run/target';
import { closingServer, delayedNetwork, type StruckServer } from './servers';

/** The built files that runs are made with. */
export interface Built {
  /** The folder with the service that can be struck. */
  serviceFolder: string;
  serversFile: string;
}

/** What a run loads, and what disturbs it. */
export interface Struck {
  host: WorkerHost;
  target: Target;
  strike(): void;
  end(): void;
}

/** A kind of disturbance, and the causes that name it rightly. */
export interface Kind {
  name: string;
  expected: readonly MomentCauseKind[];
  open(built: Built): Promise<Struck>;
}

const plain = childProcessHost(resolve(process.cwd(), 'out/main'));
const pauseMs = 120;
const hogCount = 8;
const busyMs = 600;
/**
 * The niceness of the processes that the busy programs are to slow. At the same priority Linux lets a process that has
 * slept run before one that computes, and the busy programs slow nothing.
 */
const slowedNiceness = 15;

/** A host that knows the processes of one kind; `other` starts those of that kind, where it is not the plain one. */
function watched(
  kind: WorkerKind,
  other: WorkerHost = plain,
): { host: WorkerHost; signal(name: NodeJS.Signals): void } {
  let pid: number | undefined;
  return {
    host: {
      start: (started, handlers) => {
        if (started !== kind) return plain.start(started, handlers);
        const worker = other.start(started, handlers);
        pid = worker.pid;
        return worker;
      },
    },
    signal: (name) => {
      if (pid !== undefined) process.kill(pid, name);
    },
  };
}

/** The document service, which pauses in the way of a fault. */
async function faulty(fault: string, { serviceFolder }: Built): Promise<Struck> {
  process.env.PROOFLOAD_BENCH_FAULT = fault;
  const { host, signal } = watched('service', childProcessHost(serviceFolder));
  return {
    host,
    target: engineConfig(fault === 'fsync' ? 'sqlite' : 'memory'),
    strike: () => signal('SIGUSR2'),
    end: () => {},
  };
}

async function pausedProcess(kind: 'service' | 'load'): Promise<Struck> {
  const { host, signal } = watched(kind);
  const strike = (): void => {
    signal('SIGSTOP');
    setTimeout(() => signal('SIGCONT'), pauseMs);
  };
  return { host, target: engineConfig('memory'), strike, end: () => {} };
}

/** Programs that keep processors busy, before which the load and the service have to wait. The shell that starts them ends at once, so that they are no children of ours. */
async function busyMachine(): Promise<Struck> {
  const start = `"${process.execPath}" bench/load/hog.mjs >/dev/null 2>&1 & echo $!`;
  const pids = Array.from({ length: hogCount }, () => Number(execFileSync('sh', ['-c', start], { encoding: 'utf8' })));
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of pids) process.kill(pid, name);
  };
  signal('SIGSTOP');
  const strike = (): void => {
    signal('SIGCONT');
    setTimeout(() => signal('SIGSTOP'), busyMs);
  };
  const host: WorkerHost = {
    start: (kind, handlers) => {
      const worker = plain.start(kind, handlers);
      if (worker.pid !== undefined) setPriority(worker.pid, slowedNiceness);
      return worker;
    },
  };
  return { host, target: engineConfig('memory'), strike, end: () => signal('SIGKILL') };
}

function overUrl({ url, strike, close }: StruckServer, end: () => void = () => {}): Struck {
  const trusting = url.startsWith('https') ? { tls: { insecureSkipTLSVerify: true } } : {};
  return {
    host: plain,
    target: targetSchema.parse({ kind: 'url', url, ...trusting }),
    strike,
    end: () => {
      close();
      end();
    },
  };
}

/** The document service in a process of its own. */
async function startService(serversFile: string): Promise<{ child: ChildProcess; origin: URL }> {
  const child = fork(serversFile, ['service'], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
  const url = await new Promise<string>((found) => child.stdout?.once('data', (text) => found(String(text).trim())));
  return { child, origin: new URL(url) };
}

export const kinds: readonly Kind[] = [
  { name: 'service-gc', expected: ['service-gc'], open: (built) => faulty('gc', built) },
  { name: 'fsync', expected: ['fsync', 'checkpoint'], open: (built) => faulty('fsync', built) },
  { name: 'other-load', expected: ['other-program'], open: busyMachine },
  { name: 'generator-pause', expected: ['generator-paused'], open: () => pausedProcess('load') },
  { name: 'service-pause', expected: ['service-paused'], open: () => pausedProcess('service') },
  {
    name: 'network',
    expected: ['network'],
    open: async ({ serversFile }) => {
      const { child, origin } = await startService(serversFile);
      return overUrl(await delayedNetwork(origin), () => child.kill());
    },
  },
  { name: 'connections', expected: ['connections'], open: async () => overUrl(await closingServer()) },
];

/** A run in which nothing happens. */
export const quiet: Kind = {
  name: 'quiet',
  expected: [],
  open: async () => ({ host: plain, target: engineConfig('memory'), strike: () => {}, end: () => {} }),
};
