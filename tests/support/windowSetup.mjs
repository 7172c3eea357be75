// What tests of the window need besides the packages: the program itself, an Electron, and a display.
import { ensureBuild } from '../../scripts/setup/build.mjs';
import { ensureElectron } from '../../scripts/setup/electron.mjs';
import { startVirtualDisplay } from '../../scripts/setup/virtualDisplay.mjs';

export default async function setup() {
  const env = await ensureElectron({ virtualDisplay: true });
  await ensureBuild();
  const display = await startVirtualDisplay();
  Object.assign(process.env, env, display.env);
  return display.stop;
}
