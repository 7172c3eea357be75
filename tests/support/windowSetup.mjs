// What tests of the window need besides the packages: the program itself and an Electron.
import { ensureBuild } from '../../scripts/setup/build.mjs';
import { ensureElectron } from '../../scripts/setup/electron.mjs';

export default async function setup() {
  Object.assign(process.env, await ensureElectron({ virtualDisplay: true }));
  await ensureBuild();
}
