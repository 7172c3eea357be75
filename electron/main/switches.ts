import { printToStderr } from '../system/terminal';

/**
 * Switches of Chromium that let another program into this one, or put one in the place of its processes. Those of Node
 * (`--inspect`) and its environment variables are shut off by the fuses of the package (electron-builder.yml).
 */
const foreignSwitches = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'browser-subprocess-path',
  'gpu-launcher',
  'ppapi-plugin-launcher',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'js-flags',
  'disable-web-security',
] as const;

/** Electron's `app.commandLine`, as far as it is used here. */
export interface CommandLine {
  hasSwitch(name: string): boolean;
  removeSwitch(name: string): void;
}

/** Removes the switches with which a program could inspect this one; returns their names. */
export function takeNoOrders(commandLine: CommandLine): void {
  for (const name of foreignSwitches.filter((one) => commandLine.hasSwitch(one))) {
    commandLine.removeSwitch(name);
    printToStderr(`proofload: --${name} is for development and is ignored\n`);
  }
}
