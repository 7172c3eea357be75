import { Field as BaseField } from '@base-ui/react/field';
import { Popover as BasePopover } from '@base-ui/react/popover';
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';
import { dayPattern, formatDate, parseDay } from '../../shared/units/day';
import { Button } from './Button';
import styles from './DateField.module.css';
import { CalendarIcon } from './icons';
import popup from './Popup.module.css';

const Calendar = lazy(() => import('./Calendar'));

export interface DateFieldProps {
  label: string;
  /** A day (`2026-11-24`). Empty for none. */
  value: string;
  /** The problem with the day in its context, as a sentence. */
  problem?: string | undefined;
  /**
   * Called with a day, or with an empty text when the field was emptied. Not called while the typed text is not a day.
   */
  onChange(day: string): void;
}

/** The typed text, which stays until the day changes from the one that was there when typing began. */
interface Draft {
  over: string;
  text: string;
  isDone: boolean;
}

/** A year with four digits is complete. With fewer, more digits may follow until the field loses the focus. */
const completeYear = /\d{4}$|^\D*\d{4}\D+\d+\D+\d{2}\D*$/;

/**
 * A day in the numeric format of the region, typed or chosen from a calendar. For the keyboard and screen readers it is
 * a text field. Alt+Down opens the calendar, as in a native date field.
 */
export function DateField({ label, value, problem, onChange }: DateFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<Draft>();
  const [isOpen, setOpen] = useState(false);
  const typed = draft?.over === value ? draft : undefined;
  const shown = typed?.text ?? (value === '' ? '' : formatDate(value));
  const today = formatDate(new Date().toISOString().slice(0, 10));
  const isNoDay = typed?.isDone === true && typed.text.trim() !== '' && parseDay(typed.text) === undefined;
  const said = isNoDay ? `'${typed.text.trim()}' is not a date. Enter one as ${today}.` : problem;

  const apply = (text: string, isDone: boolean): void => {
    const day = text.trim() === '' ? '' : parseDay(text);
    setDraft(day !== undefined && isDone ? undefined : { over: value, text, isDone });
    if (day === undefined || day === value) return;
    if (isDone || day === '' || completeYear.test(text)) onChange(day);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') apply(shown, true);
    if (event.key !== 'ArrowDown' || !event.altKey) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <BaseField.Root className={styles.field} invalid={said !== undefined}>
      <BaseField.Label className={styles.label}>{label}</BaseField.Label>
      <span className={styles.control}>
        <BaseField.Control
          ref={input}
          className={styles.input}
          autoComplete="off"
          placeholder={dayPattern()}
          value={shown}
          onValueChange={(text) => apply(text, false)}
          onBlur={() => apply(shown, true)}
          onKeyDown={onKeyDown}
        />
        <BasePopover.Root open={isOpen} onOpenChange={setOpen}>
          <BasePopover.Trigger
            render={
              <Button size="small" variant="ghost" icon={CalendarIcon} aria-label={`Open the calendar: ${label}`} />
            }
          />
          <BasePopover.Portal>
            <BasePopover.Positioner className={popup.positioner} align="end" sideOffset={4}>
              <BasePopover.Popup className={styles.popup} aria-label={label} finalFocus={input}>
                <Suspense>
                  <Calendar
                    value={value}
                    onChoose={(day) => {
                      setDraft(undefined);
                      setOpen(false);
                      onChange(day);
                    }}
                  />
                </Suspense>
              </BasePopover.Popup>
            </BasePopover.Positioner>
          </BasePopover.Portal>
        </BasePopover.Root>
      </span>
      {said !== undefined && (
        <BaseField.Error match role="alert" className={styles.problem}>
          {said}
        </BaseField.Error>
      )}
    </BaseField.Root>
  );
}
