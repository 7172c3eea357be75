import clsx from 'clsx';
import { engineConfig } from '../../../shared/engines/config';
import {
  type CheckGroup,
  type CheckResult,
  type ConformanceReport,
  checkGroups,
  conformanceState,
} from '../../../shared/engines/conformance';
import { describeDurability, durabilityOf } from '../../../shared/engines/durability';
import { allowedAnomalies } from '../../../shared/engines/isolation';
import type { CatalogEngine } from '../../../shared/ipc/contract';
import { checkCounts, checkText, conformanceText } from '../../../shared/report/status';
import { RelativeTime } from '../../ui/RelativeTime';
import shared from '../../ui/shared.module.css';
import styles from './integrity.module.css';

/** The promises of an engine with the tested settings, or with the defaults. */
function Promises({ engine, report }: { engine: CatalogEngine; report: ConformanceReport | undefined }) {
  const config = report?.config ?? engineConfig(engine.id);
  const anomalies = allowedAnomalies(config);
  return (
    <td className={styles.promise}>
      {describeDurability(durabilityOf(config))};{' '}
      {anomalies.length === 0 ? 'no anomaly' : `may show ${anomalies.join(', ')}`}
    </td>
  );
}

interface EngineButtonProps {
  engine: CatalogEngine;
  report: ConformanceReport | undefined;
  isChosen: boolean;
  isTested: boolean;
  onChoose(): void;
}

function EngineButton({ engine, report, isChosen, isTested, onChoose }: EngineButtonProps) {
  const state = conformanceState(report);
  const tone = {
    conforms: shared.passed,
    fails: shared.failed,
    'stand-in': shared.inconclusive,
    'not-tested': undefined,
  };
  return (
    <button type="button" className={styles.engine} aria-pressed={isChosen} onClick={onChoose}>
      <span className={styles.engineName}>{engine.name}</span>
      {isTested ? (
        <span className={shared.quiet}>testing …</span>
      ) : (
        <span className={clsx(shared.mark, tone[state] ?? shared.quiet)}>{conformanceText(state)}</span>
      )}
      {report && !isTested && (
        <span className={shared.quiet}>
          <RelativeTime at={report.startedAt} />
        </span>
      )}
    </button>
  );
}

interface GroupCellProps {
  engine: CatalogEngine;
  group: CheckGroup;
  checks: readonly CheckResult[];
  isChosen: boolean;
  onChoose(): void;
}

/** The checks of a group for an engine: a mark for each, and how many passed. */
function GroupCell({ engine, group, checks, isChosen, onChoose }: GroupCellProps) {
  if (checks.length === 0) return <td className={styles.none}>–</td>;
  const passed = checks.filter(({ status }) => status === 'passed').length;
  return (
    <td>
      <button
        type="button"
        className={styles.group}
        aria-pressed={isChosen}
        aria-label={`${group} of ${engine.name}: ${checkCounts(checks)}`}
        title={checks.map(({ title, status }) => `${checkText(status)}: ${title}`).join('\n')}
        onClick={onChoose}
      >
        <span className={styles.marks}>
          {checks.map(({ id, status }) => (
            <span key={id} className={styles.mark} data-status={status} />
          ))}
        </span>
        <span className={styles.count}>
          {passed}/{checks.length}
        </span>
      </button>
    </td>
  );
}

interface MatrixProps {
  engines: readonly CatalogEngine[];
  /** The latest report on an engine. */
  reportOf(engine: CatalogEngine): ConformanceReport | undefined;
  /** The suite in progress. */
  progress: { engine: string; results: readonly CheckResult[] } | undefined;
  chosen: { engine: string; group: CheckGroup | undefined };
  onChoose(engine: CatalogEngine, group: CheckGroup | undefined): void;
}

/** Engines by groups of checks, with the promises of each engine beside the observed results. */
export function Matrix({ engines, reportOf, progress, chosen, onChoose }: MatrixProps) {
  return (
    <div className={styles.scrolling}>
      <table className={styles.matrix} aria-label="Engines by checks">
        <thead>
          <tr>
            <th scope="col">Engine</th>
            <th scope="col">Promise</th>
            {checkGroups.map((group) => (
              <th key={group} scope="col">
                {group}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {engines.map((engine) => {
            const report = reportOf(engine);
            const isTested = progress?.engine === engine.id;
            const checks = (isTested ? progress.results : report?.checks) ?? [];
            const isEngine = chosen.engine === engine.id;
            return (
              <tr key={engine.id} data-chosen={isEngine}>
                <th scope="row">
                  <EngineButton
                    engine={engine}
                    report={report}
                    isChosen={isEngine && chosen.group === undefined}
                    isTested={isTested}
                    onChoose={() => onChoose(engine, undefined)}
                  />
                </th>
                <Promises engine={engine} report={report} />
                {checkGroups.map((group) => (
                  <GroupCell
                    key={group}
                    engine={engine}
                    group={group}
                    checks={checks.filter((check) => check.group === group)}
                    isChosen={isEngine && chosen.group === group}
                    onChoose={() => onChoose(engine, group)}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
