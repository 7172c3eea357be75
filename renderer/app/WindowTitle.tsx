import { useEffect, useMemo } from 'react';
import { rulesOf } from '../../shared/thresholds/rules';
import { useRunStore } from '../store/runStore';
import { titleOf } from './titleOf';

/**
 * Shows in the window title what runs, or how the last run ended, because the title is visible when the window is not.
 */
export function WindowTitle() {
  const run = useRunStore((state) => state.view.run);
  const rules = useMemo(() => rulesOf(run?.scenario.thresholds ?? {}), [run]);
  const title = useRunStore(({ view }) => titleOf(view, rules));
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
