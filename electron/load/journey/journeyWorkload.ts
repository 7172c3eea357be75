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
import type { JourneyData } from '../data/journeyData';
import type { SupplyState } from '../data/rowSupply';
import type { Shard } from '../schedule/shard';
import type { RequestDependencies, RequestParts } from '../workload/requestText';
import { CompiledStep } from './compiledStep';
import { type DrawableJourney, type DrawnJourney, JourneyDraw, type PlannedStep } from './journeyDraw';
import { thinkTimes } from './thinkTime';

/** What a virtual user does in one iteration. */
export interface JourneyIteration {
  journey: string;
  steps: readonly PlannedStep[];
  /** The number of the iteration over all load processes, from 0. */
  number: number;
  /** The values for its placeholders, at its start: the scenario's variables and rows of its data. */
  variables: Record<string, Cell>;
  /** Those of the values that may be secrets: from data files, and from responses to the setup. */
  secrets: readonly string[];
}

/** The part of a workload that executors use. */
type WorkloadPart = Pick<
  JourneyWorkload,
  'state' | 'next' | 'files' | 'userNumber' | 'random' | 'resetsCookies' | 'closesConnections' | 'thinks'
>;

/** The maximum number of redirects that are reported. */
const maxRedirectsTold = 5;

/** Requests that virtual users send, because their redirects are followed. */
export interface RequestJourneys {
  all: readonly RequestJourney[];
  /** Compiles the texts of the requests, which have fewer placeholders than steps. */
  compile(text: string, secretOf: SecretOf): Template;
}

/** The options of a journey workload. */
interface JourneyOptions {
  target: UrlTarget;
  shard: Shard;
  secretOf: SecretOf;
  environmentOf: EnvironmentOf;
  dependencies: RequestDependencies;
  /** The rows of data files. Without them, journeys are only compiled. */
  files?: JourneyData | undefined;
  /** Variables that the setup has extracted. */
  given?: GivenVariables | undefined;
  /** Replaces the scenario's journeys. */
  requests?: RequestJourneys | undefined;
}

/** Variables from responses to the setup. They may be secrets. */
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

/** The steps that send requests. `shown` is the step without secrets; results are stored under its names. */
function stepsOf(scenario: JourneyScenario): { step: NamedStep; shown: NamedStep }[] {
  const shown = namedSteps(redactScenario({ ...scenario, data: [] }).journeys ?? []);
  return namedSteps(scenario.journeys ?? []).map((step, index) => ({ step, shown: shown[index] ?? step }));
}

/** Journeys, drawn by weight. Several load processes divide the rows of data among them. */
export class JourneyWorkload {
  /** The servers that the requests go to, each once. */
  readonly origins: readonly WireUrl[];
  /** Whether cookies are forgotten, and connections closed, at the end of an iteration. */
  readonly resetsCookies: boolean;
  readonly closesConnections: boolean;
  /** Whether users wait for their think times. A load can skip them. */
  thinks = true;
  /** Random numbers for `{{random}}` and `{{uuid}}`. */
  readonly random: Random;
  /** The rows of data files; undefined when none are used. */
  readonly files: JourneyData | undefined;
  readonly #steps: readonly CompiledStep[];
  readonly #drawable: readonly DrawableJourney[];
  readonly #seed: number;
  readonly #whole: JourneyDraw;
  readonly #variables: Variables;
  readonly #given: GivenVariables;
  readonly #givenValues: readonly string[];
  readonly #drawVariable: Random;
  readonly #rows: Scenario['data'];
  readonly #shard: Shard;
  #iteration: number;

  /** Throws `usage` for a step that can't be compiled. */
  constructor(scenario: JourneyScenario, options: JourneyOptions) {
    const { target, shard, secretOf, environmentOf, dependencies, files, given = {}, requests } = options;
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
    const context = { target, secretOf, compile, dependencies, originNumber };
    this.#steps = stepsOf({ ...scenario, journeys }).map(
      ({ step, shown }, index) => new CompiledStep(step, shown, context, requests?.all[index]?.rightStatuses),
    );
    const think = stream('think time');
    const compiled = this.#steps.values();
    const drawn = journeys.map((one) => {
      const { name, weight, steps } = one;
      const planned = steps.map((step) => (isRequestStep(step) ? nextOf(compiled) : thinkTimes(step.thinkTime, think)));
      const first = planned.find((step) => step instanceof CompiledStep);
      return { name, weight, drawn: { journey: first?.journey ?? name, steps: planned, rows: files?.of(one) } };
    });
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
    this.#drawable = drawn;
    this.#seed = seed;
    this.#whole = this.#drawOf(drawn, 'journeys');
  }

  /** Whether there are rows for the next iteration. Always `ready` when no data files are used. */
  state(): SupplyState {
    return this.#whole.state();
  }

  /** The next iteration. Call it only when the state is `ready`. */
  next(): JourneyIteration {
    return this.#begin(this.#whole.take());
  }

  /**
   * The part of it that one of several scenarios makes, by the names of its journeys. Its virtual users are numbered after
   * `usersBefore` others of this process.
   */
  part(journeys: readonly string[], usersBefore: number, index: number): WorkloadPart {
    const own = this.#drawable.filter(({ name }) => journeys.includes(name));
    const draw = this.#drawOf(own, `journeys of ${index}`);
    const { files, random, resetsCookies, closesConnections, thinks } = this;
    return {
      state: () => draw.state(),
      next: () => this.#begin(draw.take()),
      userNumber: (local) => this.userNumber(usersBefore + local),
      ...{ files, random, resetsCookies, closesConnections, thinks },
    };
  }

  #drawOf(journeys: readonly DrawableJourney[], name: string): JourneyDraw {
    const random = seededStream(this.#seed, `${name}/${this.#shard.index}`);
    return new JourneyDraw(journeys, random, this.files !== undefined);
  }

  #begin({ journey, steps, rows }: DrawnJourney): JourneyIteration {
    const number = this.#iteration;
    this.#iteration += this.#shard.count;
    // The object has no prototype, because users choose the names of variables.
    const variables: Record<string, Cell> = Object.create(null);
    for (const [name, value] of Object.entries(this.#variables))
      variables[name] =
        typeof value === 'object' ? value.min + Math.floor(this.#drawVariable() * (value.max - value.min + 1)) : value;
    if (this.#givenValues.length > 0) Object.assign(variables, this.#given);
    if (this.#rows.length > 0) Object.assign(variables, this.#rows[number % this.#rows.length]);
    const secrets = rows ? [...rows.fill(variables), ...this.#givenValues] : this.#givenValues;
    return { journey, steps, number, variables, secrets };
  }

  /** The number of a virtual user over all load processes, from 1. `local` is its number in this process, from 0. */
  userNumber(local: number): number {
    return 1 + this.#shard.index + local * this.#shard.count;
  }

  /**
   * Where unexpected redirects led that were not followed: the first one of each step, for a few steps. Undefined when
   * there were none.
   */
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
