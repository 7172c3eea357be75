/**
 * The environment variable that gives `{{env.NAME}}` its value. No other one does: a scenario from somebody else must not
 * get at whatever the environment holds.
 */
export function environmentVariable(name: string): string {
  return `PROOFLOAD_ENV_${name}`;
}
