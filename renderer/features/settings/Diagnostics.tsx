import { useEffect, useState } from 'react';
import { api, settle } from '../../api/client';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { AgainIcon, CopyIcon } from '../../ui/icons';
import shared from '../../ui/shared.module.css';
import { Explained } from './Explained';
import styles from './settings.module.css';

/** The details for a bug report, shown exactly as they are copied, so that users see what they send. */
export function Diagnostics() {
  const { say, fail } = useNoticeStore();
  const [text, setText] = useState<string>();
  useEffect(() => {
    void settle(api.getDiagnostics(undefined), setText, useNoticeStore.getState().fail);
  }, []);
  return (
    <Card label="Report">
      <Explained text="For a bug report: versions, machine, state and the last errors. Secrets, URLs of databases and the names of hosts are left out; look through the errors, which may name a service.">
        <textarea
          className={styles.diagnostics}
          data-varies
          aria-label="Diagnostics"
          readOnly
          rows={16}
          value={text ?? ''}
        />
        <div className={shared.toolbar}>
          <Button
            icon={CopyIcon}
            disabled={text === undefined}
            onClick={() =>
              void settle(api.copyText({ text: text ?? '' }), () => say('Diagnostics copied to the clipboard.'), fail)
            }
          >
            Copy diagnostics
          </Button>
          <Button icon={AgainIcon} onClick={() => void settle(api.getDiagnostics(undefined), setText, fail)}>
            Refresh
          </Button>
        </div>
      </Explained>
    </Card>
  );
}
