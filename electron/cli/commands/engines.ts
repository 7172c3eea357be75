import { Command } from 'commander';
import { engineConfig, type SettingField, settingFields } from '../../../shared/engines/config';
import { describeTier, durabilityOf } from '../../../shared/engines/durability';
import { engineDescriptions } from '../../../shared/engines/engine';
import { dataFolder } from '../../app/dataFolder';
import { defaultEngine } from '../../app/targets/defaultEngine';
import { printJson } from '../../system/terminal';
import { printTable } from '../output';
import { type ListOptions, withListOptions } from './listOptions';

function describeSetting({ name, type, choices, default: value }: SettingField): string {
  const values = type === 'choice' ? choices.join('|') : type === 'switch' ? 'true|false' : 'N';
  return `${name}=${values} (${value})`;
}

export function enginesCommand(): Command {
  const command = new Command('engines').description(
    'list the storage engines and their settings; PROOFLOAD_STORAGE chooses the default',
  );
  return withListOptions(command, 'engines')
    .option('--data-dir <dir>', 'data folder, which holds the default engine')
    .action(({ json, limit, dataDir }: ListOptions & { dataDir?: string }) => {
      const chosen = defaultEngine(dataFolder(dataDir)).engine;
      const engines = engineDescriptions.slice(0, limit).map((engine) => ({
        ...engine,
        durability: durabilityOf(engineConfig(engine.id)).tier,
        settings: settingFields(engine.id),
        default: engine.id === chosen,
      }));
      if (json) {
        printJson(engines);
        return;
      }
      printTable(
        ['engine', 'durability', 'description'],
        engines.flatMap(({ id, default: isDefault, durability, description, settings }) => [
          [isDefault ? `${id} (default)` : id, describeTier(durability), description],
          ...settings.map((setting) => ['', '', `  ${describeSetting(setting)}: ${setting.description}`]),
        ]),
      );
    });
}
