import type { SettingField } from '../../../shared/engines/config';
import type { CatalogEngine } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { Checkbox, Field, Input } from '../../ui/Field';
import { Select } from '../../ui/Select';
import styles from './Setup.module.css';

interface SettingProps {
  field: SettingField;
  value: string | number | boolean;
  onChange(value: string | number | boolean): void;
}

function Setting({ field, value, onChange }: SettingProps) {
  const { name, type, choices, minimum, maximum } = field;
  if (type === 'switch')
    return (
      <Checkbox checked={value === true} onChange={(event) => onChange(event.target.checked)}>
        {name}
      </Checkbox>
    );
  return (
    <Field label={name}>
      {type === 'choice' ? (
        <Select
          size="small"
          value={String(value)}
          choices={(choices ?? []).map((choice) => [choice, choice] as const)}
          onChange={onChange}
        />
      ) : (
        <Input
          type="number"
          min={minimum}
          max={maximum}
          value={Number(value)}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
      )}
    </Field>
  );
}

/** The settings of the chosen engine, generated from its schema. */
export function EngineOptions({ engine }: { engine: CatalogEngine }) {
  const chosen = useCatalogStore((state) => state.engineOptions[engine.id]);
  const setOption = useCatalogStore((state) => state.setEngineOption);
  if (engine.settings.length === 0) return null;
  return (
    <details className={styles.options}>
      <summary>Settings of {engine.name}</summary>
      <div className={styles.optionGrid}>
        {engine.settings.map((field) => (
          <div key={field.name} title={field.description}>
            <Setting
              field={field}
              value={chosen?.[field.name] ?? field.default}
              onChange={(value) => setOption(engine.id, field.name, value)}
            />
          </div>
        ))}
      </div>
    </details>
  );
}
