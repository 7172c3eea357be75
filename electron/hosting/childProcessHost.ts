import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withoutSecrets } from '../secrets/environment';
import { type afterGroupSignal, reportEnd } from '../system/stopSignals';
import { type WorkerHost, workerFile, workerOptions } from './workerHost';

/** Runs workers as child processes of plain Node. `folder` holds their built files. Tests replace `later` of reportEnd. */
export function childProcessHost(folder: string, later?: typeof afterGroupSignal): WorkerHost {
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
        const how = signal ? `it was ended by ${signal}` : `it exited with code ${code}`;
        reportEnd(signal, () => exit(how), later);
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
