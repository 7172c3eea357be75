import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { type WorkerHost, workerFile, workerOptions } from '../hosting/workerHost';
import { withoutSecrets } from '../secrets/environment';
import { reportEnd } from '../system/stopSignals';

/** Runs workers as Electron utility processes. `folder` holds their built files. */
export function utilityProcessHost(folder: string): WorkerHost {
  return {
    start(kind, { onMessage, onExit }) {
      const child = utilityProcess.fork(join(folder, workerFile(kind)), [], {
        serviceName: `proofload-${kind}`,
        stdio: 'inherit',
        env: withoutSecrets(process.env),
        execArgv: workerOptions(kind),
      });
      child.on('message', onMessage);
      child.once('exit', (code) => reportEnd(code, () => onExit(`it exited with code ${code}`)));
      return {
        get pid() {
          return child.pid;
        },
        send: (message) => child.postMessage(message),
        kill: () => {
          // Electron's own kill is a request, to which a busy process can take its time to react. The process id is
          // surely that of our child, because Electron keeps it until it has seen the process end, and clears it then.
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        },
      };
    },
  };
}
