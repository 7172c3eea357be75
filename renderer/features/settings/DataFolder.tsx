import { api, settle } from '../../api/client';
import { useCatalogStore } from '../../store/catalogStore';
import { useNoticeStore } from '../../store/noticeStore';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { FolderIcon } from '../../ui/icons';
import { Explained } from './Explained';
import styles from './settings.module.css';

/** The folder of everything that Proofload saves. */
export function DataFolder() {
  const dataFolder = useCatalogStore((state) => state.catalog?.dataFolder);
  if (dataFolder === undefined) return null;
  return (
    <Card label="Location">
      <Explained text="The history, scenarios, experiments and these settings. Start Proofload with PROOFLOAD_DATA_DIR to use another folder.">
        <code className={styles.command} data-varies>
          {dataFolder}
        </code>
        <Button
          icon={FolderIcon}
          onClick={() => void settle(api.openDataFolder(undefined), () => {}, useNoticeStore.getState().fail)}
        >
          Open folder
        </Button>
      </Explained>
    </Card>
  );
}
