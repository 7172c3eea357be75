import type { ImportedRequests } from '../../shared/scenario/importers/importedRequests';
import { readRequests } from '../../shared/scenario/importers/readRequests';
import { type Scenario, scenarioSchema } from '../../shared/scenario/schema';

/** The requests of a text that can be read. Throws where it is refused. */
export function requestsOf(text: string): ImportedRequests {
  const result = readRequests(text);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A scenario of the requests of a text. Throws where they make none. */
export function scenarioOf(text: string): Scenario {
  const { requests, data, name, proxy } = requestsOf(text);
  return scenarioSchema.parse({
    schema: 'proofload.scenario/1',
    id: 'imported',
    name,
    load: { executor: 'constant-vus', vus: 1, duration: '1s' },
    requests,
    data,
    proxy,
  });
}
