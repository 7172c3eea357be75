import { Button } from './Button';

interface RemoveButtonProps {
  /** What is removed, as a screen reader says it: `header X-Trace`. */
  name: string;
  isDisabled?: boolean;
  onRemove(): void;
}

/** Takes its row out of a list. */
export function RemoveButton({ name, isDisabled = false, onRemove }: RemoveButtonProps) {
  return (
    <Button variant="link" aria-label={`Remove ${name}`} disabled={isDisabled} onClick={onRemove}>
      Remove
    </Button>
  );
}
