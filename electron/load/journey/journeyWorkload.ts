import type { WireUrl } from '../../../shared/http/wireUrl';
import type { UrlTarget } from '../../../shared/run/target';
import { isRequestStep, type Variables } from '../../../shared/scenario/journeys';
import type { Scenario } from '../../../shared/scenario/schema';
import type { RequestJourney } from '../../../shared/scenario/singleRequests';
import { type NamedStep, namedSteps } from '../../../shared/scenario/steps';
import {
  type Cell,
  compileStepTemplate,
  type EnvironmentOf,
  type SecretOf,
  type Template,
} from '../../../shared/scenario/template';
import { redactScenario } from '../../../shared/secrets/redactRun';
import { type Random, seededStream } from '../../../shared/statistics/random';
import type { JourneyData, JourneyRows } from '../data/journeyData';
import type { SupplyState } from '../data/rowSupply';
import type { Shard } from '../schedule/shard';
import type { RequestMeans, RequestParts } from '../workload/requestText';
import { weightedDraw } from '../workload/weightedDraw';
import { CompiledStep } from './compiledStep';
import { thinkTimes } from './thinkTime';

/** A step as virtual users go through it: a request, or a time in ms in which nothing is sent. */
export type PlannedStep = CompiledStep | (() => number);

/** What a virtual user does in one iteration. */
export interface JourneyIteration {
  journey: string;
  steps: readonly PlannedStep[];
  /** From 0, over all load processes. */
  number: number;
  /** What placeholders are filled from, at its beginning: the scenario's variables and rows of its data. */
  variables: Record<string, Cell>;
  /** Values among them that may be secrets: of data files, and of answers to the setup. */
  secrets: readonly string[];
}

/** A journey, ready to be begun. */
interface DrawnJourney {
  journey: string;
  steps: readonly PlannedStep[];
  /** Undefined where it uses no data file. */
  rows: JourneyRows | undefined;
}

/** A log has so many redirects at most. */
const maxRedirectsTold = 5;

/** Requests that virtual users send, since their redirects are followed. */
export interface RequestJourneys {
  all: readonly RequestJourney[];
  /** Compiles their texts: they have fewer placeholders than steps. */
  compile(text: string, secretOf: SecretOf): Template;
}

/** What a journey workload is made from. */
interface JourneyOptions {
  target: UrlTarget;
  shard: Shard;
  secretOf: SecretOf;
  environmentOf: EnvironmentOf;
  means: RequestMeans;
  /** The rows of data files; without them journeys are only compiled. */
  files?: JourneyData | undefined;
  /** Variables that the setup has extracted. */
  given?: GivenVariables | undefined;
  /** In the place of the scenario's journeys. */
  requests?: RequestJourneys | undefined;
}

/** Variables from answers to the setup, which may be secrets. */
export type GivenVariables = Readonly<Record<string, string>>;

type JourneyScenario = Pick<
  Scenario,
  | 'name'
  | 'description'
  | 'thresholds'
  | 'journeys'
  | 'variables'
  | 'dataFiles'
  | 'data'
  | 'seed'
  | 'noCookiesReset'
  | 'noVUConnectionReuse'
>;

/** The steps that send requests, with the names of the scenario without its secrets, under which figures are kept. */
function stepsOf(scenario: JourneyScenario): { step: NamedStep; shown: NamedStep }[] {
  const shown = namedSteps(redactScenario({ ...scenario, data: [] }).journeys ?? []);
  return namedSteps(scenario.journeys ?? []).map((step, index) => ({ step, shown: shown[index] ?? step }));
}

/** Journeys, drawn by weight. Several load processes share the rows of data out between them. */
export class JourneyWorkload {
  /** The servers that the requests go to, each once. */
  readonly origins: readonly WireUrl[];
  /** Whether cookies are forgotten, and connections closed, at the end of an iteration. */
  readonly resetsCookies: boolean;
  readonly closesConnections: boolean;
  /** Whether users keep their think times; a load may leave them out. */
  thinks = true;
  /** Numbers for `{{random}}` and `{{uuid}}`. */
  readonly random: Random;
  /** The rows of data files; undefined where none is used. */
  readonly files: JourneyData | undefined;
  readonly #steps: readonly CompiledStep[];
  readonly #draw: () => DrawnJourney;
  /** What was drawn, and waits for its rows. */
  #drawn: DrawnJourney | undefined;
  readonly #variables: Variables;
  readonly #given: GivenVariables;
  readonly #givenValues: readonly string[];
  readonly #drawVariable: Random;
  readonly #rows: Scenario['data'];
  readonly #shard: Shard;
  #iteration: number;

  /** Throws `usage` for a step that can't be compiled. */
  constructor(scenario: JourneyScenario, options: JourneyOptions) {
    const { target, shard, secretOf, environmentOf, means, files, given = {}, requests } = options;
    const { variables = {}, dataFiles = [], data, seed } = scenario;
    const journeys = requests?.all.map(({ journey }) => journey) ?? scenario.journeys ?? [];
    const stream = (name: string): Random => seededStream(seed, `${name}/${shard.index}`);
    const servers = new Map<string, WireUrl>();
    const originNumber = ({ url }: RequestParts): number => {
      if (!servers.has(url.origin)) servers.set(url.origin, url);
      return [...servers.keys()].indexOf(url.origin);
    };
    const dataNames = new Set(dataFiles.map(({ name }) => name));
    const compile = (text: string): Template =>
      requests ? requests.compile(text, secretOf) : compileStepTemplate(text, secretOf, environmentOf, dataNames);
    const context = { target, secretOf, compile, means, originNumber };
    this.#steps = stepsOf({ ...scenario, journeys }).map(
      ({ step, shown }, index) => new CompiledStep(step, shown, context, requests?.all[index]?.rightStatuses),
    );
    const think = stream('think time');
    const compiled = this.#steps.values();
    const drawn = journeys.map((one) => {
      const { name, weight, steps } = one;
      const planned = steps.map((step) => (isRequestStep(step) ? nextOf(compiled) : thinkTimes(step.thinkTime, think)));
      const first = planned.find((step) => step instanceof CompiledStep);
      return [{ journey: first?.journey ?? name, steps: planned, rows: files?.of(one) }, weight] as const;
    });
    this.#draw = weightedDraw(drawn, stream('journeys'));
    this.origins = [...servers.values()];
    this.resetsCookies = scenario.noCookiesReset !== true;
    this.closesConnections = scenario.noVUConnectionReuse === true;
    this.random = stream('values');
    this.files = files;
    this.#drawVariable = stream('variables');
    this.#variables = variables;
    this.#given = given;
    this.#givenValues = Object.values(given);
    this.#rows = data;
    this.#shard = shard;
    this.#iteration = shard.index;
  }

  /** Whether there are rows for the next iteration; always where no data file is used. */
  state(): SupplyState {
    if (!this.files) return 'ready';
    this.#drawn ??= this.#draw();
    return this.#drawn.rows?.state() ?? 'ready';
  }

  /** The next iteration, where the state is `ready`. */
  next(): JourneyIteration {
    const { journey, steps, rows } = this.#drawn ?? this.#draw();
    this.#drawn = undefined;
    const number = this.#iteration;
    this.#iteration += this.#shard.count;
    // Without a prototype: the names of variables are the user's.
    const variables: Record<string, Cell> = Object.create(null);
    for (const [name, value] of Object.entries(this.#variables))
      variables[name] =
        typeof value === 'object' ? value.min + Math.floor(this.#drawVariable() * (value.max - value.min + 1)) : value;
    if (this.#givenValues.length > 0) Object.assign(variables, this.#given);
    if (this.#rows.length > 0) Object.assign(variables, this.#rows[number % this.#rows.length]);
    const secrets = rows ? [...rows.fill(variables), ...this.#givenValues] : this.#givenValues;
    return { journey, steps, number, variables, secrets };
  }

  /** The number of a virtual user of this process over all of them, from 1; `local` counts from 0. */
  userNumber(local: number): number {
    return 1 + this.#shard.index + local * this.#shard.count;
  }

  /** Where the first answer to a step led that was a redirect, neither expected nor followed; of a few steps. */
  redirect(): string | undefined {
    const told = this.#steps.flatMap(({ redirect }) => redirect ?? []).slice(0, maxRedirectsTold);
    return told.length === 0 ? undefined : told.join('; ');
  }
}

function nextOf(steps: Iterator<CompiledStep>): CompiledStep {
  const { value, done } = steps.next();
  if (done) throw new RangeError('there are fewer compiled steps than steps');
  return value;
}
