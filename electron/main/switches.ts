import { printToStderr } from '../system/terminal';

/**
 * Chromium switches that let another program control this one or replace its processes. The fuses of the package
 * disable those of Node (`--inspect`) and its environment variables (electron-builder.yml).
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

/** The part of Electron's `app.commandLine` that is used here. */
export interface CommandLine {
  hasSwitch(name: string): boolean;
  removeSwitch(name: string): void;
}

/** Removes the switches with which another program could inspect this one. Returns their names. */
export function takeNoOrders(commandLine: CommandLine): void {
  for (const name of foreignSwitches.filter((one) => commandLine.hasSwitch(one))) {
    commandLine.removeSwitch(name);
    printToStderr(`proofload: --${name} is for development and is ignored\n`);
  }
}
