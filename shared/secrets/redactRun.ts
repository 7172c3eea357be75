import type { Target } from '../run/target';
import { hide, redacted, redactText } from './redact';
import { replaceInScenario, replaceInTarget, type WithSecrets } from './replaceInRun';
import type { SecretVisitor } from './replaceSecrets';

/** A scenario as others may see it. References by name stay: they are no secrets. */
export function redactScenario<S extends WithSecrets>(scenario: S): S {
  return replaceInScenario(scenario, hide);
}

/** A target as others may see it. */
export function redactTarget<T extends Target>(target: T): T | Extract<Target, { kind: 'url' }> {
  return target.kind === 'url' ? replaceInTarget(target, hide) : target;
}

/** What of a run has secrets in it, as they were typed. */
export interface RunWithSecrets {
  scenario: WithSecrets;
  target: Target;
}

/** Shorter secrets than this are words that stand elsewhere too: where they are typed they are hidden all the same. */
const leastLength = 4;

/**
 * Hides the secrets of a run in texts that come from elsewhere, such as what a server answers: wherever they stand, in
 * clear or encoded as URLs have it.
 */
export function redactorOf({ scenario, target }: RunWithSecrets): (text: string) => string {
  const values = new Set<string>();
  const collect: SecretVisitor = {
    secret: (value) => {
      if (value.length >= leastLength && value !== redacted) values.add(value).add(encodeURIComponent(value));
      return value;
    },
  };
  replaceInScenario(scenario, collect);
  if (target.kind === 'url') replaceInTarget(target, collect);
  // The longest first: one may be a part of another.
  const all = [...values].sort((a, b) => b.length - a.length);
  return (text) => redactText(all.reduce((rest, value) => rest.replaceAll(value, redacted), text));
}

/** Whether something that was made from a run document has lost its secrets, so that it can't be sent as it is. */
export function hasRedacted({ scenario, target }: RunWithSecrets): boolean {
  let has = false;
  const look: SecretVisitor = {
    secret: (value) => {
      has ||= value === redacted;
      return value;
    },
  };
  replaceInScenario({ ...scenario, name: '', description: '' }, look);
  if (target.kind === 'url') replaceInTarget(target, look);
  return has;
}
