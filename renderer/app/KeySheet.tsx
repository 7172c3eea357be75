import { commandGroups, commandIds, describeCommand, groupTitles } from '../../shared/commands/commands';
import { printedKey } from '../../shared/commands/keys';
import { useScreenStore } from '../store/screenStore';
import { Sheet } from '../ui/Sheet';
import { isMac } from './platform';

const levelKeys = { key: '0-6', title: 'Select a level' };

/** Every key and what it does. */
export function KeySheet() {
  const close = useScreenStore((state) => state.closeSheet);
  return (
    <Sheet label="Keyboard shortcuts" onClose={close}>
      <h2>Keyboard shortcuts</h2>
      <div className="key-groups">
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
              <dl>
                {(group === 'run' ? [...rows, levelKeys] : rows).map(({ key, title }) => (
                  <div key={key}>
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
      <button type="button" className="button" onClick={close}>
        Close
      </button>
    </Sheet>
  );
}
