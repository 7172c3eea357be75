import { mostCharted } from '../../../shared/report/charts/operationCharts';

/** The colour of a scenario by its place, which is that of its lines in the charts of a run. */
export function colorOfScenario(place: number): string {
  return `var(--operation-${(place % mostCharted) + 1})`;
}
