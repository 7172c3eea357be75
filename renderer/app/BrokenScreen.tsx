import type { FallbackProps } from 'react-error-boundary';
import { errorMessage } from '../../shared/errors/appError';
import { Button } from '../ui/Button';
import { ErrorNote } from '../ui/ErrorNote';
import shared from '../ui/shared.module.css';

/** Replaces a screen that could not be rendered, so that the error affects nothing else. */
export function BrokenScreen({ error }: Pick<FallbackProps, 'error'>) {
  return (
    <div className={shared.screen}>
      <ErrorNote
        error={{
          message: `This screen cannot be displayed: ${errorMessage(error)}`,
          hint: 'A run in progress continues and is saved. Reload the window. If the error recurs, report it with the steps that led to it.',
        }}
      />
      <Button onClick={() => location.reload()}>Reload the window</Button>
    </div>
  );
}
