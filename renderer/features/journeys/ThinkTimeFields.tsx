import { isRecord } from '../scenarioDraft/draftValues';
import { ChoiceField, type FormContext, setValue, TextField } from '../scenarioDraft/fields';
import styles from './journeys.module.css';

const distributions = [
  ['constant', 'constant'],
  ['uniform', 'uniform'],
  ['normal', 'normal'],
] as const;

const first: Readonly<Record<string, unknown>> = {
  constant: '1s',
  uniform: { distribution: 'uniform', min: '500ms', max: '2s' },
  normal: { distribution: 'normal', mean: '1s', stddev: '300ms' },
};

/** The pause of a virtual user. `path` is the path of the think time in the draft. */
export function ThinkTimeFields({ path, thinkTime, ...context }: FormContext & { path: string; thinkTime: unknown }) {
  const distribution = isRecord(thinkTime) ? String(thinkTime.distribution) : 'constant';
  const field = (name: string, label: string) => <TextField {...context} path={`${path}.${name}`} label={label} />;
  return (
    <div className={styles.fields}>
      <ChoiceField
        {...context}
        path={`${path}.distribution`}
        label="Think time"
        choices={distributions}
        onChoose={(chosen) => setValue(path, first[chosen])}
      />
      {distribution === 'constant' && <TextField {...context} path={path} label="Time" />}
      {distribution === 'uniform' && field('min', 'Shortest')}
      {distribution === 'uniform' && field('max', 'Longest')}
      {distribution === 'normal' && field('mean', 'Mean')}
      {distribution === 'normal' && field('stddev', 'Standard deviation')}
    </div>
  );
}
