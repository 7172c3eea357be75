import clsx from 'clsx';
import { useEffect, useState } from 'react';
import type { AllowedHost } from '../../../shared/ipc/contract';
import { secretsInWords } from '../../../shared/secrets/words';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import shared from '../../ui/shared.module.css';
import styles from './settings.module.css';

/** The hosts other than this machine that may be loaded, each with a way to withdraw that. Nothing where there are none. */
export function AllowedHosts() {
  const { say, fail } = useNoticeStore();
  const [hosts, setHosts] = useState<readonly AllowedHost[]>([]);
  useEffect(() => {
    void settle(api.getAllowedHosts(undefined), setHosts, useNoticeStore.getState().fail);
  }, []);
  const withdraw = async (host: string): Promise<void> => {
    await settle(api.withdrawHost({ host }), () => say(`Proofload asks again before it loads ${host}.`), fail);
    await settle(api.getAllowedHosts(undefined), setHosts, fail);
  };
  if (hosts.length === 0) return null;
  return (
    <section className={clsx(shared.panel, styles.settingsPanel)} aria-label="Allowed hosts">
      <h2>Allowed hosts</h2>
      <p className={shared.quiet}>
        The hosts that you confirmed, besides this machine. Proofload asks again when a name resolves to other
        addresses.
      </p>
      <ul className={styles.allowedHosts}>
        {hosts.map(({ host, addresses, secrets, confirmedAt }) => (
          <li key={host}>
            <code>{host}</code>
            {!addresses.includes(host) && <> at {addresses.join(', ')}</>}
            {secrets.length > 0 && <>, with {secretsInWords(secrets)}</>}, confirmed{' '}
            <time dateTime={confirmedAt}>{confirmedAt.slice(0, 10)}</time>{' '}
            <Button variant="link" onClick={() => void withdraw(host)} aria-label={`Revoke ${host}`}>
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
