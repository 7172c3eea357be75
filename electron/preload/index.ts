import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { announcementChannels, bridgeName, localeSwitch, methodChannel } from '../../shared/ipc/channels';
import type { MethodName } from '../../shared/ipc/contract';

/**
 * The method names of the contract, inserted by the build. The contract itself would load its schemas into every
 * window. The page can call only these methods.
 */
declare const __METHOD_NAMES__: readonly MethodName[];

function invoke(name: MethodName): (input: unknown) => Promise<unknown> {
  return (input) => ipcRenderer.invoke(methodChannel(name), input);
}

function listen(channel: string): (listener: (announced: unknown) => void) => () => void {
  return (listener) => {
    const forward = (_event: unknown, announced: unknown): void => listener(announced);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.off(channel, forward);
  };
}

contextBridge.exposeInMainWorld(bridgeName, {
  ...Object.fromEntries(__METHOD_NAMES__.map((name) => [name, invoke(name)])),
  ...Object.fromEntries(Object.entries(announcementChannels).map(([name, channel]) => [name, listen(channel)])),
  locale: process.argv.find((argument) => argument.startsWith(localeSwitch))?.slice(localeSwitch.length),
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
