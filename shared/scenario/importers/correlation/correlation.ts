import type { Extraction } from '../../journeys';

/** A place in a later request that contains a value of an earlier response. */
export interface CorrelationUse {
  /** The index among the steps of the import. */
  step: number;
  /** Such as `query token`, `header Authorization`, `path`, `body csrf`. */
  place: string;
}

/** A value of a response that later requests send back: a token, an id, a CSRF token, a cookie. */
export interface Correlation {
  /** The variable that replaces it; for a cookie, its name. */
  variable: string;
  /** The recorded value, which may be a secret. */
  value: string;
  /** The index of the first step whose response has it. */
  step: number;
  /** Its place in the response: `$.token`, `input csrf`, `header ETag`, `cookie session`. */
  place: string;
  /** How a journey extracts it; undefined for a cookie that is sent back as one, because virtual users keep cookies. */
  extraction?: Extraction;
  uses: readonly CorrelationUse[];
}
