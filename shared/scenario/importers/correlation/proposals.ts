import { secretReferenceTo } from '../../../secrets/reference';
import type { ScenarioDraft } from '../../draft';
import type { Extraction } from '../../journeys';
import { type RequestFields, requestName, scenarioRequestSchema } from '../../requests';
import type { ImportedRequests } from '../importedRequests';
import { withoutCookies } from './applyCorrelations';
import { textsOfRequest } from './findCorrelations';
import { mapRequestValues } from './requestValues';

/** The name of a step, and the place of the value in it: `GET /token`, `$.access_token`. */
export interface ProposalPlace {
  step: string;
  place: string;
}

/** A correlation of an import, proposed for the scenario that was made of it. */
export interface CorrelationProposal {
  variable: string;
  /** The recorded value, which may be a secret and is not displayed. */
  value: string;
  /** How a step extracts it; undefined for a cookie, which virtual users keep themselves. */
  extraction: Extraction | undefined;
  /** The step whose response has it, by method and URL, and its position among equal steps. */
  source: ProposalPlace & { method: string; url: string; occurrence: number };
  uses: readonly ProposalPlace[];
}

/** Whether a draft contains a proposal, could contain it after one change, or no longer has a place for it. */
export type ProposalState = 'applied' | 'open' | 'gone';

type Step = Readonly<Record<string, unknown>>;

/** Returns the proposals of an import, for a scenario with or without them. */
export function proposalsOf({ correlations = [], requests, steps }: ImportedRequests): CorrelationProposal[] {
  const of = (step: number) => {
    const { method = 'GET', url = '/', name } = requests[steps[step]?.request ?? 0] ?? {};
    return { method, url, label: requestName({ method, url, ...(name === undefined ? {} : { name }) }) };
  };
  return correlations.map(({ variable, value, extraction, step, place, uses }) => {
    const { method, url, label } = of(step);
    const alike = steps.slice(0, step).filter((_, before) => of(before).method === method && of(before).url === url);
    return {
      variable,
      value,
      extraction,
      source: { step: label, place, method, url, occurrence: alike.length },
      uses: uses.map((use) => ({ step: of(use.step).label, place: use.place })),
    };
  });
}

function isStep(value: unknown): value is Step {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Step[] {
  return Array.isArray(value) ? value.filter(isStep) : [];
}

const requestFields = scenarioRequestSchema.pick({ method: true, url: true, headers: true, body: true });

/** Returns what a step of a draft sends, when it is a valid request. */
function requestOf(step: Step): Pick<RequestFields, 'method' | 'url' | 'headers' | 'body'> | undefined {
  const { method, url, headers, body } = step;
  return requestFields.safeParse({ method, url, headers, body }).data;
}

/** Whether a URL equals a recorded one in which variables may have replaced values. */
function isUrlOf(url: string, recorded: string): boolean {
  const [start = '', ...others] = url.split(/\{\{[^{}]*\}\}/);
  const end = others.pop();
  if (end === undefined) return start === recorded;
  if (!recorded.startsWith(start) || !recorded.endsWith(end)) return false;
  let at = start.length;
  for (const literal of others) {
    const found = recorded.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at <= recorded.length - end.length;
}

/** Returns the index of the step that the value is extracted from; -1 when there is none. */
function sourceIn(steps: readonly Step[], { method, url, occurrence }: CorrelationProposal['source']): number {
  const alike = steps.flatMap((step, place) => {
    const request = requestOf(step);
    return request && request.method === method && isUrlOf(request.url, url) ? [place] : [];
  });
  return alike[Math.min(occurrence, alike.length - 1)] ?? -1;
}

function extractionsOf(step: Step | undefined): Step {
  return isStep(step?.extract) ? step.extract : {};
}

/** Returns a step that sends the variable instead of the value; the step itself when it does not contain the value. */
function sending(step: Step, { variable, value, extraction, uses }: CorrelationProposal): Step {
  const request = requestOf(step);
  if (!request) return step;
  if (!extraction) {
    const pair = `${variable}=${value}`;
    const { headers } = withoutCookies(request, new Set([pair]));
    return JSON.stringify(headers) === JSON.stringify(request.headers) ? step : { ...step, headers };
  }
  const places = new Set(uses.map(({ place }) => place));
  let isChanged = false;
  const texts = textsOfRequest(request);
  const changed = mapRequestValues(texts, (found, place) => {
    if (found !== value || !places.has(place)) return undefined;
    isChanged = true;
    return `{{${variable}}}`;
  });
  if (!isChanged) return step;
  return {
    ...step,
    url: changed.url,
    ...(step.headers === undefined ? {} : { headers: changed.headers }),
    ...(changed.body === texts.body ? {} : { body: changed.body }),
  };
}

/** Returns the steps of a journey with the proposal applied; undefined when they have no place for it. */
function applied(steps: readonly Step[], proposal: CorrelationProposal): readonly Step[] | undefined {
  const { variable, extraction, source } = proposal;
  const from = extraction ? sourceIn(steps, source) : -1;
  if (extraction && from < 0) return undefined;
  const isTaken = steps.some((step) => Object.hasOwn(extractionsOf(step), variable));
  const sent = steps.map((step, place) => (place > from ? sending(step, proposal) : step));
  if (isTaken || sent.every((step, place) => step === steps[place])) return undefined;
  return sent.map((step, place) =>
    place === from ? { ...step, extract: { ...extractionsOf(step), [variable]: extraction } } : step,
  );
}

/** Whether the steps of a journey contain the proposal. */
function has(steps: readonly Step[], { variable, extraction }: CorrelationProposal): boolean {
  const wanted = JSON.stringify(extraction);
  return steps.some((step) => JSON.stringify(extractionsOf(step)[variable]) === wanted);
}

/** Returns the state of a proposal in a draft, which may have been edited since the import. */
export function proposalState(draft: ScenarioDraft, proposal: CorrelationProposal): ProposalState {
  const journeys = listOf(draft.journeys).map(({ steps }) => listOf(steps));
  if (proposal.extraction && journeys.some((steps) => has(steps, proposal))) return 'applied';
  if (journeys.some((steps) => applied(steps, proposal) !== undefined)) return 'open';
  return proposal.extraction ? 'gone' : 'applied';
}

/**
 * Returns a draft whose steps extract the proposed value and send it back, instead of the recorded value. Returns the
 * draft itself when it no longer has a place for it.
 */
export function withProposal(draft: ScenarioDraft, proposal: CorrelationProposal): ScenarioDraft {
  if (proposalState(draft, proposal) !== 'open') return draft;
  const journeys = listOf(draft.journeys).map((journey) => {
    const steps = applied(listOf(journey.steps), proposal);
    return steps ? { ...journey, steps } : journey;
  });
  return { ...draft, journeys };
}

/** Returns proposals for requests in which names of secrets have replaced values. */
export function namedProposals(
  proposals: readonly CorrelationProposal[],
  secrets: readonly { name: string; value: string }[],
): CorrelationProposal[] {
  return proposals.map((proposal) => {
    const secret = secrets.find(({ value }) => value === proposal.value);
    return secret ? { ...proposal, value: secretReferenceTo(secret.name) } : proposal;
  });
}
