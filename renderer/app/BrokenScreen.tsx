import type { FallbackProps } from 'react-error-boundary';
import { errorMessage } from '../../shared/errors/appError';
import { ErrorNote } from '../ui/ErrorNote';

/** What is there instead of a screen that could not be drawn: a defect, which takes nothing else with it. */
export function BrokenScreen({ error }: Pick<FallbackProps, 'error'>) {
  return (
    <div className="empty">
      <ErrorNote
        error={{
          message: `This screen could not be drawn: ${errorMessage(error)}`,
          hint: 'A run that goes on is measured to its end and kept. Load the window again; if that does not help, please report it with the steps that led here.',
        }}
      />
      <button type="button" className="button" onClick={() => location.reload()}>
        Load the window again
      </button>
    </div>
  );
}
