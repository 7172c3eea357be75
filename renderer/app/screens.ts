/* Screens are loaded when they are first shown, so that the window opens with the code of one screen. */
import { lazy } from 'react';

const loadScenarios = () => import('../features/scenarios/ScenariosScreen');
const loadOptions = () => import('../features/options/OptionsScreen');
const loadCompare = () => import('../features/compare/CompareScreen');
const loadIntegrity = () => import('../features/integrity/IntegrityScreen');
const loadSettings = () => import('../features/settings/SettingsScreen');

export const ScenariosScreen = lazy(async () => ({ default: (await loadScenarios()).ScenariosScreen }));
export const OptionsScreen = lazy(async () => ({ default: (await loadOptions()).OptionsScreen }));
export const CompareScreen = lazy(async () => ({ default: (await loadCompare()).CompareScreen }));
export const IntegrityScreen = lazy(async () => ({ default: (await loadIntegrity()).IntegrityScreen }));
export const SettingsScreen = lazy(async () => ({ default: (await loadSettings()).SettingsScreen }));

/** Loads the screens while the window is idle, so that the user waits for none. */
export function loadScreensWhenIdle(): void {
  requestIdleCallback(() => {
    for (const load of [loadScenarios, loadOptions, loadCompare, loadIntegrity, loadSettings]) void load();
  });
}
