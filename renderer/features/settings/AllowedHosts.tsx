import { useEffect, useState } from 'react';
import type { AllowedHost } from '../../../shared/ipc/contract';
import { secretsInWords } from '../../../shared/secrets/words';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { RelativeTime } from '../../ui/RelativeTime';
import { Explained } from './Explained';
import styles from './settings.module.css';

/** The hosts other than this machine that may receive load, each with a button that withdraws the permission. */
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
  return (
    <Card label="Confirmed">
      <Explained text="The hosts that you confirmed, besides this machine. Proofload asks again when a name resolves to other addresses.">
        {hosts.length === 0 ? (
          <p>No host is confirmed: Proofload loads this machine only, and asks before it loads another.</p>
        ) : (
          <ul className={styles.allowedHosts}>
            {hosts.map(({ host, addresses, secrets, confirmedAt }) => (
              <li key={host}>
                <code>{host}</code>
                {!addresses.includes(host) && <> at {addresses.join(', ')}</>}
                {secrets.length > 0 && <>, with {secretsInWords(secrets)}</>}, confirmed{' '}
                <RelativeTime at={confirmedAt} />{' '}
                <Button variant="link" onClick={() => void withdraw(host)} aria-label={`Revoke ${host}`}>
                  Revoke
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Explained>
    </Card>
  );
}
