import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors/appError';
import type { DraftProblem } from '../../../shared/scenario/draft';
import { type TlsFileField, tlsOptionsSchema } from '../../../shared/scenario/tlsOptions';
import { api, settle } from '../../api/client';
import { useScenarioStore } from '../../store/scenarioStore';
import { Button } from '../../ui/Button';
import { Checkbox } from '../../ui/Field';
import { valueAt } from '../scenarioDraft/draftValues';
import { ChoiceField, type FormContext, setValue, TextField } from '../scenarioDraft/fields';
import styles from './scenarios.module.css';

const httpVersions = [
  ['1.1', 'HTTP/1.1'],
  ['2', 'HTTP/2 where the server offers it'],
  ['2-prior-knowledge', 'HTTP/2, without TLS as well'],
] as const;

const tlsVersions = [
  ['TLSv1.2', 'TLS 1.2'],
  ['TLSv1.3', 'TLS 1.3'],
] as const;

const tlsFiles: readonly (readonly [field: TlsFileField, label: string, placeholder: string])[] = [
  ['caFile', 'CA file', 'the public authorities'],
  ['certFile', 'Client certificate', 'none; a PEM file'],
  ['keyFile', 'Key of the client certificate', 'none; a PEM file'],
];

function onError(error: AppError): void {
  useScenarioStore.setState({ error });
}

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
    void settle(api.checkTlsFiles({ tls: parsed.data }), show, onError);
    return () => {
      isShown = false;
    };
  }, [tls]);
  return problems;
}

/** Asks for a file and takes its path. */
function choose(path: string): void {
  const take = (file: string | null): void => {
    if (file !== null) setValue(path, file);
  };
  void settle(api.chooseTlsFile(undefined), take, onError);
}

/** How an external service is connected to: HTTP version and proxy. */
export function TransportFields(context: FormContext) {
  return (
    <>
      <ChoiceField {...context} path="httpVersion" label="HTTP version" choices={httpVersions} />
      <TextField {...context} path="proxy" label="HTTP proxy" placeholder="none; http://host:port" />
    </>
  );
}

/** The TLS options for https servers of an external service. */
export function TlsFields(context: FormContext) {
  const { draft, isReadOnly } = context;
  const fileProblems = useTlsFileProblems(draft.tls);
  const problems = [...context.problems, ...fileProblems];
  return (
    <fieldset className={styles.tls}>
      <legend>TLS</legend>
      <div className={styles.formGrid}>
        {tlsFiles.map(([field, label, placeholder]) => (
          <div key={field} className={styles.fileField}>
            <TextField {...context} problems={problems} path={`tls.${field}`} label={label} placeholder={placeholder} />
            <Button
              variant="link"
              aria-label={`Choose the file: ${label}`}
              disabled={isReadOnly}
              onClick={() => choose(`tls.${field}`)}
            >
              Choose …
            </Button>
          </div>
        ))}
        <TextField {...context} path="tls.serverName" label="Server name (SNI)" placeholder="the host of the URL" />
        <ChoiceField {...context} path="tls.minVersion" label="Minimum TLS version" choices={tlsVersions} />
      </div>
      <Checkbox
        disabled={isReadOnly}
        checked={valueAt(draft, 'tls.insecureSkipTLSVerify') === true}
        onChange={({ target }) => setValue('tls.insecureSkipTLSVerify', target.checked || undefined)}
      >
        Skip certificate verification: for a server that you know, because anybody could answer in its place
      </Checkbox>
    </fieldset>
  );
}
