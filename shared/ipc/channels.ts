import type { Announcements, MethodName } from './contract';

/** Returns the channel of a method. */
export function methodChannel(name: MethodName): string {
  return `proofload:${name}`;
}

/** The channel on which the main process announces run events. */
export const runEventChannel = 'proofload:run-event';

/** The channel on which the main process announces the progress of a conformance suite. */
export const conformanceChannel = 'proofload:conformance';

/** The channel on which the main process announces the progress of an experiment. */
export const experimentChannel = 'proofload:experiment';

/** The channel on which the main process announces the progress of an import. */
export const importChannel = 'proofload:import';

/** The channel on which the main process sends requests to a window. */
export const requestChannel = 'proofload:request';

/** The channel of each announcement, by the method of the bridge that listens for it. */
export const announcementChannels: Readonly<Record<keyof Announcements, string>> = {
  onRunEvent: runEventChannel,
  onConformance: conformanceChannel,
  onExperiment: experimentChannel,
  onImport: importChannel,
  onRequest: requestChannel,
};

/** The name of the bridge object in the window. */
export const bridgeName = 'proofload';

/** The command-line switch that tells a window the user's locale before its page loads. */
export const localeSwitch = '--proofload-locale=';
