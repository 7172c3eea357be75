import type { ReportedError } from '../../shared/errors/errorDetails';
import { remedyOn } from '../../shared/errors/remedy';

/** An error and what to do about it in this window. */
export function ErrorNote({ error }: { error: Omit<ReportedError, 'code'> }) {
  return (
    <div className="error-note" role="alert">
      <strong>{error.message}</strong>
      <span>{remedyOn('window', error)}</span>
    </div>
  );
}
