/** The kinds of worker process; each has one job. */
export type WorkerKind = 'target' | 'load' | 'null-server' | 'conformance' | 'postgres';

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

/** The built file of a worker, in the folder of the built main process. */
export function workerFile(kind: WorkerKind): string {
  return `${kind}.js`;
}
