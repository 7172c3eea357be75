import { type Theme, themes } from '../../../shared/ipc/preferences';
import { formatNumber, formatTime } from '../../../shared/units/format';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Card } from '../../ui/Card';
import shared from '../../ui/shared.module.css';
import styles from './settings.module.css';

const names: Record<Theme, string> = { system: 'System', dark: 'Dark', light: 'Light' };

/** The theme (dark, light or that of the system), and the format of dates and numbers. */
export function Appearance() {
  const { theme, setTheme } = usePreferenceStore();
  return (
    <Card label="Theme and formats">
      <div className={styles.rows}>
        <fieldset className={styles.theme}>
          <legend>Theme</legend>
          {themes.map((choice) => (
            <label key={choice} className={shared.check}>
              <input type="radio" name="theme" checked={theme === choice} onChange={() => void setTheme(choice)} />
              {names[choice]}
            </label>
          ))}
        </fieldset>
        <p className={shared.quiet}>
          Dates and numbers are written as the region of this system has them: {formatTime('2026-11-24T14:21:20')} and{' '}
          {formatNumber(24_000.5, 1)}. Start Proofload with PROOFLOAD_LOCALE, such as de-CH, to choose another.
        </p>
      </div>
    </Card>
  );
}
