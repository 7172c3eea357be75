import { useEffect } from 'react';
import { type Rung, rungOf } from '../../../shared/ladder/standing';
import { describeDuration, describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { formatLatency } from '../../../shared/units/format';
import { targetLabel, useCatalogStore } from '../../store/catalogStore';
import { useRecentRunsStore } from '../../store/recentRunsStore';
import { Choice, ChoiceGroup } from '../../ui/Choice';
import { VerdictBadge } from '../../ui/VerdictBadge';
import styles from './Setup.module.css';

function Note({ rung: { last, gate } }: { rung: Rung }) {
  if (last)
    return (
      <>
        <VerdictBadge verdict={last.verdict} /> {formatLatency(last.p95Ms)}
      </>
    );
  return gate.open ? undefined : <span className={styles.gate}>⊘ locked</span>;
}

/** The levels in order, each with its last result on the chosen engine, and with its gate when it is locked. */
export function Ladder({ levels }: { levels: readonly Scenario[] }) {
  const levelId = useCatalogStore((state) => state.levelId);
  const target = useCatalogStore(targetLabel);
  const chooseLevel = useCatalogStore((state) => state.chooseLevel);
  const runs = useRecentRunsStore((state) => state.runs);
  useEffect(() => {
    void useRecentRunsStore.getState().refresh();
  }, []);

  return (
    <ChoiceGroup legend="Level">
      {levels.map((level) => {
        const rung = rungOf(levels, level, runs ?? [], target);
        const { last, gate } = rung;
        return (
          <Choice
            key={level.id}
            group="level"
            value={level.id}
            isChecked={level.id === levelId}
            mark={levelMark(level)}
            name={level.name}
            note={runs && <Note rung={rung} />}
            {...(gate.reason === null ? {} : { title: gate.reason })}
            onChoose={() => chooseLevel(level.id)}
          >
            <span className={styles.about}>
              {describeLoad(level.load)}, {describeDuration(level.load)}
            </span>
            {runs && !gate.open && level.id === levelId && (
              <span className={styles.gate}>
                {last && '⊘ locked: '}
                {gate.reason}
              </span>
            )}
          </Choice>
        );
      })}
    </ChoiceGroup>
  );
}
