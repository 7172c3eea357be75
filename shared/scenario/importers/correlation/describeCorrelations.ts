import { requestName } from '../../requests';
import type { ImportedRequests } from '../importedRequests';

/** The maximum number of places that are named; the others are counted. */
const shownUses = 3;

/**
 * Describes the values of responses that later requests of a recording send back, one per line with both places. The
 * values are left out because they may be secrets.
 */
export function describeCorrelations({ correlations = [], steps, requests }: ImportedRequests): string[] {
  const label = (step: number): string =>
    requestName({ method: 'GET', url: '/', ...requests[steps[step]?.request ?? 0] });
  return correlations.map(({ variable, step, place, extraction, uses }) => {
    const back = uses.slice(0, shownUses).map((use) => `${label(use.step)} (${use.place})`);
    const more = uses.length > shownUses ? ` and ${uses.length - shownUses} more` : '';
    const how = extraction ? '' : ': virtual users keep it';
    return `${variable}: ${place} of ${label(step)} comes back in ${back.join(', ')}${more}${how}`;
  });
}
