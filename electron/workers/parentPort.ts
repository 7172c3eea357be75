import { keepFilesPrivate } from '../system/privateFiles';
import { leaveStopToParent } from '../system/stopSignals';

/** The connection of a worker process to the process that started it. */
export interface ParentPort {
  /** Sends a structured-cloneable message. */
  send(message: unknown): void;
  onMessage(handler: (message: unknown) => void): void;
}

/**
 * Connects to the parent: Electron's parent port in a utility process, Node's IPC channel in a child process. A worker
 * never outlives its parent: it exits when the channel closes. Under plain Node, it waits for `beforeExit` first.
 * Electron ends its utility processes with the app, without notice. Only the user can read the files that a worker
 * writes.
 */
export function connectToParent(beforeExit: () => Promise<void> = async () => {}): ParentPort {
  keepFilesPrivate();
  leaveStopToParent();
  const { parentPort } = process;
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (handler) => {
        parentPort.on('message', ({ data }) => handler(data));
      },
    };
  }
  if (!process.send) throw new Error('a worker must be started by Proofload');
  process.on('disconnect', () => void beforeExit().finally(() => process.exit(0)));
  return {
    send: (message) => {
      process.send?.(message);
    },
    onMessage: (handler) => {
      process.on('message', handler);
    },
  };
}
