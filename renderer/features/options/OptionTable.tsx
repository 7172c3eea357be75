import { describeDurability } from '../../../shared/engines/durability';
import type { Experiment } from '../../../shared/experiment/experiment';
import { failedShare } from '../../../shared/experiment/failures';
import type { ConformanceState, OptionResult } from '../../../shared/options/optionResult';
import type { Recommendation } from '../../../shared/options/recommend';
import { judgeClaim, optionOf, type ReportOption, reportWords } from '../../../shared/options/reportOptions';
import { describeResource, formatCapacity } from '../../../shared/run/capacity';
import { formatLatency, formatNumber, formatRate, formatShare } from '../../../shared/units/format';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useOptionsStore } from '../../store/optionsStore';
import { useScreenStore } from '../../store/screenStore';
import { HeaderRow } from '../../ui/HeaderRow';

const conformanceWords: Record<ConformanceState, string> = {
  conforms: '✓ conforms',
  fails: '✕ does not conform',
  'stand-in': '? tested against a stand-in',
  'not-tested': '? not tested yet',
  'not-testable': '\u2013',
};

const titles = ['Option', 'P95', 'P99', 'Throughput', 'Safety', 'Resources', 'Actions'];

interface LatencyProps {
  measuredMs: number | undefined;
  percentile: 'p95' | 'p99';
  option: ReportOption | undefined;
}

function Latency({ measuredMs, percentile, option }: LatencyProps) {
  const verdict = judgeClaim(option?.claim[percentile] ?? null, measuredMs ?? null);
  return (
    <td>
      {formatLatency(measuredMs)}
      {option && <span className="quiet">{reportWords(option, percentile)}</span>}
      {verdict && <span className="quiet">{verdict}</span>}
    </td>
  );
}

function Capacity({ capacity }: Pick<OptionResult, 'capacity'>) {
  if (!capacity) return null;
  const { rate, low, high, atLeast, limitedBy } = capacity;
  const limit = limitedBy === 'unknown' ? '' : `limited by ${describeResource(limitedBy)}`;
  if (rate === null) return <span className="quiet">no capacity confirmed{limit && `: ${limit}`}</span>;
  return (
    <>
      <span className="capacity">capacity {formatCapacity(capacity)}</span>
      {low !== null && high !== null && !atLeast && (
        <span className="quiet">
          95 %: {formatNumber(low)} to {formatNumber(high)}
        </span>
      )}
      {atLeast && <span className="quiet">{limit}</span>}
    </>
  );
}

function Resources({ resources }: Pick<OptionResult, 'resources'>) {
  if (!resources) return <td>{'\u2013'}</td>;
  const { cores, memoryMb, writtenKbPerRequest } = resources;
  return (
    <td>
      {cores !== null && <span className="quiet">{formatNumber(cores, 2)} cores</span>}
      {memoryMb !== null && <span className="quiet">{formatNumber(memoryMb)} MB</span>}
      {writtenKbPerRequest !== null && (
        <span className="quiet">{formatNumber(writtenKbPerRequest, 1)} KB disk/request</span>
      )}
    </td>
  );
}

interface OptionTableProps {
  experiment: Experiment;
  results: readonly OptionResult[];
  recommendation: Recommendation;
}

/** Claimed against measured, and everything else that decides, a row for each option. */
export function OptionTable({ experiment, results, recommendation }: OptionTableProps) {
  const takeOption = useOptionsStore((state) => state.takeOption);
  const openRun = async (id: string): Promise<void> => {
    await useOpenedRunStore.getState().open(id);
    useScreenStore.getState().show('history');
  };
  return (
    <section className="panel">
      <h2>Claimed and measured: medians over the runs</h2>
      <table className="numbers options-table" aria-label="Options">
        <HeaderRow titles={titles} />
        <tbody>
          {results.map((result) => {
            const { variant, label, medians, failures, durability, conformance, failure, lastRunId, runs } = result;
            const target = experiment.variants[variant]?.target;
            const option = target?.kind === 'engine' ? optionOf(target.engine) : undefined;
            const isChosen = recommendation.variant === variant;
            const why = recommendation.against.get(variant);
            return (
              <tr key={label} data-option={label} data-chosen={isChosen}>
                <th scope="row">
                  {isChosen && <span aria-hidden="true">★ </span>}
                  {label}
                  {option && <span className="quiet">{option.title}</span>}
                  {option?.effort && <span className="quiet">effort: {option.effort}</span>}
                  {why && <span className="quiet why">{why}</span>}
                </th>
                <Latency measuredMs={medians?.p95} percentile="p95" option={option} />
                <Latency measuredMs={medians?.p99} percentile="p99" option={option} />
                <td>
                  {formatRate(medians?.throughput)}
                  <span className="quiet">{runs} runs</span>
                  {failures.count > 0 && <span className="quiet">{formatShare(failedShare(failures))} failed</span>}
                  <Capacity capacity={result.capacity} />
                </td>
                <td className="text">
                  <span title={durability ? describeDurability(durability) : undefined}>
                    {durability?.tier ?? 'durability unknown'}
                  </span>
                  <span data-conformance={conformance}>{conformanceWords[conformance]}</span>
                  {failure && <span className="quiet">{failure}</span>}
                </td>
                <Resources resources={result.resources} />
                <td className="row-actions">
                  {lastRunId !== undefined && (
                    <button type="button" className="link" onClick={() => void openRun(lastRunId)}>
                      Last run
                    </button>
                  )}
                  {target?.kind === 'engine' && conformance !== 'fails' && !isChosen && (
                    <button type="button" className="link" onClick={() => void takeOption(target)}>
                      Use
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
