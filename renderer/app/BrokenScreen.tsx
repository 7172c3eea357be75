import type { FallbackProps } from 'react-error-boundary';
import { errorMessage } from '../../shared/errors/appError';
import { ErrorNote } from '../ui/ErrorNote';

/** What is there instead of a screen that could not be drawn: a defect, which takes nothing else with it. */
export function BrokenScreen({ error }: Pick<FallbackProps, 'error'>) {
  return (
    <div className="empty">
      <ErrorNote
        error={{
          message: `This screen cannot be displayed: ${errorMessage(error)}`,
          hint: 'A run in progress continues and is saved. Reload the window; if the error comes back, please report it with the steps that led to it.',
        }}
      />
      <button type="button" className="button" onClick={() => location.reload()}>
        Reload the window
      </button>
    </div>
  );
}
