import { useEffect, useState } from 'react';
import type { AllowedHost } from '../../../shared/ipc/contract';
import { secretsInWords } from '../../../shared/secrets/words';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';

/** The hosts other than this machine that may be loaded, each with a way to withdraw that. Nothing where there are none. */
export function AllowedHosts() {
  const { say, fail } = useNoticeStore();
  const [hosts, setHosts] = useState<readonly AllowedHost[]>([]);
  useEffect(() => {
    void settle(api.getAllowedHosts(undefined), setHosts, useNoticeStore.getState().fail);
  }, []);
  const withdraw = async (host: string): Promise<void> => {
    await settle(api.withdrawHost({ host }), () => say(`${host} is asked about again before it is loaded.`), fail);
    await settle(api.getAllowedHosts(undefined), setHosts, fail);
  };
  if (hosts.length === 0) return null;
  return (
    <section className="panel settings-panel" aria-label="Hosts that may be loaded">
      <h2>Hosts that may be loaded</h2>
      <p className="quiet">
        Besides this machine, as you have confirmed it. What leads to other addresses is asked about again.
      </p>
      <ul className="allowed-hosts">
        {hosts.map(({ host, addresses, secrets, confirmedAt }) => (
          <li key={host}>
            <code>{host}</code>
            {!addresses.includes(host) && <> at {addresses.join(', ')}</>}
            {secrets.length > 0 && <>, with {secretsInWords(secrets)}</>}, confirmed{' '}
            <time dateTime={confirmedAt}>{confirmedAt.slice(0, 10)}</time>{' '}
            <button type="button" className="link" onClick={() => void withdraw(host)} aria-label={`Withdraw ${host}`}>
              Withdraw
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
