import { type Theme, themes } from '../../../shared/ipc/preferences';
import { usePreferenceStore } from '../../store/preferenceStore';

const names: Record<Theme, string> = { system: 'System', dark: 'Dark', light: 'Light' };

/** Dark, light, or what the system says. */
export function Appearance() {
  const { theme, setTheme } = usePreferenceStore();
  return (
    <fieldset className="panel settings-panel">
      <legend>Appearance</legend>
      <div className="toolbar">
        {themes.map((choice) => (
          <label key={choice} className="check">
            <input type="radio" name="theme" checked={theme === choice} onChange={() => void setTheme(choice)} />
            {names[choice]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
