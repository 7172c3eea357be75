/**
 * Returns the environment variable that supplies the value of `{{env.NAME}}`. Only variables with this prefix are used,
 * because a scenario from someone else must not read the rest of the environment.
 */
export function environmentVariable(name: string): string {
  return `PROOFLOAD_ENV_${name}`;
}
