import { isRequestStep, type RequestStep, type Step } from '../../../shared/scenario/journeys';
import { extractedBy, lifecycleJourneys } from '../../../shared/scenario/lifecycle';
import { maxRedirectsOf } from '../../../shared/scenario/redirects';
import { requestName } from '../../../shared/scenario/requests';
import type { Scenario } from '../../../shared/scenario/schema';
import { allJourneys, namedSteps } from '../../../shared/scenario/steps';
import { requiredMs } from '../../../shared/scenario/timing';
import { artilleryAsks } from './artilleryChecks';
import { artilleryReport } from './artilleryReport';
import { type ArtilleryStep, bodyDifferences, ownRequest, redirectFields } from './artilleryRequests';
import { ArtilleryTexts } from './artilleryTexts';

/* Journeys as scenarios of an Artillery script. Each journey is a flow, and each virtual user goes through one flow. */

/** Journeys in the form of an Artillery script. */
export interface ArtilleryJourneys {
  flows: { name: string; weight: number; steps: ArtilleryStep[] }[];
  /** Setup and teardown, which Artillery runs once for all users. */
  parts: Record<string, { flow: ArtilleryStep[] }>;
  /** The lists of numbers that variables are drawn from. */
  ranges: Record<string, string[]>;
  plugins: Record<string, unknown>;
  differences: string[];
}

type ThinkTime = Extract<Step, { thinkTime: unknown }>['thinkTime'];

function thinkOf(thinkTime: ThinkTime): string {
  if (typeof thinkTime === 'string') return `${requiredMs(thinkTime)}ms`;
  if (thinkTime.distribution === 'normal') return `${requiredMs(thinkTime.mean)}ms`;
  return `{{ $randomNumber(${requiredMs(thinkTime.min)}, ${requiredMs(thinkTime.max)}) }}ms`;
}

/** Collects the steps of a journey, setup or teardown, and a sentence for everything that is lost. */
class Flow {
  readonly steps: ArtilleryStep[] = [];
  readonly lost: string[] = [];
  hasExpectations = false;
  readonly #texts: ArtilleryTexts;

  constructor(texts: ArtilleryTexts) {
    this.#texts = texts;
  }

  think(thinkTime: ThinkTime): void {
    this.steps.push({ think: thinkOf(thinkTime) });
    if (typeof thinkTime === 'object' && thinkTime.distribution === 'normal')
      this.lost.push('Think times with a normal distribution become their mean: Artillery draws evenly.');
  }

  request(step: RequestStep, operation: string): void {
    const { expect, match, capture, lost } = artilleryAsks(step, operation);
    this.lost.push(...lost);
    if (expect.length > 0) this.hasExpectations = true;
    const { url, ...others } = ownRequest(step);
    const asked = { ...(match.length > 0 ? { match } : {}), ...(expect.length > 0 ? { expect } : {}) };
    this.steps.push({
      [step.method.toLowerCase()]: {
        url: this.#texts.url(String(url)),
        name: operation,
        ...redirectFields(step),
        ...Object.fromEntries(Object.entries(others).map(([key, value]) => [key, this.#texts.all(value)])),
        ...(step.method === 'GET' && ('json' in others || 'body' in others) ? { allowGetBody: true } : {}),
        ...(capture.length > 0 ? { capture } : {}),
        ...Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, this.#texts.all(value)])),
      },
    });
  }
}

/**
 * Returns a sentence for each way in which Artillery runs the journeys differently, apart from what single steps lose.
 */
function commonDifferences(scenario: Scenario, isLoop: boolean): string[] {
  const { setup, teardown, dataFiles = [], noCookiesReset } = scenario;
  const requests = namedSteps(allJourneys(scenario)).map(({ request }) => request);
  const isMixed = requests.some(({ onFailure }) => onFailure === 'continue');
  const isUnchecked = requests.some(({ checks }) => !checks.some((check) => 'status' in check));
  return [
    'Values from responses are not encoded in URLs, and a number that is the whole of a value in JSON stays a number.',
    artilleryReport.checks,
    ...(isMixed ? ['A status or a header that is not as expected ends no journey: some steps go on.'] : []),
    ...(isUnchecked ? ['A status other than 2xx ends no journey where no check asks for the status.'] : []),
    ...(isLoop && !noCookiesReset ? ['Cookies and variables of a user stay from one iteration to the next.'] : []),
    ...(requests.some((step) => maxRedirectsOf(step) > 0)
      ? ['Redirects are followed to any server: Artillery does not ask whether it may be loaded.']
      : []),
    ...dataFiles.map(
      ({ name }) =>
        `The data file ${name} is left out: add it as config.payload with its columns as ${name}.COLUMN, in the order of the file.`,
    ),
    ...(setup || teardown ? ['Requests of setup and teardown are not in the report.'] : []),
    ...bodyDifferences(requests),
  ];
}

/**
 * Returns the journeys of a scenario in Artillery's form. With `isLoop`, a user goes through its journey several times.
 */
export function artilleryJourneys(scenario: Scenario, isLoop: boolean): ArtilleryJourneys {
  const { journeys = [], variables = {}, data, setup, teardown } = scenario;
  const lifecycle = lifecycleJourneys({ setup, teardown });
  const given = [...allJourneys(scenario).flatMap(extractedBy), ...data.flatMap((row) => Object.keys(row))];
  const texts = new ArtilleryTexts(variables, new Set(given));
  const operations = namedSteps(journeys).map(({ operation }) => operation);
  let next = 0;
  const flowOf = (steps: readonly Step[], nameOf: (step: RequestStep) => string): Flow => {
    const flow = new Flow(texts);
    for (const step of steps) {
      if (isRequestStep(step)) flow.request(step, nameOf(step));
      else flow.think(step.thinkTime);
    }
    return flow;
  };
  const flows = journeys.map(({ name, weight, steps }) => {
    return { name, weight, flow: flowOf(steps, (step) => operations[next++] ?? requestName(step)) };
  });
  const parts = lifecycle.map(({ name, steps }) => {
    return {
      part: name === 'setup' ? 'before' : 'after',
      flow: flowOf(steps, (step) => `${name} / ${requestName(step)}`),
    };
  });
  const isMixed = namedSteps(journeys).some(({ request }) => request.onFailure === 'continue');
  const expect = { outputFormat: 'silent', reportFailuresAsErrors: !isMixed, useOnlyRequestNames: true };
  return {
    flows: flows.map(({ name, weight, flow }) => ({ name, weight, steps: flow.steps })),
    parts: Object.fromEntries(parts.map(({ part, flow }) => [part, { flow: flow.steps }])),
    ranges: texts.ranges,
    plugins: flows.some(({ flow }) => flow.hasExpectations) ? { expect } : {},
    differences: [
      ...commonDifferences(scenario, isLoop),
      ...texts.differences,
      ...new Set([...flows, ...parts].flatMap(({ flow }) => flow.lost)),
    ],
  };
}
