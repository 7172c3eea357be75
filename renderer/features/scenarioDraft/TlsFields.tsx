import { useEffect, useState } from 'react';
import type { DraftProblem } from '../../../shared/scenario/draft';
import { type TlsFileField, type TlsOptions, tlsOptionsSchema } from '../../../shared/scenario/tlsOptions';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Field';
import { valueAt } from './draftValues';
import { ChoiceField, type FormContext, TextField } from './fields';
import styles from './form.module.css';

const tlsVersions = [
  ['TLSv1.2', 'TLS 1.2'],
  ['TLSv1.3', 'TLS 1.3'],
] as const;

const tlsFiles: readonly (readonly [field: TlsFileField, label: string, placeholder: string])[] = [
  ['caFile', 'CA file', 'public certificate authorities'],
  ['certFile', 'Client certificate', 'none; a PEM file'],
  ['keyFile', 'Key of the client certificate', 'none; a PEM file'],
];

/** The problems of the TLS files of a draft, which the main process looks at whenever their options change. */
function useTlsFileProblems(tls: unknown): readonly DraftProblem[] {
  const [problems, setProblems] = useState<readonly DraftProblem[]>([]);
  useEffect(() => {
    setProblems([]);
    const parsed = tlsOptionsSchema.safeParse(tls);
    if (!parsed.success) return;
    let isShown = true;
    const show = (found: readonly DraftProblem[]): void => {
      if (isShown) setProblems(found);
    };
    void settle(api.checkTlsFiles({ tls: parsed.data }), show, useNoticeStore.getState().fail);
    return () => {
      isShown = false;
    };
  }, [tls]);
  return problems;
}

interface TlsFieldsProps extends FormContext {
  /** Called with an option and its new value. Undefined removes it. */
  onChange(field: keyof TlsOptions, value: string | boolean | undefined): void;
  /** Whether what stands around the fields already names them. */
  isNamed?: boolean;
}

/** The TLS options for https servers of an external service: the values at `tls` of a draft. */
export function TlsFields({ onChange, isNamed = false, ...context }: TlsFieldsProps) {
  const { draft, isReadOnly } = context;
  const fileProblems = useTlsFileProblems(draft.tls);
  const problems = [...context.problems, ...fileProblems];
  const changeText =
    (field: keyof TlsOptions) =>
    (text: string): void =>
      onChange(field, text === '' ? undefined : text);
  const choose = (field: TlsFileField): void => {
    const take = (file: string | null): void => {
      if (file !== null) onChange(field, file);
    };
    void settle(api.chooseTlsFile(undefined), take, useNoticeStore.getState().fail);
  };
  return (
    <fieldset className={styles.tls} aria-label={isNamed ? 'TLS options' : undefined}>
      {!isNamed && <legend>TLS</legend>}
      <div className={styles.grid}>
        {tlsFiles.map(([field, label, placeholder]) => (
          <div key={field} className={styles.fileField}>
            <TextField
              {...context}
              problems={problems}
              path={`tls.${field}`}
              label={label}
              placeholder={placeholder}
              onText={changeText(field)}
            />
            <Button
              variant="link"
              aria-label={`Choose the file: ${label}`}
              disabled={isReadOnly}
              onClick={() => choose(field)}
            >
              Choose …
            </Button>
          </div>
        ))}
        <TextField
          {...context}
          path="tls.serverName"
          label="Server name (SNI)"
          placeholder="the host of the URL"
          onText={changeText('serverName')}
        />
        <ChoiceField
          {...context}
          path="tls.minVersion"
          label="Minimum TLS version"
          choices={tlsVersions}
          onChoose={(version) => onChange('minVersion', version)}
        />
      </div>
      <Checkbox
        disabled={isReadOnly}
        checked={valueAt(draft, 'tls.insecureSkipTLSVerify') === true}
        onChange={({ target }) => onChange('insecureSkipTLSVerify', target.checked || undefined)}
      >
        Skip certificate verification: for a server that you know, because anybody could answer in its place
      </Checkbox>
    </fieldset>
  );
}
