import { useEffect } from 'react';
import { subjectOf } from '../../shared/report/sections/verdict';
import { stateWord } from '../../shared/report/status';
import { useRunStore } from '../store/runStore';

const name = 'Proofload';

/** Has the title of the window say what runs, or how the last run ended: it is seen where the window is not. */
export function WindowTitle() {
  const title = useRunStore(({ view: { run, document, phase } }) => {
    if (!run || (phase === 'finished' && !document)) return name;
    return `${stateWord(document?.verdict ?? null)}: ${subjectOf(document ?? run)} · ${name}`;
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
