/** The locale of dates and numbers in the window, which overrides that of the system. */
const localeVariable = 'PROOFLOAD_LOCALE';

/** A language tag in canonical form. Undefined for an invalid or unknown tag. */
function known(tag: string): string | undefined {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

/**
 * The locale of dates and numbers for the user of this machine, as a language tag: PROOFLOAD_LOCALE, else the one of
 * the system, also when it has an underscore. Undefined when the platform knows neither.
 */
export function userLocale(systemLocale: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const [wanted = ''] = (env[localeVariable] || systemLocale).split('.');
  return known(wanted.replaceAll('_', '-'));
}
