import { type FormEvent, useEffect, useState } from 'react';
import type { AppError, Result } from '../../../shared/errors/appError';
import type { SecretState, SecretsState } from '../../../shared/ipc/secrets';
import { secretReferenceTo } from '../../../shared/secrets/reference';
import { api, settle } from '../../api/client';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ErrorNote } from '../../ui/ErrorNote';
import shared from '../../ui/shared.module.css';
import { Explained } from './Explained';

const origins: Record<SecretState['from'], string> = {
  environment: 'from the environment, which overrides a value set here',
  kept: 'stored, encrypted',
  session: 'until Proofload closes',
  unreadable: 'cannot be decrypted: set its value again',
};

function Secret({ secret: { name, from }, onDelete }: { secret: SecretState; onDelete(): void }) {
  return (
    <p>
      <code>{name}</code> <span className={shared.quiet}>{origins[from]}</span>{' '}
      {from !== 'environment' && (
        <Button variant="link" aria-label={`Delete ${name}`} onClick={onDelete}>
          Delete
        </Button>
      )}
    </p>
  );
}

/** The names of the secrets that scenarios refer to. A value goes to the main process once and never comes back. */
export function SecretSettings() {
  const [state, setState] = useState<SecretsState>();
  const [error, setError] = useState<AppError>();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  useEffect(() => {
    void settle(api.getSecrets(undefined), setState, setError);
  }, []);
  const change = async (call: Promise<Result<void>>, onDone: () => void): Promise<void> => {
    setError(undefined);
    await settle(call, onDone, setError);
    await settle(api.getSecrets(undefined), setState, setError);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void change(api.setSecret({ name, value }), () => {
      setName('');
      setValue('');
    });
  };
  const isThere = state?.secrets.some((secret) => secret.name === name) === true;
  return (
    <Card label="Names and values">
      <Explained
        text={
          <>
            A scenario refers to a secret by name, as {secretReferenceTo('API_TOKEN')} in a header, a URL or a body. Its
            value is filled in when a request is sent; runs, exports and logs never contain it.
          </>
        }
      >
        {state?.isEncrypted === false && (
          <p>
            This system has no key to encrypt them with (on Linux, a keyring): a value set here lasts until Proofload
            closes.
          </p>
        )}
        {state?.secrets.map((secret) => (
          <Secret
            key={secret.name}
            secret={secret}
            onDelete={() => void change(api.deleteSecret({ name: secret.name }), () => {})}
          />
        ))}
        <form className={shared.toolbar} onSubmit={submit}>
          <input
            className={shared.field}
            type="text"
            aria-label="Name of the secret"
            placeholder="API_TOKEN"
            value={name}
            onChange={(event) => setName(event.target.value.trim())}
          />
          <input
            className={shared.field}
            type="password"
            autoComplete="off"
            aria-label="Value of the secret"
            placeholder="value"
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button type="submit" disabled={name === '' || value === ''}>
            {isThere ? 'Replace' : 'Add'}
          </Button>
        </form>
        {error && <ErrorNote error={error} />}
      </Explained>
    </Card>
  );
}
