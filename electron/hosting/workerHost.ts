/** The kinds of worker process; each has one job. */
export type WorkerKind = 'service' | 'load' | 'null-server' | 'conformance' | 'postgres' | 'reader' | 'history';

export interface WorkerHandlers {
  onMessage(message: unknown): void;
  /** Called once when the process is gone; `how` says how, in words. */
  onExit(how: string): void;
}

/** A worker process that was started. */
export interface WorkerProcess {
  /** Undefined until the process is there, and in Electron after it is gone. */
  readonly pid: number | undefined;
  /** Sends a structured-cloneable message; one to a process that has ended is lost. */
  send(message: object): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts worker processes: Electron's utility processes in the window, child processes on the command line. */
export interface WorkerHost {
  start(kind: WorkerKind, handlers: WorkerHandlers): WorkerProcess;
}

/**
 * The options of Node for a worker. The one that reads files has 2 GB for what it makes of them, of which it is meant to
 * use a part: a file that unfolds without end must not take the memory of the machine.
 */
export function workerOptions(kind: WorkerKind): string[] {
  return kind === 'reader' ? ['--max-old-space-size=2048'] : [];
}

/** The built file of a worker, in the folder of the built main process. */
export function workerFile(kind: WorkerKind): string {
  return `${kind}.js`;
}
