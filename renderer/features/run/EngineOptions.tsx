import type { SettingField } from '../../../shared/engines/config';
import type { CatalogEngine } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';

interface FieldProps {
  field: SettingField;
  value: string | number | boolean;
  onChange(value: string | number | boolean): void;
}

function Field({ field, value, onChange }: FieldProps) {
  const { name, type, choices, minimum, maximum } = field;
  if (type === 'switch')
    return (
      <input id={name} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    );
  if (type === 'choice')
    return (
      <select id={name} className="field" value={String(value)} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  return (
    <input
      id={name}
      className="field"
      type="number"
      min={minimum}
      max={maximum}
      value={Number(value)}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}

/** The settings of the chosen engine, as its schema has them. */
export function EngineOptions({ engine }: { engine: CatalogEngine }) {
  const chosen = useCatalogStore((state) => state.engineOptions[engine.id]);
  const setOption = useCatalogStore((state) => state.setEngineOption);
  if (engine.settings.length === 0) return null;
  return (
    <details className="engine-options">
      <summary>Settings of {engine.name}</summary>
      {engine.settings.map((field) => (
        <div key={field.name} className="engine-option" title={field.description}>
          <label htmlFor={field.name}>{field.name}</label>
          <Field
            field={field}
            value={chosen?.[field.name] ?? field.default}
            onChange={(value) => setOption(engine.id, field.name, value)}
          />
        </div>
      ))}
    </details>
  );
}
