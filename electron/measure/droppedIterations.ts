import { addCounts } from '../../shared/run/failureCounts';
import type { RunInterval } from '../../shared/run/metrics';
import { journeysOf, type WithSeveral } from '../../shared/scenario/severalScenarios';
import { namedSteps, type OwnRequests, operationsOf, requestsPerIteration } from '../../shared/scenario/steps';
import type { SubMetric } from '../../shared/thresholds/parse';

/** The iterations of a run that could not be started. */
export class DroppedIterations {
  readonly #scenario: OwnRequests & WithSeveral;
  readonly #byStage: Record<string, number> = {};
  readonly #byScenario: Record<string, number> = {};
  #all = 0;

  constructor(scenario: OwnRequests & WithSeveral) {
    this.#scenario = scenario;
  }

  add({ dropped, droppedByStage, droppedByScenario = {} }: RunInterval): void {
    this.#all += dropped;
    addCounts(this.#byStage, droppedByStage);
    addCounts(this.#byScenario, droppedByScenario);
  }

  /** The iterations of the run, or of a stage or scenario. */
  of({ stage, scenario }: SubMetric): number {
    if (stage !== undefined) return this.#byStage[stage] ?? 0;
    return scenario === undefined ? this.#all : (this.#byScenario[scenario] ?? 0);
  }

  /**
   * The iterations that a part of the run lacks. Without several scenarios, those of the run or of a stage, because none
   * had chosen a journey yet. Otherwise each scenario divides its own among its journeys by weight.
   */
  iterationsOf(part: SubMetric): number {
    const names = journeysOf(this.#scenario, part);
    return this.#sumOf(part, (journey) => (names?.includes(journey) === false ? 0 : 1)) ?? this.of(part);
  }

  /** The requests that those iterations would have sent, on average. */
  requestsOf(part: SubMetric): number {
    const { journeys = [] } = this.#scenario;
    const operations = operationsOf(this.#scenario, part);
    const wanted = namedSteps(journeys).filter(({ operation }) => operations?.includes(operation) ?? true);
    const requests = this.#sumOf(part, (journey) => wanted.filter((step) => step.journey === journey).length);
    return requests ?? this.of(part) * requestsPerIteration(this.#scenario);
  }

  /** The sum over the dropped iterations of several scenarios; undefined for a run with one scenario. */
  #sumOf({ scenario }: SubMetric, countOf: (journey: string) => number): number | undefined {
    const { journeys = [], load } = this.#scenario;
    return load?.scenarios
      ?.filter(({ name }) => scenario === undefined || name === scenario)
      .reduce((sum, { name, journeys: names }) => {
        const own = journeys.filter((journey) => names.includes(journey.name));
        const weights = own.reduce((total, { weight }) => total + weight, 0);
        const mean = own.reduce((total, one) => total + (one.weight / weights) * countOf(one.name), 0);
        return sum + (this.#byScenario[name] ?? 0) * mean;
      }, 0);
  }
}
