import { Select as BaseSelect } from '@base-ui/react/select';
import clsx from 'clsx';
import { CheckIcon, ChevronDownIcon } from './icons';
import popup from './Popup.module.css';
import styles from './Select.module.css';

export interface SelectProps<Value extends string> {
  /** The id to which a separate label refers. */
  id?: string;
  /** The accessible name. Inside a Field, the label of the Field is used instead. */
  label?: string;
  value: Value;
  /** The note of a choice is shown beside its name in the list and is not part of it. */
  choices: readonly (readonly [value: Value, name: string, note?: string])[];
  size?: 'small' | 'normal';
  isDisabled?: boolean;
  onChange(value: Value): void;
}

/** A choice of one value. It changes what is shown and starts nothing. For actions, use a Menu or a Button. */
export function Select<Value extends string>({
  id,
  label,
  value,
  choices,
  size = 'normal',
  isDisabled = false,
  onChange,
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      items={choices.map(([choice, name]) => ({ value: choice, label: name }))}
      value={value}
      disabled={isDisabled}
      modal={false}
      onValueChange={(chosen) => {
        if (chosen !== null && chosen !== value) onChange(chosen);
      }}
    >
      <BaseSelect.Trigger id={id} aria-label={label} className={clsx(styles.trigger, styles[size])}>
        <BaseSelect.Value className={styles.value} />
        <BaseSelect.Icon className={styles.icon}>
          <ChevronDownIcon size={14} />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className={popup.positioner} alignItemWithTrigger={false} align="start" sideOffset={4}>
          <BaseSelect.Popup className={popup.popup}>
            <BaseSelect.List aria-label={label}>
              {choices.map(([choice, name, note]) => (
                <BaseSelect.Item key={choice} value={choice} className={popup.item}>
                  <span className={popup.mark}>
                    <BaseSelect.ItemIndicator>
                      <CheckIcon size={14} />
                    </BaseSelect.ItemIndicator>
                  </span>
                  <BaseSelect.ItemText>{name}</BaseSelect.ItemText>
                  {note !== undefined && (
                    <span className={popup.note} aria-hidden="true">
                      {note}
                    </span>
                  )}
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
