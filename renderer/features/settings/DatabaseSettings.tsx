import clsx from 'clsx';
import { useEffect, useState } from 'react';
import type { DatabaseServer } from '../../../shared/engines/engine';
import { api, settle } from '../../api/client';
import { useDatabaseStore } from '../../store/databaseStore';
import { useNoticeStore } from '../../store/noticeStore';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { ErrorNote } from '../../ui/ErrorNote';
import { CopyIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { Explained } from './Explained';
import styles from './settings.module.css';

const labels: Record<DatabaseServer, { title: string; placeholder: string }> = {
  postgres: { title: 'PostgreSQL', placeholder: 'postgres://user:password@127.0.0.1:5432/database' },
  mongodb: { title: 'MongoDB', placeholder: 'mongodb://127.0.0.1:57017/?directConnection=true' },
};

/** The URL of a server. It is tested when it is entered, and saved if it works. */
function DatabaseUrl({ server, kept }: { server: DatabaseServer; kept: string | undefined }) {
  const { names, errors, busy, use, forget } = useDatabaseStore();
  const [url, setUrl] = useState('');
  const error = errors[server];
  const name = names[server];
  const submit = async (): Promise<void> => {
    await use(server, url);
    if (!useDatabaseStore.getState().errors[server]) setUrl('');
  };
  return (
    <>
      {kept !== undefined && (
        <p>
          <code>{kept}</code> {name !== undefined && <span className={clsx(shared.mark, shared.passed)}>✓ {name}</span>}{' '}
          <Button variant="link" disabled={busy !== undefined} onClick={() => void forget(server)}>
            Remove
          </Button>
        </p>
      )}
      <form
        className={shared.toolbar}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <input
          className={shared.field}
          type="text"
          aria-label={`URL of ${labels[server].title}`}
          placeholder={labels[server].placeholder}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button type="submit" disabled={url.trim() === '' || busy !== undefined}>
          {busy === server ? 'Testing …' : 'Test and use'}
        </Button>
      </form>
      {error && <ErrorNote error={error} />}
    </>
  );
}

async function copy(text: string): Promise<void> {
  const { say, fail } = useNoticeStore.getState();
  await settle(api.copyText({ text }), () => say('Command copied to the clipboard.'), fail);
}

/** Where the server of an engine is, in a word. */
function StateBadge({ url, isRunning }: { url: string | undefined; isRunning: boolean | undefined }) {
  if (url !== undefined) return <Badge tone="accent">by URL</Badge>;
  if (isRunning === undefined) return <Badge>no server</Badge>;
  return isRunning ? <Badge tone="passed">running</Badge> : <Badge tone="stopped">stopped</Badge>;
}

/** The servers of engines, each with its state. */
export function DatabaseSettings() {
  const { databases, busy, load, startPostgres, stopPostgres } = useDatabaseStore();
  useEffect(() => {
    void load();
  }, [load]);
  if (!databases) return null;
  const { postgresUrl, mongodbUrl, isEmbeddedRunning, composeCommand } = databases;
  return (
    <>
      <Card title="PostgreSQL" titleLevel={3} actions={<StateBadge url={postgresUrl} isRunning={isEmbeddedRunning} />}>
        <div className={styles.rows}>
          {postgresUrl === undefined && (
            <div className={shared.toolbar}>
              <span>
                The embedded server is{' '}
                {isEmbeddedRunning ? 'running' : 'stopped; it starts with the first run that needs it'}.
              </span>
              <Button
                disabled={busy !== undefined}
                onClick={() => void (isEmbeddedRunning ? stopPostgres() : startPostgres())}
              >
                {isEmbeddedRunning ? 'Stop' : 'Start'}
              </Button>
            </div>
          )}
          <DatabaseUrl server="postgres" kept={postgresUrl} />
        </div>
      </Card>
      <Card title="MongoDB" titleLevel={3} actions={<StateBadge url={mongodbUrl} isRunning={undefined} />}>
        <div className={styles.rows}>
          {mongodbUrl === undefined && (
            <p className={shared.quiet}>No server configured. Enter the URL of one, or start one with Docker.</p>
          )}
          <DatabaseUrl server="mongodb" kept={mongodbUrl} />
        </div>
      </Card>
      <Card title="PostgreSQL and MongoDB with Docker" titleLevel={3} label="Docker">
        <Explained text="Reachable from this machine only. Choose a password, then enter the URLs above.">
          <code className={styles.command} data-varies>
            {composeCommand}
          </code>
          <Button icon={CopyIcon} onClick={() => void copy(composeCommand)}>
            Copy command
          </Button>
        </Explained>
      </Card>
    </>
  );
}
