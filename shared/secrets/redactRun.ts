import { basicAuthorization } from '../http/wireUrl';
import type { Target } from '../run/target';
import { requestsIn } from '../scenario/steps';
import { concealerOf } from './conceal';
import { hide, redacted, redactText } from './redact';
import { replaceInScenario, replaceInTarget, type WithSecrets } from './replaceInRun';
import { replaceInBody, type SecretVisitor } from './replaceSecrets';

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

/**
 * Hides the secrets that were typed for a run in texts that come from elsewhere, such as what a server answers: those of
 * its requests in every form that URLs and JSON have for them, those of its data, of which there may be many, as they are.
 */
export function redactorOf({ scenario, target }: RunWithSecrets): (text: string) => string {
  const typed = new Map<string, string>();
  const visitorOf = (add: (value: string) => void): SecretVisitor => ({
    secret: (value, about) => {
      if (value !== redacted) for (const form of formsOfWritten(value)) add(form);
      if (about === 'userinfo' && value !== redacted) for (const form of formsOfUser(value)) add(form);
      // A URL or a body that is hidden as a whole: what is in it may come back alone, or encoded once more.
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
  // The longest first: one may be a part of another.
  const rest = [...cells].sort((a, b) => b.length - a.length);
  return (text) => redactText(rest.reduce((left, value) => left.replaceAll(value, redacted), conceal(text)));
}

/** A secret as it stands in a body, and what it means there: that may come back as well. */
export function formsOfWritten(written: string): string[] {
  const forms = [written];
  try {
    forms.push(decodeURIComponent(written.replaceAll('+', ' ')));
  } catch {
    // Not of a form.
  }
  try {
    forms.push(String(JSON.parse(`"${written}"`)));
  } catch {
    // Not of JSON.
  }
  return [...new Set(forms)];
}

/** What else may come back of user and password: either alone, and as the header in which they are sent. */
function formsOfUser(userinfo: string): string[] {
  const [user = '', ...password] = userinfo.split(':');
  return [user, password.join(':'), basicAuthorization(`${user}:${password.join(':')}`).replace(/^Basic /, '')];
}

/** Shorter cells stand in every text by chance. */
const leastCellLength = 4;

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
