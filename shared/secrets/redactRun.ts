import { basicAuthorization } from '../http/wireUrl';
import type { Target } from '../run/target';
import { requestsIn } from '../scenario/steps';
import { concealerOf } from './conceal';
import { hide, redacted, redactText } from './redact';
import { replaceInScenario, replaceInTarget, type WithSecrets } from './replaceInRun';
import { replaceInBody, type SecretVisitor } from './replaceSecrets';

/** Hides the secrets of a scenario. References by name are not secrets and stay. */
export function redactScenario<S extends WithSecrets>(scenario: S): S {
  return replaceInScenario(scenario, hide);
}

/** Hides the secrets of a target. */
export function redactTarget<T extends Target>(target: T): T | Extract<Target, { kind: 'url' }> {
  return target.kind === 'url' ? replaceInTarget(target, hide) : target;
}

/** The parts of a run that contain secrets as the user typed them. */
export interface RunWithSecrets {
  scenario: WithSecrets;
  target: Target;
}

/**
 * Returns a function that hides the secrets of a run in texts from outside, such as server responses. Secrets of
 * requests are found in every encoding of URLs and JSON. Secrets of data rows, of which there may be many, are found
 * only in plain form.
 */
export function redactorOf({ scenario, target }: RunWithSecrets): (text: string) => string {
  const typed = new Map<string, string>();
  const visitorOf = (add: (value: string) => void): SecretVisitor => ({
    secret: (value, about) => {
      if (value !== redacted) for (const form of formsOfWritten(value)) add(form);
      if (about === 'userinfo' && value !== redacted) for (const form of formsOfUser(value)) add(form);
      // The parts of a URL or body that is hidden as a whole may come back alone or with another encoding.
      replaceInBody(value, {
        secret: (inner) => {
          add(inner);
          return inner;
        },
      });
      return value;
    },
  });
  const ofRequests = visitorOf((value) => void typed.set(value, value));
  replaceInScenario({ ...scenario, data: [] }, ofRequests);
  if (target.kind === 'url') replaceInTarget(target, ofRequests);
  for (const { auth } of requestsIn(scenario) ?? [])
    if (auth?.type === 'basic')
      for (const form of formsOfUser(`${auth.username}:${auth.password}`)) typed.set(form, form);
  const cells = new Set<string>();
  replaceInScenario(
    scenario,
    visitorOf((value) => {
      if (value.length >= leastCellLength && !typed.has(value)) cells.add(value);
    }),
  );
  const conceal = concealerOf(typed, () => redacted);
  // Longest first, because one may be part of another.
  const rest = [...cells].sort((a, b) => b.length - a.length);
  return (text) => redactText(rest.reduce((left, value) => left.replaceAll(value, redacted), conceal(text)));
}

/** Returns a secret as written in a body, and its decoded forms, which may come back as well. */
export function formsOfWritten(written: string): string[] {
  const forms = [written];
  try {
    forms.push(decodeURIComponent(written.replaceAll('+', ' ')));
  } catch {
    // Not from a form.
  }
  try {
    forms.push(String(JSON.parse(`"${written}"`)));
  } catch {
    // Not from JSON.
  }
  return [...new Set(forms)];
}

/** Returns other forms of user and password that may come back: each alone, and the header in which they are sent. */
function formsOfUser(userinfo: string): string[] {
  const [user = '', ...password] = userinfo.split(':');
  return [user, password.join(':'), basicAuthorization(`${user}:${password.join(':')}`).replace(/^Basic /, '')];
}

/** Shorter cells occur in any text by chance. */
const leastCellLength = 4;

/** Whether something made from a run document has lost its secrets, so that it cannot be sent unchanged. */
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
