import { DayPicker, defaultDateLib, type Modifiers } from 'react-day-picker';
import { firstWeekday } from '../../shared/units/day';
import styles from './Calendar.module.css';

export interface CalendarProps {
  /** The chosen day (`2026-11-24`). Empty for none. */
  value: string;
  onChoose(day: string): void;
}

/** The Date of a day for the calendar: its local midnight. */
function midnightOf(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

function dayOf(date: Date): string {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The whole day in words, with the visible number as a separate word (WCAG 2.5.3). */
function labelDayButton(date: Date, { today, selected }: Modifiers): string {
  const words = defaultDateLib.format(date, 'EEEE, d MMMM y');
  return [words, today && 'today', selected && 'selected'].filter(Boolean).join(', ');
}

/** The class names for the parts of the library. */
const classNames = {
  root: styles.calendar ?? '',
  month: styles.month ?? '',
  month_caption: styles.caption ?? '',
  button_previous: styles.step ?? '',
  button_next: styles.step ?? '',
  chevron: styles.chevron ?? '',
  month_grid: styles.grid ?? '',
  weekday: styles.weekday ?? '',
  day_button: styles.day ?? '',
  outside: styles.outside ?? '',
  today: styles.today ?? '',
  selected: styles.selected ?? '',
};

/**
 * A month of days to choose from. Arrow keys move by days, Page Up and Page Down by months, Home and End within a week.
 */
export default function Calendar({ value, onChoose }: CalendarProps) {
  const selected = value === '' ? undefined : midnightOf(value);
  return (
    <DayPicker
      mode="single"
      autoFocus
      fixedWeeks
      navLayout="around"
      weekStartsOn={firstWeekday()}
      selected={selected}
      {...(selected && { defaultMonth: selected })}
      onSelect={(date) => {
        // Pressing the chosen day again would clear it.
        onChoose(date ? dayOf(date) : value);
      }}
      labels={{ labelDayButton }}
      classNames={classNames}
    />
  );
}
