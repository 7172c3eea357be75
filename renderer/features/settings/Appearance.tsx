import clsx from 'clsx';
import { type Theme, themes } from '../../../shared/ipc/preferences';
import { usePreferenceStore } from '../../store/preferenceStore';
import shared from '../../ui/shared.module.css';
import styles from './settings.module.css';

const names: Record<Theme, string> = { system: 'System', dark: 'Dark', light: 'Light' };

/** Dark, light, or what the system says. */
export function Appearance() {
  const { theme, setTheme } = usePreferenceStore();
  return (
    <fieldset className={clsx(shared.panel, styles.settingsPanel)}>
      <legend>Appearance</legend>
      <div className={shared.toolbar}>
        {themes.map((choice) => (
          <label key={choice} className={shared.check}>
            <input type="radio" name="theme" checked={theme === choice} onChange={() => void setTheme(choice)} />
            {names[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
