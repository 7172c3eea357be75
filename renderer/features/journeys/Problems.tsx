import type { DraftProblem } from '../../../shared/scenario/draft';
import shared from '../../ui/shared.module.css';
import type { FormContext } from '../scenarioDraft/fields';
import form from '../scenarioDraft/form.module.css';

/** The shared props of all parts of the journey editor. */
export interface JourneysContext extends FormContext {
  /** Variables that nothing uses, by path. */
  unused: readonly DraftProblem[];
}

interface ProblemsProps extends Pick<JourneysContext, 'problems' | 'unused'> {
  path: string;
  /** Inner fields that show their own problems. */
  shown?: readonly string[];
}

/** The problems at a path of the draft and within it, and the variables that nothing uses. */
export function Problems({ problems, unused, path, shown = [] }: ProblemsProps) {
  const isWithin = (problem: { path: string }): boolean => problem.path === path || problem.path.startsWith(`${path}.`);
  const wrong = problems.filter(
    (problem) => isWithin(problem) && !shown.some((field) => problem.path === `${path}.${field}`),
  );
  return (
    <>
      {wrong.map(({ path: place, message }) => (
        <p key={`${place} ${message}`} className={form.problem}>
          {place === path ? message : `${place.slice(path.length + 1)}: ${message}`}
        </p>
      ))}
      {unused.filter(isWithin).map(({ path: place, message }) => (
        <p key={place} className={shared.inconclusive}>
          {message}
        </p>
      ))}
    </>
  );
}
