import type { Extraction } from '../../journeys';

/** A place in a later request in which a value of an earlier answer stands. */
export interface CorrelationUse {
  /** Its place among the steps of the import. */
  step: number;
  /** Such as `query token`, `header Authorization`, `path`, `body csrf`. */
  place: string;
}

/** A value of an answer that later requests send back: a token, an id, a CSRF token, a cookie. */
export interface Correlation {
  /** The variable that it becomes; of a cookie its name. */
  variable: string;
  /** As it was recorded; it may be a secret. */
  value: string;
  /** The step whose answer has it first, among those of the import. */
  step: number;
  /** Where it stands there: `$.token`, `input csrf`, `header ETag`, `cookie session`. */
  place: string;
  /** How a journey takes it from the answer; undefined for a cookie that goes back as a cookie, which users keep anyway. */
  extraction?: Extraction;
  uses: readonly CorrelationUse[];
}
