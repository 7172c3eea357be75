import { isSecretVariable, secretVariable } from '../../shared/secrets/reference';

/** The value that the environment gives a secret; an empty one is none. */
export function secretFromEnvironment(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[secretVariable(name)] || undefined;
}

/** The names of the secrets that the environment gives. */
export function secretsInEnvironment(env: NodeJS.ProcessEnv = process.env): string[] {
  return Object.keys(env)
    .filter((variable) => isSecretVariable(variable) && env[variable])
    .map((variable) => variable.slice(secretVariable('').length));
}

/** An environment for processes that need no secrets, or get them otherwise: it can be read from outside (`ps e`). */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([variable]) => !isSecretVariable(variable)));
}
