import type { CapacityStep } from '../../run/capacity';
import { formatLatency, formatShare } from '../../units/format';
import { type Section, sectionOf, type TableRow } from '../blocks';
import { describeStepLoad, describeStepOutcome, formatSearchRate } from '../wording/describeCapacity';

/** The columns of the steps of a capacity search. */
export const capacityColumns = [
  'Step',
  'Throughput',
  'P50',
  'P95',
  'P99',
  'Target',
  'Generator',
  'Outcome',
] as const satisfies readonly string[];

/** Returns a step of a capacity search as a row. */
export function capacityRow(step: CapacityStep): TableRow {
  return {
    label: describeStepLoad(step),
    cells: [
      formatSearchRate(step.achievedRate, step.unit),
      formatLatency(step.p50),
      formatLatency(step.p95),
      formatLatency(step.p99),
      formatShare(step.targetUtilisation),
      formatShare(step.generatorUtilisation),
      describeStepOutcome(step),
    ],
  };
}

/** Returns the steps of a capacity search; empty for other runs. */
export function capacitySection(steps: readonly CapacityStep[]): Section<'capacity'>[] {
  return sectionOf('capacity', 'Capacity search', [
    { kind: 'table', columns: capacityColumns, rows: steps.map(capacityRow) },
  ]);
}
