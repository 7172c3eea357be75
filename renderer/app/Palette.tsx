import { Command } from 'cmdk';
import { commandGroups, commandIds, describeCommand, groupTitles } from '../../shared/commands/commands';
import { printedKey } from '../../shared/commands/keys';
import { levelMark } from '../../shared/scenario/describe';
import { commandActions, openRun, runCommand } from '../commands/commandActions';
import { useCatalogStore } from '../store/catalogStore';
import { useRecentRunsStore } from '../store/recentRunsStore';
import { useScreenStore } from '../store/screenStore';
import { Dialog } from '../ui/Dialog';
import { RelativeTime } from '../ui/RelativeTime';
import shared from '../ui/shared.module.css';
import styles from './Palette.module.css';
import { isMac } from './platform';

/** The number of recent runs in the palette. The history has all runs. */
const shownRuns = 50;

/** Finds commands, levels, engines and runs by the typed text. */
export function Palette() {
  const close = useScreenStore((state) => state.closeSheet);
  const catalog = useCatalogStore((state) => state.catalog);
  const runs = useRecentRunsStore((state) => state.runs) ?? [];
  const act = (work: () => void) => (): void => {
    close();
    work();
  };
  return (
    <Dialog label="Commands" kind="palette" onClose={close}>
      <Command label="Commands" className={styles.palette} loop>
        <Command.Input className={styles.input} placeholder="Find a command, a level or a run" />
        <Command.List className={styles.list}>
          <Command.Empty className={styles.empty}>No matches.</Command.Empty>
          {commandGroups.map((group) => (
            <Command.Group key={group} heading={groupTitles[group]}>
              {commandIds
                .filter((id) => describeCommand(id).group === group && commandActions[id].isAvailable())
                .map((id) => {
                  const { title, key } = describeCommand(id);
                  return (
                    <Command.Item
                      className={styles.item}
                      key={id}
                      value={`${title} ${id}`}
                      onSelect={act(() => runCommand(id))}
                    >
                      <span>{title}</span>
                      {key !== undefined && <kbd>{printedKey(key, isMac)}</kbd>}
                    </Command.Item>
                  );
                })}
            </Command.Group>
          ))}
          <Command.Group heading="Levels">
            {catalog?.levels.map((level) => (
              <Command.Item
                className={styles.item}
                key={level.id}
                value={`Select level ${levelMark(level)} ${level.name}`}
                onSelect={act(() => useCatalogStore.getState().chooseLevel(level.id))}
              >
                Select level {levelMark(level)}, {level.name}
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Targets">
            {catalog?.engines.map(({ id, name }) => (
              <Command.Item
                className={styles.item}
                key={id}
                value={`Target ${name} ${id}`}
                onSelect={act(() => useCatalogStore.getState().chooseEngine(id))}
              >
                Target {name}
              </Command.Item>
            ))}
          </Command.Group>
          <Command.Group heading="Runs">
            {runs
              .filter(({ verdict }) => verdict !== null)
              .slice(0, shownRuns)
              .map(({ id, name, scenarioName, target, startedAt }) => (
                <Command.Item
                  className={styles.item}
                  key={id}
                  value={`${name ?? scenarioName} ${target} ${id}`}
                  onSelect={act(() => openRun(id))}
                >
                  <span>
                    {name ?? scenarioName} on {target}
                  </span>
                  <span className={shared.quiet}>
                    <RelativeTime at={startedAt} />
                  </span>
                </Command.Item>
              ))}
          </Command.Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}
