import { isSecretVariable, secretVariable } from '../../shared/secrets/reference';

/** The value of a secret in the environment. An empty value counts as missing. */
export function secretFromEnvironment(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[secretVariable(name)] || undefined;
}

/** The names of the secrets that have a value in the environment. */
export function secretsInEnvironment(env: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(env)
    .filter((variable) => isSecretVariable(variable) && env[variable])
    .map((variable) => variable.slice(secretVariable('').length));
}

/**
 * The environment without secrets, for processes that need none or get them in another way. Other processes can read an
 * environment (`ps e`).
 */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([variable]) => !isSecretVariable(variable)));
}
