import { baselineAmong } from '../../../shared/comparison/runPairs';
import { formatFigure, historyTitle } from '../../../shared/report/historyColumns';
import type { RunSummary, TrendMetric } from '../../../shared/run/summary';
import { formatLatency } from '../../../shared/units/format';
import { P95Bar } from '../../charts/bullet/P95Bar';
import { useCompareStore } from '../../store/compareStore';
import { useHistoryListStore } from '../../store/historyListStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { useScreenStore } from '../../store/screenStore';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { CompareIcon } from '../../ui/icons';
import { RelativeTime } from '../../ui/RelativeTime';
import { Sparkline } from '../../ui/Sparkline';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './history.module.css';
import { p95Trends } from './rowFigures';
import { useP95Limits } from './useP95Limits';

const figures: readonly TrendMetric[] = ['rate', 'p50Ms', 'p95Ms', 'p99Ms', 'failedRate', 'cacheHitRate'];

/** What distinguishes a run from others of its scenario, in a word each. */
function marksOf({ isBaseline, isPinned, isShortened, isOverridden, wasGateShut, isThinned, origin }: RunSummary) {
  return [
    ...(isBaseline ? ['baseline'] : []),
    ...(isPinned ? ['pinned'] : []),
    ...(isShortened ? ['shortened'] : []),
    ...(isOverridden ? ['with overrides'] : []),
    ...(wasGateShut ? ['level was locked'] : []),
    ...(isThinned ? ['without per-second data'] : []),
    ...(origin === null ? [] : ['imported']),
  ];
}

function P95Trend({ run }: { run: RunSummary }) {
  const trend = useHistoryListStore((state) => state.trend);
  const values = p95Trends(trend).get(run.id) ?? [];
  if (values.length < 2) return null;
  return (
    <div>
      <p className={shared.quiet}>P95 of its last {values.length} runs</p>
      <Sparkline values={values} />
    </div>
  );
}

/** A summary of a run beside the list, from which the user can decide whether to open it. */
export function RunPreview({ run }: { run: RunSummary }) {
  const limitMs = useP95Limits().get(run.scenarioId);
  const baseline = useRecentRunsStore((state) => baselineAmong(state.runs ?? [], run));
  const { add, compare } = useCompareStore();
  const show = useScreenStore((state) => state.show);
  const marks = marksOf(run);
  return (
    <section className={styles.preview} aria-label="Preview">
      <header>
        <VerdictBadge verdict={run.verdict} />
        <p className={styles.previewName}>{run.name ?? run.scenarioName}</p>
        <p className={shared.quiet}>
          {run.target} · <RelativeTime at={run.startedAt} />
        </p>
      </header>
      {(marks.length > 0 || run.tags.length > 0) && (
        <p className={styles.marks}>
          {marks.map((mark) => (
            <Badge key={mark}>{mark}</Badge>
          ))}
          {run.tags.map((tag) => (
            <Badge key={`tag ${tag}`} tone="accent">
              {tag}
            </Badge>
          ))}
        </p>
      )}
      <div>
        <p className={shared.quiet}>P95{limitMs === undefined ? '' : `, limit ${formatLatency(limitMs)}`}</p>
        <p className={styles.previewFigure}>{formatLatency(run.p95Ms)}</p>
        <P95Bar run={run} limitMs={limitMs} />
      </div>
      <P95Trend run={run} />
      <dl className={styles.previewFigures}>
        {figures.map((metric) => (
          <div key={metric}>
            <dt>{historyTitle(metric)}</dt>
            <dd>{formatFigure(metric, run[metric])}</dd>
          </div>
        ))}
      </dl>
      {run.notes !== '' && <p className={styles.previewNotes}>{run.notes}</p>}
      <div className={styles.previewActions}>
        <Button
          variant="primary"
          disabled={run.verdict === null}
          onClick={() => void useOpenedRunStore.getState().open(run.id)}
        >
          Open
        </Button>
        {baseline ? (
          <Button
            icon={CompareIcon}
            onClick={() => {
              void compare([baseline.id, run.id]);
              show('compare');
            }}
          >
            Compare with baseline
          </Button>
        ) : (
          <Button
            icon={CompareIcon}
            disabled={run.verdict === null}
            onClick={() => {
              void add(run.id);
              show('compare');
            }}
          >
            Add to comparison
          </Button>
        )}
      </div>
    </section>
  );
}
