import { type FormEvent, useEffect, useState } from 'react';
import { useNoticeStore } from '../../store/noticeStore';
import { usePreferenceStore } from '../../store/preferenceStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { Checkbox, Field, Input } from '../../ui/Field';
import { Explained } from './Explained';
import { fieldsOf, type OutputFields, problemIn, settingsOf } from './outputFields';
import styles from './settings.module.css';

/** Where runs send their metrics while they are in progress, and where their traces are shown. */
export function OutputSettings() {
  const { fail, say } = useNoticeStore();
  const outputs = usePreferenceStore((state) => state.outputs);
  const setOutputs = usePreferenceStore((state) => state.setOutputs);
  const [fields, setFields] = useState<OutputFields>(fieldsOf(outputs));
  // The settings are loaded after the first render, and another window can change them.
  useEffect(() => setFields(fieldsOf(outputs)), [outputs]);
  const wanted = settingsOf(fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!wanted) return;
    void setOutputs(wanted, fail).then((isKept) => {
      if (isKept) say('The outputs apply from the next run on.');
    });
  };
  const field = (name: 'prometheusPort' | 'otlpUrl' | 'traceUrl', label: string, hint: string, placeholder: string) => (
    <Field label={label} hint={hint} problem={problemIn(fields, name)}>
      <Input
        placeholder={placeholder}
        value={fields[name]}
        onChange={({ target }) => setFields({ ...fields, [name]: target.value })}
      />
    </Field>
  );
  return (
    <Card label="While a run goes on">
      <form onSubmit={submit} aria-label="Outputs">
        <Explained text="Runs in this window send their metrics here. Runs on the command line have options of their own for this.">
          {field(
            'prometheusPort',
            'Port of the Prometheus endpoint',
            'While a run goes on, the metrics are at /metrics on 127.0.0.1. Leave the port empty for none; 0 chooses a free port, which the log of the run names.',
            '9464',
          )}
          {field(
            'otlpUrl',
            'OpenTelemetry receiver (OTLP/HTTP)',
            'Proofload sends the metrics there every five seconds. Credentials are headers: set them in OTEL_EXPORTER_OTLP_HEADERS.',
            'http://127.0.0.1:4318',
          )}
          <Checkbox
            checked={fields.traceContext}
            onChange={({ target }) => setFields({ ...fields, traceContext: target.checked })}
          >
            Send a trace context (traceparent) with each request to a URL
          </Checkbox>
          {field(
            'traceUrl',
            'URL of a trace',
            'Write {traceId} where the id goes. The slowest requests of a run link there.',
            'http://127.0.0.1:16686/trace/{traceId}',
          )}
          <div className={styles.actions}>
            <Button type="submit" disabled={!wanted}>
              Set outputs
            </Button>
          </div>
        </Explained>
      </form>
    </Card>
  );
}
