/** Chooses how dates and numbers are written in the window, whatever the system says. */
const localeVariable = 'PROOFLOAD_LOCALE';

/** A language tag as the platform writes it; undefined of what is none, or is not known. */
function known(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

/**
 * How the user of this machine writes dates and numbers, as a language tag: PROOFLOAD_LOCALE, else what the system says,
 * also where it has an underscore in it. Undefined where neither is known to the platform.
 */
export function userLocale(systemLocale: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const [wanted = ''] = (env[localeVariable] || systemLocale).split('.');
  return known(wanted.replaceAll('_', '-'));
}
