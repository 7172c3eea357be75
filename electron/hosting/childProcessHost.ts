import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withoutSecrets } from '../secrets/environment';
import { afterGroupSignal, isStopSignal } from '../system/stopSignals';
import { type WorkerHost, workerFile, workerOptions } from './workerHost';

/**
 * Runs workers as child processes of plain Node. `folder` holds their built files. Tests replace `later`, after which the
 * end by a stop signal is reported.
 */
export function childProcessHost(folder: string, later = afterGroupSignal): WorkerHost {
  return {
    start(kind, { onMessage, onExit }) {
      const child = fork(join(folder, workerFile(kind)), [], {
        serialization: 'advanced',
        execArgv: workerOptions(kind),
        env: withoutSecrets(process.env),
      });
      let gone = false;
      const exit = (how: string): void => {
        if (gone) return;
        gone = true;
        onExit(how);
      };
      child.on('message', onMessage);
      child.on('error', (error) => exit(`it could not be started (${error.message})`));
      child.on('exit', (code, signal) => {
        const report = (): void => exit(signal ? `it was ended by ${signal}` : `it exited with code ${code}`);
        // A signal to the group ends a worker that has just started, perhaps before this process hears of the signal.
        if (isStopSignal(signal)) later(report);
        else report();
      });
      return {
        pid: child.pid,
        send: (message) => {
          // A message to a process that has just ended is lost either way. The exit of the process is reported
          // separately.
          if (child.connected) child.send(message, () => {});
        },
        kill: () => child.kill('SIGKILL'),
      };
    },
  };
}
