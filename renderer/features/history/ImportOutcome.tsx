import clsx from 'clsx';
import { describeImport } from '../../../shared/report/wording/describeImport';
import { useImportStore } from '../../store/importStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { Button } from '../../ui/Button';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';

/** The outcome of imported files: each result with what it lost, each error with its remedy. */
export function ImportOutcome() {
  const { importing, progress, outcome, error, cancel, dismiss } = useImportStore();
  const open = useOpenedRunStore((state) => state.open);
  if (importing)
    return (
      <div className={clsx(shared.panel, shared.toolbar)}>
        <span role="status">{progress ? describeImport(progress) : 'Importing …'}</span>
        {progress && <progress aria-label={`Progress of ${progress.file}`} value={progress.share} />}
        <Button onClick={() => void cancel()}>Cancel</Button>
      </div>
    );
  if (error) return <ErrorNote error={error} />;
  if (!outcome || outcome.imported.length + outcome.errors.length === 0) return null;
  return (
    <section className={shared.panel} aria-label="Imported">
      <ul role="status">
        {outcome.imported.map(({ id, name, notes }) => (
          <li key={id}>
            <Button variant="link" onClick={() => void open(id)}>
              {name}
            </Button>{' '}
            imported. <span className={shared.quiet}>{notes.join(' ')}</span>
          </li>
        ))}
      </ul>
      {outcome.errors.map((failure) => (
        <ErrorNote key={failure.message} error={failure} />
      ))}
      <Button variant="link" onClick={dismiss}>
        Dismiss
      </Button>
    </section>
  );
}
