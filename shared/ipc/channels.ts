import type { Announcements, MethodName } from './contract';

/** The channel of a method. */
export function methodChannel(name: MethodName): string {
  return `proofload:${name}`;
}

/** The channel on which the main process announces run events. */
export const runEventChannel = 'proofload:run-event';

/** The channel on which the main process announces the progress of a conformance suite. */
export const conformanceChannel = 'proofload:conformance';

/** The channel on which the main process announces the progress of an experiment. */
export const experimentChannel = 'proofload:experiment';

/** The channel on which the main process announces how far an import is. */
export const importChannel = 'proofload:import';

/** The channel on which the main process asks something of a window. */
export const requestChannel = 'proofload:request';

/** The channel of each announcement, by the method of the bridge that listens for it. */
export const announcementChannels: Readonly<Record<keyof Announcements, string>> = {
  onRunEvent: runEventChannel,
  onConformance: conformanceChannel,
  onExperiment: experimentChannel,
  onImport: importChannel,
  onRequest: requestChannel,
};

/** The name under which the bridge is found in the window. */
export const bridgeName = 'proofload';

/** With this a window is told of the user's locale before its page begins. */
export const localeSwitch = '--proofload-locale=';
