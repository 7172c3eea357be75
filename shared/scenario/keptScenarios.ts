import type { Scenario } from './schema';

/** The user's scenarios, and the files in their folder that are not valid scenarios. */
export interface KeptScenarios {
  scenarios: readonly Scenario[];
  problems: readonly { file: string; message: string }[];
}
