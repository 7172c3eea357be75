import { requestName } from '../../requests';
import type { ImportedRequests } from '../importedRequests';

/** So many places are named; the rest is a number. */
const shownUses = 3;

/**
 * Values of answers that later requests of a recording send back, a line each with both places. The values themselves
 * are not in it: they may be secrets.
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
