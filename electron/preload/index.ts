import { contextBridge, ipcRenderer } from 'electron';
import type { Result } from '../../shared/errors/appError';
import { bridgeName, methodChannel, runEventChannel } from '../../shared/ipc/channels';
import type { Bridge, InputOf, MethodName, OutputOf } from '../../shared/ipc/contract';
import type { RunEvent } from '../../shared/run/events';

function invoke<Name extends MethodName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>> {
  return ipcRenderer.invoke(methodChannel(name), input);
}

const bridge: Bridge = {
  getCatalog: (input) => invoke('getCatalog', input),
  getRunView: (input) => invoke('getRunView', input),
  startRun: (input) => invoke('startRun', input),
  calibrate: (input) => invoke('calibrate', input),
  allowHost: (input) => invoke('allowHost', input),
  stopRun: (input) => invoke('stopRun', input),
  listRuns: (input) => invoke('listRuns', input),
  getRun: (input) => invoke('getRun', input),
  onRunEvent: (listener) => {
    const forward = (_event: unknown, runEvent: RunEvent): void => listener(runEvent);
    ipcRenderer.on(runEventChannel, forward);
    return () => ipcRenderer.off(runEventChannel, forward);
  },
};

contextBridge.exposeInMainWorld(bridgeName, bridge);
