import { useState } from 'react';
import { Input } from '../../ui/Field';

interface TypedInputProps {
  label: string;
  value: string;
  placeholder?: string;
  isReadOnly: boolean;
  onTake(text: string): void;
}

/** A line that takes effect on blur or Enter, because a partly typed value would mean something else. */
export function TypedInput({ label, value, placeholder, isReadOnly, onTake }: TypedInputProps) {
  const [typed, setTyped] = useState<string>();
  const take = (): void => {
    if (typed !== undefined && typed !== value) onTake(typed);
    setTyped(undefined);
  };
  return (
    <Input
      aria-label={label}
      value={typed ?? value}
      placeholder={placeholder}
      readOnly={isReadOnly}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take();
      }}
    />
  );
}
