import { useEffect, useMemo, useState } from 'react';
import type { AppError } from '../../../shared/errors/appError';
import type { MomentMark } from '../../../shared/report/charts/momentMarks';
import {
  type ChartedOperations,
  heaviestOperations,
  mostCharted,
  operationCharts,
  placedScenarios,
  toggleOperation,
} from '../../../shared/report/charts/operationCharts';
import type { RunDocument } from '../../../shared/run/document';
import type { LineSubject, OperationSeconds } from '../../../shared/run/operationSeconds';
import type { RunView } from '../../../shared/run/reducer';
import { api, settle } from '../../api/client';
import { LineKey } from '../../charts/frame/LineKey';
import { inColor } from '../../charts/time/chartColors';
import { TimeChart } from '../../charts/time/TimeChart';
import { Card } from '../../ui/Card';
import { ErrorNote } from '../../ui/ErrorNote';
import { Checkbox } from '../../ui/Field';
import styles from './OperationCharts.module.css';

interface OperationChartsProps {
  /** What the lines stand for. */
  by: LineSubject;
  document: RunDocument;
  /** Whether the run is in the history. */
  isSaved: boolean;
  /** The warm-up that the charts above show, because all charts share an axis. */
  warmup: RunView['warmup'];
  moments: readonly MomentMark[];
}

type Loaded = { seconds: readonly OperationSeconds[] } | { error: AppError };

const titles: Readonly<Record<LineSubject, string>> = { operation: 'Operations', scenario: 'Scenarios' };

/** Whether a run has several lines to tell apart. */
function hasLines({ metrics, scenario }: RunDocument, by: LineSubject): boolean {
  if (by === 'operation') return Object.keys(metrics.by_operation).length > 1;
  return scenario.load.executor === 'scenarios' && scenario.load.scenarios.length > 1;
}

/** What is charted before the user chooses. */
function chartedFirst(
  { scenario: { load } }: RunDocument,
  by: LineSubject,
  all: readonly OperationSeconds[],
): ChartedOperations {
  if (by === 'operation' || load.executor !== 'scenarios') return heaviestOperations(all);
  return placedScenarios(
    load.scenarios.map(({ name }) => name),
    all,
  );
}

/** The operations or scenarios of a run second by second, from the history. Undefined until they are loaded. */
function useOperationSeconds(id: string, by: LineSubject, isWanted: boolean): Loaded | undefined {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    const take = (told: Loaded): void => {
      if (isCurrent) setLoaded(told);
    };
    void settle(
      api.getOperationSeconds({ id, by }),
      (seconds) => take({ seconds }),
      (error) => take({ error }),
    );
    return () => {
      isCurrent = false;
      setLoaded(undefined);
    };
  }, [id, by, isWanted]);
  return loaded;
}

interface LegendProps {
  title: string;
  all: readonly OperationSeconds[];
  charted: ChartedOperations;
  onToggle(operation: string): void;
}

/** The choice of lines in the charts: a legend with a checkbox for each. */
function Legend({ title, all, charted, onToggle }: LegendProps) {
  const isFull = !charted.includes(undefined);
  return (
    <fieldset className={styles.legend}>
      <legend>
        {title}, up to {mostCharted} at once
      </legend>
      {all.map(({ operation }) => {
        const place = charted.indexOf(operation);
        const isShown = place >= 0;
        return (
          <Checkbox
            key={operation}
            checked={isShown}
            disabled={!isShown && isFull}
            onChange={() => onToggle(operation)}
          >
            {isShown && <LineKey color={`var(--operation-${place + 1})`} />} {operation}
          </Checkbox>
        );
      })}
    </fieldset>
  );
}

/** P95 and rate of chosen operations or scenarios over the seconds of a run with several of them. */
export function OperationCharts({ by, document, isSaved, warmup, moments }: OperationChartsProps) {
  const isWanted = isSaved && hasLines(document, by);
  const loaded = useOperationSeconds(document.id, by, isWanted);
  const [chosen, setChosen] = useState<ChartedOperations>();
  const all = useMemo(() => (loaded && 'seconds' in loaded ? loaded.seconds : []), [loaded]);
  const charted = useMemo(() => chosen ?? chartedFirst(document, by, all), [chosen, document, by, all]);
  const charts = useMemo(() => operationCharts(all, charted, by).map((chart) => inColor(chart)), [all, charted, by]);
  if (!isWanted || !loaded) return null;
  if ('error' in loaded) return <ErrorNote error={loaded.error} />;
  if (all.length === 0)
    return (
      <p className={styles.missing}>
        There are no charts by {by}: the history has no response times by second of this run. It was imported, or they
        were removed to keep the history within its limit.
      </p>
    );
  return (
    <section className={styles.charts} aria-label={`${titles[by]} over time`}>
      <Card>
        <Legend
          title={titles[by]}
          all={all}
          charted={charted}
          onToggle={(operation) => setChosen(toggleOperation(charted, operation))}
        />
      </Card>
      {charted.some((name) => name !== undefined) &&
        charts.map((chart) => (
          <TimeChart
            key={chart.title}
            {...chart}
            scenario={document.scenario}
            intervals={document.intervals}
            warmup={warmup}
            moments={moments}
          />
        ))}
    </section>
  );
}
