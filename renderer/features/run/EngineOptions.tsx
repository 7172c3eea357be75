import type { OptionField } from '../../../shared/engines/config';
import type { CatalogEngine } from '../../../shared/ipc/contract';
import { useCatalogStore } from '../../store/catalogStore';
import { Checkbox, Field, Input } from '../../ui/Field';
import { Select } from '../../ui/Select';
import styles from './Setup.module.css';

interface OptionProps {
  field: OptionField;
  value: string | number | boolean;
  onChange(value: string | number | boolean): void;
}

function Option({ field, value, onChange }: OptionProps) {
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

/** The options of the chosen engine, as its schema has them. */
export function EngineOptions({ engine }: { engine: CatalogEngine }) {
  const chosen = useCatalogStore((state) => state.engineOptions[engine.id]);
  const setOption = useCatalogStore((state) => state.setEngineOption);
  if (engine.options.length === 0) return null;
  return (
    <details className={styles.options}>
      <summary>Options of {engine.name}</summary>
      <div className={styles.optionGrid}>
        {engine.options.map((field) => (
          <div key={field.name} title={field.description}>
            <Option
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
