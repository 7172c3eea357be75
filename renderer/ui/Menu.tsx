import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Button, type ButtonSize, type ButtonVariant } from './Button';
import { CheckIcon, ChevronDownIcon, type Icon } from './icons';
import styles from './Popup.module.css';

/** An action of a menu. */
export interface MenuAction {
  label: string;
  icon?: Icon;
  isDisabled?: boolean;
  onSelect(): void;
}

/** A switch in a menu. The menu stays open. */
export interface MenuSwitch {
  label: string;
  isChecked: boolean;
  onToggle(): void;
}

export interface MenuProps {
  label: string;
  /** Shows only the icon. The label is its accessible name. */
  isLabelHidden?: boolean;
  icon?: Icon;
  variant?: ButtonVariant;
  size?: ButtonSize;
  isDisabled?: boolean;
  entries: readonly (MenuAction | MenuSwitch)[];
}

function Entry({ entry }: { entry: MenuAction | MenuSwitch }) {
  if ('onToggle' in entry)
    return (
      <BaseMenu.CheckboxItem
        className={styles.item}
        checked={entry.isChecked}
        closeOnClick={false}
        onCheckedChange={() => entry.onToggle()}
      >
        <span className={styles.mark}>
          <BaseMenu.CheckboxItemIndicator>
            <CheckIcon size={14} />
          </BaseMenu.CheckboxItemIndicator>
        </span>
        {entry.label}
      </BaseMenu.CheckboxItem>
    );
  const { label, icon: EntryIcon, isDisabled = false, onSelect } = entry;
  return (
    <BaseMenu.Item className={styles.item} disabled={isDisabled} onClick={onSelect}>
      {EntryIcon && <EntryIcon size={14} className={styles.icon} />}
      {label}
    </BaseMenu.Item>
  );
}

/**
 * A button that opens a list of actions. Arrow keys only move the highlight. Enter, Space or a click runs an action.
 */
export function Menu({ label, isLabelHidden = false, icon, variant, size, isDisabled = false, entries }: MenuProps) {
  const trigger = isLabelHidden ? (
    <Button variant={variant} size={size} icon={icon} disabled={isDisabled} aria-label={label} title={label} />
  ) : (
    <Button variant={variant} size={size} icon={icon} disabled={isDisabled}>
      {label}
      <ChevronDownIcon size={14} />
    </Button>
  );
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger disabled={isDisabled} render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles.positioner} align="end" sideOffset={4}>
          <BaseMenu.Popup className={styles.popup}>
            {entries.map((entry) => (
              <Entry key={entry.label} entry={entry} />
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
