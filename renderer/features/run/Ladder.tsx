import { useEffect } from 'react';
import { describeDuration, describeLoad, levelMark } from '../../../shared/scenario/describe';
import type { Scenario } from '../../../shared/scenario/schema';
import { formatLatency } from '../../../shared/units/format';
import { targetLabel, useCatalogStore } from '../../store/catalogStore';
import { useHistoryStore } from '../../store/historyStore';
import { VerdictBadge } from '../../ui/VerdictBadge';
import { rungOf } from './ladderState';

/** The levels from bottom to top, each with the last result on the chosen engine, and with its gate where it is shut. */
export function Ladder({ levels }: { levels: readonly Scenario[] }) {
  const levelId = useCatalogStore((state) => state.levelId);
  const target = useCatalogStore(targetLabel);
  const chooseLevel = useCatalogStore((state) => state.chooseLevel);
  const runs = useHistoryStore((state) => state.runs);
  useEffect(() => {
    void useHistoryStore.getState().refresh();
  }, []);

  return (
    <fieldset className="ladder">
      <legend>Level</legend>
      {levels.map((level) => {
        const { last, gate } = rungOf(levels, level, runs ?? [], target);
        return (
          <label key={level.id} className="rung">
            <input
              type="radio"
              name="level"
              value={level.id}
              checked={level.id === levelId}
              onChange={() => chooseLevel(level.id)}
            />
            <span className="rung-number">{levelMark(level)}</span>
            <span className="rung-text">
              <span className="rung-head">
                <span className="rung-name">{level.name}</span>
                {last ? (
                  <span className="quiet">
                    <VerdictBadge verdict={last.verdict} /> {formatLatency(last.p95Ms)}
                  </span>
                ) : (
                  runs &&
                  !gate.open && (
                    <span className="rung-gate" title={gate.reason ?? ''}>
                      ⊘ locked
                    </span>
                  )
                )}
              </span>
              <span className="quiet">
                {describeLoad(level.load)}, {describeDuration(level.load)}
              </span>
              {runs && !gate.open && level.id === levelId && (
                <span className="rung-gate">
                  {last && '⊘ locked: '}
                  {gate.reason}
                </span>
              )}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
