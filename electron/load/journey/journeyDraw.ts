import type { Random } from '../../../shared/statistics/random';
import type { JourneyRows } from '../data/journeyData';
import type { SupplyState } from '../data/rowSupply';
import { weightedDraw } from '../workload/weightedDraw';
import type { CompiledStep } from './compiledStep';

/** A step of a virtual user: a request, or a function that returns a think time in ms. */
export type PlannedStep = CompiledStep | (() => number);

/** A compiled journey that was drawn. */
export interface DrawnJourney {
  journey: string;
  steps: readonly PlannedStep[];
  /** Undefined when the journey uses no data file. */
  rows: JourneyRows | undefined;
}

/** A compiled journey that can be drawn, by its weight. */
export interface DrawableJourney {
  name: string;
  weight: number;
  drawn: DrawnJourney;
}

/** Draws journeys by weight. A journey that waits for its rows is drawn in advance. */
export class JourneyDraw {
  readonly #draw: () => DrawnJourney;
  readonly #waitsForRows: boolean;
  /** The journey that was drawn and waits for its rows. */
  #drawn: DrawnJourney | undefined;

  constructor(journeys: readonly DrawableJourney[], random: Random, waitsForRows: boolean) {
    this.#draw = weightedDraw(
      journeys.map(({ drawn, weight }) => [drawn, weight] as const),
      random,
    );
    this.#waitsForRows = waitsForRows;
  }

  /** Whether there are rows for the next journey. */
  state(): SupplyState {
    if (!this.#waitsForRows) return 'ready';
    this.#drawn ??= this.#draw();
    return this.#drawn.rows?.state() ?? 'ready';
  }

  /** Returns the next journey. Call it only when the state is `ready`. */
  take(): DrawnJourney {
    const drawn = this.#drawn ?? this.#draw();
    this.#drawn = undefined;
    return drawn;
  }
}
