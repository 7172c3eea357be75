/** The kinds of worker process; each has one job. */
export type WorkerKind = 'service' | 'load' | 'null-server' | 'conformance' | 'postgres' | 'reader' | 'history';

export interface WorkerHandlers {
  onMessage(message: unknown): void;
  /** Called once when the process has ended. `how` says in words how it ended. */
  onExit(how: string): void;
}

/** A worker process that was started. */
export interface WorkerProcess {
  /** Undefined until the process has started, and in Electron also after it has ended. */
  readonly pid: number | undefined;
  /** Sends a structured-cloneable message. A message to a process that has ended is lost. */
  send(message: object): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts worker processes: Electron's utility processes in the window, child processes on the command line. */
export interface WorkerHost {
  start(kind: WorkerKind, handlers: WorkerHandlers): WorkerProcess;
}

/**
 * The Node options for a worker. The worker that reads files has a heap limit of 2 GB, more than it is meant to use, so
 * that a file that expands without end can't take all memory of the machine. A load process has room for the garbage of
 * some 30,000 requests: V8 begins with a sixteenth of it, keeps that small because nearly nothing survives, and at
 * 70,000 requests a second would stop for garbage 30 times a second, each time longer than a send may be late.
 */
export function workerOptions(kind: WorkerKind): string[] {
  if (kind === 'reader') return ['--max-old-space-size=2048'];
  return kind === 'load' ? ['--min-semi-space-size=16'] : [];
}

/** The built file of a worker, in the folder of the built main process. */
export function workerFile(kind: WorkerKind): string {
  return `${kind}.js`;
}
