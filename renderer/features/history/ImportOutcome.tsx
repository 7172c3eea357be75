import { useImportStore } from '../../store/importStore';
import { useOpenedRunStore } from '../../store/openedRunStore';
import { ErrorNote } from '../../ui/ErrorNote';

/** What became of files that were imported: each result with what is lost of it, each error with its remedy. */
export function ImportOutcome() {
  const { importing, progress, outcome, error, cancel, dismiss } = useImportStore();
  const open = useOpenedRunStore((state) => state.open);
  if (importing)
    return (
      <div className="panel toolbar">
        <span role="status">
          {progress ? `Importing ${progress.file} (${progress.number} of ${progress.of})` : 'Importing …'}
        </span>
        {progress && <progress aria-label={`Progress of ${progress.file}`} value={progress.share} />}
        <button type="button" className="button" onClick={() => void cancel()}>
          Cancel
        </button>
      </div>
    );
  if (error) return <ErrorNote error={error} />;
  if (!outcome || outcome.imported.length + outcome.errors.length === 0) return null;
  return (
    <section className="panel" aria-label="Imported">
      <ul role="status">
        {outcome.imported.map(({ id, name, notes }) => (
          <li key={id}>
            <button type="button" className="link" onClick={() => void open(id)}>
              {name}
            </button>{' '}
            imported. <span className="quiet">{notes.join(' ')}</span>
          </li>
        ))}
      </ul>
      {outcome.errors.map((failure) => (
        <ErrorNote key={failure.message} error={failure} />
      ))}
      <button type="button" className="link" onClick={dismiss}>
        Dismiss
      </button>
    </section>
  );
}
