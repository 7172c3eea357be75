import { commandGroups, commandIds, describeCommand, groupTitles } from '../../shared/commands/commands';
import { printedKey } from '../../shared/commands/keys';
import { useScreenStore } from '../store/screenStore';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import styles from './KeySheet.module.css';
import { isMac } from './platform';

const levelKeys = { key: '0-6', title: 'Select a level' };

/** Every key and what it does. */
export function KeySheet() {
  const close = useScreenStore((state) => state.closeSheet);
  return (
    <Dialog label="Keyboard shortcuts" onClose={close}>
      <h2>Keyboard shortcuts</h2>
      <div className={styles.groups}>
        {commandGroups.map((group) => {
          const rows = commandIds.flatMap((id) => {
            const command = describeCommand(id);
            return command.group === group && command.key !== undefined
              ? [{ key: printedKey(command.key, isMac), title: command.title }]
              : [];
          });
          return (
            <section key={group} aria-label={groupTitles[group]}>
              <h3>{groupTitles[group]}</h3>
              <dl className={styles.keys}>
                {(group === 'run' ? [...rows, levelKeys] : rows).map(({ key, title }) => (
                  <div key={key} className={styles.row}>
                    <dt>
                      <kbd>{key}</kbd>
                    </dt>
                    <dd>{title}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <Button onClick={close}>Close</Button>
    </Dialog>
  );
}
