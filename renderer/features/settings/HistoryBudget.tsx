import { type FormEvent, useEffect, useState } from 'react';
import type { BudgetForecast } from '../../../shared/history/budgetForecast';
import { historySizeSchema } from '../../../shared/ipc/preferences';
import { formatNumber } from '../../../shared/units/format';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Button } from '../../ui/Button';
import { Field, Input } from '../../ui/Field';
import { budgetConsequence, isHeldNow } from './budget';
import styles from './settings.module.css';

/** The maximum size of the history. Before the user sets a smaller one, it says what that would remove. */
export function HistoryBudget({ usedBytes, onChange }: { usedBytes: number; onChange(): void }) {
  const { fail, say } = useNoticeStore();
  const budgetMb = usePreferenceStore((state) => state.historyBudgetMb);
  const setHistoryBudget = usePreferenceStore((state) => state.setHistoryBudget);
  const [typed, setTyped] = useState('');
  const [forecast, setForecast] = useState<BudgetForecast>();
  const wanted = typed.trim() === '' ? undefined : historySizeSchema.safeParse(Number(typed));
  const megabytes = wanted?.success ? wanted.data : undefined;
  useEffect(() => {
    let isLatest = true;
    setForecast(undefined);
    if (megabytes !== undefined)
      void settle(
        api.forecastHistoryBudget({ megabytes }),
        (known) => {
          if (isLatest) setForecast(known);
        },
        useNoticeStore.getState().fail,
      );
    return () => {
      isLatest = false;
    };
  }, [megabytes]);
  const set = async (size: number | null): Promise<void> => {
    if (!(await setHistoryBudget(size, fail))) return;
    setTyped('');
    say(size === null ? 'The history has no limit.' : `The history is limited to ${formatNumber(size)} MB.`);
    onChange();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (megabytes !== undefined && forecast) void set(megabytes);
  };
  return (
    <form className={styles.budget} onSubmit={submit}>
      <Field
        label="Limit in MB"
        hint={budgetMb === null ? 'No limit is set.' : isHeldNow(budgetMb, usedBytes)}
        problem={wanted?.success === false ? 'A size is a whole number from 50 to 1,000,000 MB.' : undefined}
      >
        <Input
          inputMode="numeric"
          placeholder={budgetMb === null ? 'no limit' : String(budgetMb)}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </Field>
      <div className={styles.actions}>
        <Button type="submit" disabled={megabytes === undefined || !forecast}>
          {forecast && forecast.runs > 0 ? 'Set and remove' : 'Set'}
        </Button>
        {budgetMb !== null && <Button onClick={() => void set(null)}>No limit</Button>}
      </div>
      {megabytes !== undefined && forecast && (
        <p className={styles.consequence} role="status" data-removes={forecast.runs > 0}>
          {budgetConsequence(megabytes, forecast)}
        </p>
      )}
    </form>
  );
}
