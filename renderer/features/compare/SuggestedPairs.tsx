import clsx from 'clsx';
import { type RunPair, suggestedPairs } from '../../../shared/comparison/runPairs';
import type { RunSummary } from '../../../shared/run/summary';
import { formatLatency } from '../../../shared/units/format';
import { useCompareStore } from '../../store/compareStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { Card } from '../../ui/Card';
import { CompareIcon } from '../../ui/icons';
import { RelativeTime } from '../../ui/RelativeTime';
import shared from '../../ui/shared.module.css';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './compare.module.css';

function nameOf({ name, scenarioName }: RunSummary): string {
  return name ?? scenarioName;
}

/** A title for a pair, on one line. */
function titleOf({ base, run, reason }: RunPair): string {
  switch (reason) {
    case 'baseline':
      return `${nameOf(run)} on ${run.target}: the last run against its baseline`;
    case 'repeated':
      return `${nameOf(run)} on ${run.target}: the last two runs`;
    case 'other-target':
      return `${nameOf(run)}: ${run.target} against ${base.target}`;
  }
}

function Side({ letter, run }: { letter: string; run: RunSummary }) {
  return (
    <span className={styles.side}>
      {letter} <VerdictBadge verdict={run.verdict} /> P95 {formatLatency(run.p95Ms)},{' '}
      <RelativeTime at={run.startedAt} />
    </span>
  );
}

/** Useful pairs of the latest runs, each compared with one click. Empty without a pair. */
export function SuggestedPairs() {
  const runs = useRecentRunsStore((state) => state.runs);
  const compare = useCompareStore((state) => state.compare);
  const pairs = suggestedPairs(runs ?? []);
  if (pairs.length === 0) return null;
  return (
    <Card title="Recent pairs">
      <ul className={styles.pairs}>
        {pairs.map((pair) => {
          const { base, run } = pair;
          return (
            <li key={`${base.id} ${run.id}`}>
              <button
                type="button"
                className={clsx(shared.entry, styles.pair)}
                onClick={() => void compare([base.id, run.id])}
              >
                <CompareIcon size={16} />
                <span className={styles.pairTitle}>{titleOf(pair)}</span>
                <span className={shared.quiet}>
                  <Side letter="A" run={base} />
                  <Side letter="B" run={run} />
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
