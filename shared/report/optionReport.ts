import { describeDurability, describeTier } from '../engines/durability';
import type { Experiment } from '../experiment/experiment';
import { failedShare } from '../experiment/failures';
import type { OptionResult } from '../options/optionResult';
import { judgeClaim, optionOf, type ReportOption, reportWords } from '../options/reportOptions';
import { formatLatency, formatNumber, formatRate, formatShare } from '../units/format';
import { conformanceText } from './status';
import { capacityNote, formatCapacity } from './wording/describeCapacity';

/** Everything that decides about an option, in words. A list is empty when nothing is known. */
export interface OptionRow {
  result: OptionResult;
  /** The option in the report; undefined for a variant that is not an option. */
  option: ReportOption | undefined;
  label: string;
  /** What was measured, what was claimed, and how they compare. */
  p95: readonly string[];
  p99: readonly string[];
  throughput: readonly string[];
  capacity: readonly string[];
  durability: string;
  /** The durability in a sentence; undefined when it is unknown. */
  durabilityNote: string | undefined;
  conformance: string;
  resources: readonly string[];
}

/** The column titles of an {@link OptionRow}. */
export const optionColumns = {
  label: 'Option',
  p95: 'P95',
  p99: 'P99',
  throughput: 'Throughput',
  capacity: 'Capacity',
  durability: 'Durability',
  conformance: 'Conformance',
  resources: 'Resources',
} as const;

function latencyOf(
  measuredMs: number | undefined,
  option: ReportOption | undefined,
  percentile: 'p95' | 'p99',
): string[] {
  const claim = option && reportWords(option, percentile);
  const judged = judgeClaim(option?.claim[percentile] ?? null, measuredMs ?? null);
  return [formatLatency(measuredMs), ...(claim === undefined ? [] : [claim]), ...(judged === null ? [] : [judged])];
}

function capacityOf({ capacity }: OptionResult): string[] {
  if (!capacity) return [];
  const note = capacityNote(capacity);
  const rate = capacity.rate === null ? [] : [`capacity ${formatCapacity(capacity)}`];
  return [...rate, ...(note === undefined ? [] : [note])];
}

function resourcesOf({ resources }: OptionResult): string[] {
  if (!resources) return [];
  const { cores, memoryMb, writtenKbPerRequest } = resources;
  return [
    ...(cores === null ? [] : [`${formatNumber(cores, 2)} cores`]),
    ...(memoryMb === null ? [] : [`${formatNumber(memoryMb)} MB`]),
    ...(writtenKbPerRequest === null ? [] : [`${formatNumber(writtenKbPerRequest, 1)} KB/req written`]),
  ];
}

function optionRow(result: OptionResult, { variants }: Experiment): OptionRow {
  const { variant, label, medians, failures, durability, conformance, runs } = result;
  const target = variants[variant]?.target;
  const option = target?.kind === 'engine' ? optionOf(target.engine) : undefined;
  return {
    result,
    option,
    label,
    p95: latencyOf(medians?.p95, option, 'p95'),
    p99: latencyOf(medians?.p99, option, 'p99'),
    throughput: [
      formatRate(medians?.throughput),
      `${runs} runs`,
      ...(failures.count > 0 ? [`${formatShare(failedShare(failures))} failed`] : []),
    ],
    capacity: capacityOf(result),
    durability: durability ? describeTier(durability.tier) : 'durability unknown',
    durabilityNote: durability ? describeDurability(durability) : undefined,
    conformance: conformanceText(conformance),
    resources: resourcesOf(result),
  };
}

/** Returns a row for each option of an experiment, with everything that is known about it. */
export function optionRows(experiment: Experiment, results: readonly OptionResult[]): OptionRow[] {
  return results.map((result) => optionRow(result, experiment));
}
